using System.Collections.Generic;

namespace Seedance.Capabilities;

/// <summary>A row of the catalogue with the rule that prices it.</summary>
internal sealed record ModelCapability(SeedanceModel Model, PriceRule? Price = null)
{
    /// <summary>The host's other names for this row, which its API does not answer to.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
