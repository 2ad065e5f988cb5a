using Seedance.Providers.Apiyi;
using Seedance.Providers.Ark;
using Seedance.Providers.AtlasCloud;
using Seedance.Providers.Fal;
using Seedance.Providers.ModelsLab;
using Seedance.Providers.Muapi;
using Seedance.Providers.Replicate;
using Seedance.Providers.Seedance2Ai;
using Seedance.Providers.Simulator;
using Seedance.Providers.Wireflow;

namespace Seedance.Providers;

/// <summary>The one list of hosts. An adapter and its tables are made when it is first asked for.</summary>
internal static class ProviderRegistry
{
    private static readonly Entry[] s_entries =
    [
        new(MuapiSources.Provider, () => new MuapiAdapter()),
        new(ApiyiModels.Provider, () => new ApiyiAdapter()),
        new(ArkHosts.BytePlus, ArkHosts.CreateBytePlus),
        new(ArkHosts.Volcengine, ArkHosts.CreateVolcengine),
        new(WireflowModels.Provider, () => new WireflowAdapter()),
        new(ModelsLabModels.Provider, () => new ModelsLabAdapter()),
        new(AtlasCloudModels.Provider, () => new AtlasCloudAdapter()),
        new(Seedance2AiModels.Provider, () => new Seedance2AiAdapter()),
        new(FalModels.Provider, () => new FalAdapter()),
        new(ReplicateModels.Provider, () => new ReplicateAdapter()),
        new(SimulatorModels.Provider, () => new SimulatorAdapter()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_entries.Select(entry => entry.Name)];

    public static IEnumerable<IProviderAdapter> All => s_entries.Select(entry => entry.Adapter);

    public static IProviderAdapter? Find(string? name) =>
        Array.Find(s_entries, entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))?.Adapter;

    private sealed class Entry(string name, Func<IProviderAdapter> make)
    {
        private readonly Lazy<IProviderAdapter> _adapter = new(make);

        public string Name => name;

        public IProviderAdapter Adapter => _adapter.Value;
    }
}
