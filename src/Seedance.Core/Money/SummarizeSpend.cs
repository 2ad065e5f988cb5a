namespace Seedance.Money;

/// <summary>What the rows of a spend query are taken together by.</summary>
internal enum SpendGroup
{
    Provider,
    Profile,
    Model,
    Day,
}

/// <summary>
/// Adds the rows of a spend query by a name and unit, sets them against the month's caps, and ends with a total for each unit.
/// </summary>
internal static class SummarizeSpend
{
    /// <param name="rows">What was spent.</param>
    /// <param name="by">What they are added by.</param>
    /// <param name="profiles">Whose monthly caps count; none where the rows are not those of a month.</param>
    public static IEnumerable<SeedanceSpendSummary> Run(
        IReadOnlyList<SeedanceSpend> rows, SpendGroup by, IReadOnlyList<SeedanceProfile> profiles)
    {
        foreach (var group in rows.GroupBy(row => (Name: NameOf(row, by), row.Unit, row.IsSimulated))
            .OrderBy(group => group.Key.Unit, StringComparer.Ordinal).ThenByDescending(group => group.Sum(row => row.Total))
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            SeedanceProfile[] own = [.. profiles.Where(profile => by switch
            {
                SpendGroup.Provider => Same(profile.Provider, group.Key.Name),
                SpendGroup.Profile => Same(profile.Name, group.Key.Name),
                _ => false,
            })];
            SeedanceSpendSummary sum = Sum(group, by) with { Name = group.Key.Name, Unit = group.Key.Unit,
                IsSimulated = group.Key.IsSimulated, Cap = group.Key.IsSimulated ? null : CapOf(own, group.Key.Unit) };
            if (sum.Jobs > 0 || sum.Cap is not null)
            {
                yield return sum;
            }
        }

        foreach (var unit in rows.Where(row => row.Unit.Length > 0 && !row.IsSimulated).GroupBy(row => row.Unit, StringComparer.Ordinal)
            .OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            yield return Sum(unit, by) with { Name = "Total", Unit = unit.Key, IsTotal = true, Cap = CapOf(profiles, unit.Key) };
        }
    }

    private static SeedanceSpendSummary Sum(IEnumerable<SeedanceSpend> rows, SpendGroup by) => rows.Aggregate(
        new SeedanceSpendSummary { By = by.ToString() },
        (sum, row) => sum with
        {
            Reserved = sum.Reserved + row.Reserved,
            Settled = sum.Settled + row.Settled,
            Jobs = sum.Jobs + row.Jobs,
            UnpricedJobs = sum.UnpricedJobs + row.UnpricedJobs,
            Seconds = sum.Seconds + row.Seconds,
        });

    private static decimal? CapOf(IReadOnlyList<SeedanceProfile> profiles, string unit)
    {
        decimal[] caps =
            [.. profiles.Where(profile => profile.CostUnit is null || Same(profile.CostUnit, unit))
            .Select(profile => profile.MaxCostPerMonth).OfType<decimal>()];
        return caps.Length == 0 || unit.Length == 0 ? null : caps.Sum();
    }

    private static string NameOf(SeedanceSpend row, SpendGroup by) => by switch
    {
        SpendGroup.Provider => row.Provider,
        SpendGroup.Profile => row.Profile ?? "(no profile)",
        SpendGroup.Model => row.Model.Length > 0 ? row.Model : "(none)",
        _ => row.Day,
    };

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
