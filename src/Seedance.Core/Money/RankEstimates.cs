namespace Seedance.Money;

/// <summary>
/// Puts the prices of one request in the order in which somebody chooses: cheapest first by unit, then the unknown, then who cannot make
/// it.
/// </summary>
internal static class RankEstimates
{
    /// <summary><paramref name="all"/> keeps those that cannot make it.</summary>
    public static IReadOnlyList<SeedanceEstimate> Run(IEnumerable<SeedanceEstimate> estimates, bool all) =>
    [
        .. estimates
            .Where(estimate => all || estimate.IsPossible)
            .OrderBy(estimate => !estimate.IsPossible ? 2 : estimate.Cost is null ? 1 : 0)
            .ThenBy(estimate => string.Equals(estimate.Unit, "USD", StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(estimate => estimate.Unit, StringComparer.OrdinalIgnoreCase)
            .ThenBy(estimate => estimate.Cost)
            .ThenBy(estimate => estimate.Provider, StringComparer.OrdinalIgnoreCase),
    ];
}
