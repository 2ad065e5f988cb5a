namespace Seedance.Spending;

/// <summary>
/// Why a submit does not fit under a cap. <paramref name="Spent"/> is what is reserved and settled so far; <paramref name="Asked"/> is what
/// the submit would add, null when nobody knows.
/// </summary>
internal sealed record SpendBreach(string Cap, decimal Limit, decimal Spent, decimal? Asked, string Unit)
{
    /// <summary>
    /// The first cap that <paramref name="asked"/> would break, given the sums of its month. <paramref name="month"/> has the day itself,
    /// too. <paramref name="mayBeUnknown"/> lets a submit through whose price or length nobody knows; a cap that is known to break holds
    /// all the same.
    /// </summary>
    public static SpendBreach? Find(SpendCaps caps, SpendEntry asked, IEnumerable<SpendSum> month, bool mayBeUnknown)
    {
        SpendSum[] own = [.. month.Where(sum => sum.IsOf(caps.Profile))];
        SpendSum[] today = [.. own.Where(sum => sum.Day == asked.Day)];
        string unit = caps.Unit ?? asked.Unit ?? string.Empty;
        decimal? cost = asked.Amount is { } amount && Same(unit, asked.Unit) ? amount : null;
        decimal Spent(SpendSum[] sums) => sums.Where(sum => Same(unit, sum.Key.Unit)).Sum(sum => sum.Total);
        static decimal Jobs(SpendSum[] sums) => sums.Sum(sum => sum.Amount.Jobs);
        static decimal Seconds(SpendSum[] sums) => sums.Sum(sum => sum.Amount.Seconds);
        SpendBreach? Over(string cap, decimal? limit, decimal spent, decimal? adds, string of) =>
            limit is { } most && (adds is { } known ? spent + known > most : !mayBeUnknown || spent > most)
                ? new SpendBreach(cap, most, spent, adds, of)
                : null;

        return Over(nameof(SeedanceProfile.MaxCostPerDay), caps.CostPerDay, Spent(today), cost, unit)
            ?? Over(nameof(SeedanceProfile.MaxCostPerMonth), caps.CostPerMonth, Spent(own), cost, unit)
            ?? Over(nameof(SeedanceProfile.MaxJobsPerDay), caps.JobsPerDay, Jobs(today), 1, "jobs")
            ?? Over(nameof(SeedanceProfile.MaxJobsPerMonth), caps.JobsPerMonth, Jobs(own), 1, "jobs")
            ?? Over(nameof(SeedanceProfile.MaxSecondsPerDay), caps.SecondsPerDay, Seconds(today), asked.Seconds, "s")
            ?? Over(nameof(SeedanceProfile.MaxSecondsPerMonth), caps.SecondsPerMonth, Seconds(own), asked.Seconds, "s");
    }

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
