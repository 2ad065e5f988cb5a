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
    /// <summary>The caps are the month's; none where the rows are not those of a month.</summary>
    public static IEnumerable<SeedanceSpendSummary> Run(
        IReadOnlyList<SeedanceSpend> rows, SpendGroup by, IReadOnlyList<MonthCap> caps)
    {
        foreach (var group in rows.GroupBy(row => (Name: NameOf(row, by), row.Unit, row.IsSimulated))
            .OrderBy(group => group.Key.Unit, StringComparer.Ordinal).ThenByDescending(group => group.Sum(row => row.Total))
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            // Beside a row of real money the simulated one has no bar of its own: they have the same caps.
            bool isCapped = !group.Key.IsSimulated || !rows.Any(row =>
                !row.IsSimulated && Same(row.Unit, group.Key.Unit) && Same(NameOf(row, by), group.Key.Name));
            SeedanceSpendSummary sum = Capped(
                Sum(group, by) with { Name = group.Key.Name, Unit = group.Key.Unit, IsSimulated = group.Key.IsSimulated },
                isCapped ? caps.Where(cap => Same(by switch
                {
                    SpendGroup.Provider => cap.Provider,
                    SpendGroup.Profile => cap.Profile,
                    _ => null,
                }, group.Key.Name)) : []);
            if (sum.Jobs > 0 || sum.Cap is not null)
            {
                yield return sum;
            }
        }

        foreach (var unit in rows.Where(row => row.Unit.Length > 0 && !row.IsSimulated).GroupBy(row => row.Unit, StringComparer.Ordinal)
            .OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            yield return Capped(Sum(unit, by) with { Name = "Total", Unit = unit.Key, IsTotal = true }, caps);
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

    /// <summary>With what those of the caps that count its unit come to.</summary>
    private static SeedanceSpendSummary Capped(SeedanceSpendSummary sum, IEnumerable<MonthCap> caps)
    {
        MonthCap[] own = [.. caps.Where(cap => Same(cap.Unit, sum.Unit))];
        return own.Length == 0 ? sum : sum with { Cap = own.Sum(cap => cap.Cap), CountedByCap = own.Sum(cap => cap.Spent) };
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
