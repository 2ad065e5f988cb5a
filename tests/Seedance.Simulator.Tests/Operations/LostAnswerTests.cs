using Seedance.Providers;
using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>
/// A submit that its host took and whose answer was lost. Where the host's list shows the prompt (Replicate, AtlasCloud) or the module's
/// own mark (BytePlus, Volcengine), the job is found by itself. ModelsLab lists finished clips by number alone, and the others list
/// nothing: the sheets in docs/providers.
/// </summary>
public sealed class LostAnswerTests
{
    private static readonly string[] s_settle = ["AtlasCloud", "BytePlus", "Replicate", "Volcengine"];

    public static TheoryData<string> Hosts =>
        [.. ProviderRegistry.All.Select(adapter => adapter.Provider).Where(provider => !provider.IsSimulator)
        .Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Submit_AnswerIsLost_SettlesByItselfWhereTheHostTellsItsJobsApart(string provider)
    {
        const string fault = "submit:1 reset-after-accept";
        using OperationScene scene = new(onServer: false, provider, TimeSpan.FromDays(30), fault);
        bool settles = s_settle.Contains(provider);

        Assert.Equal(settles ? SideFaults.Both : SideFaults.Neither, await scene.LoseAndGoOnAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: settles ? 2 : 1);
    }
}
