using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Fal;

/// <summary>One model id, which is a route, and the fields its page has.</summary>
internal sealed record FalModel(string Id, IReadOnlyDictionary<string, decimal> UsdPerSecond, FieldRule[] Fields)
{
    /// <summary>The model id without its sub-path: what the urls of a request have.</summary>
    public string App { get; } = string.Join("/", Id.Split('/').AsSpan(0, 2).ToArray());

    public int MostFiles { get; init; } = int.MaxValue;

    public bool TakesReferences { get; init; }
}
