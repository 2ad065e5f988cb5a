using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>One model and the inputs its page has.</summary>
internal sealed record ReplicateModel(string Name, IReadOnlyDictionary<string, decimal> UsdPerSecond, FieldRule[] Inputs)
{
    /// <summary>Prices with a reference video, where the page has others.</summary>
    public IReadOnlyDictionary<string, decimal>? WithVideo { get; init; }

    /// <summary>A longer prompt is cut, not refused (the page of 2.5).</summary>
    public int CutsPromptAt { get; init; } = int.MaxValue;
}
