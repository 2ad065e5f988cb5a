namespace Seedance.Jobs.Batch;

/// <summary>What a run of a sheet would do, in sums.</summary>
internal sealed record BatchPlan(int Rows, int Existing, int New, int Refused, int Waiting, IReadOnlyList<string> Costs, bool HasUnpriced)
{
    public static BatchPlan Of(IReadOnlyList<BatchItem> items)
    {
        BatchItem[] fresh = [.. items.Where(item => item.State == BatchState.New)];
        SeedanceCost?[] costs = [.. fresh.Select(item => item.Submit!.Able[0].Estimate)];
        return new BatchPlan(
            items.Count,
            items.Count(item => item.State == BatchState.Submitted),
            fresh.Length,
            items.Count(item => item.State == BatchState.Refused),
            items.Count(item => item.State == BatchState.Waiting),
            BatchCosts.Of(costs.OfType<SeedanceCost>()),
            costs.Any(cost => cost is null));
    }

    /// <summary>For the question and for -WhatIf: 30 rows: 24 exist, 3 new, 3 refused; about 0.96 USD.</summary>
    public string Describe()
    {
        (int Count, string Word)[] parts = [(Existing, "exist"), (New, "new"), (Refused, "refused"), (Waiting, "beyond a budget")];
        string counted = string.Join(
            ", ", parts.Where(part => part.Count > 0).Select(part => part.Count.ToString(CultureInfo.InvariantCulture) + " " + part.Word));
        string price = New == 0
            ? "nothing is paid"
            : "about " + string.Join(" and ", Costs.DefaultIfEmpty("an unknown amount"))
            + (HasUnpriced && Costs.Count > 0 ? " and what has no price" : string.Empty);
        return string.Format(CultureInfo.InvariantCulture, "{0} rows: {1}; {2}", Rows, counted, price);
    }
}

/// <summary>Sums of money, each unit for itself.</summary>
internal static class BatchCosts
{
    public static IReadOnlyList<string> Of(IEnumerable<SeedanceCost> costs) =>
    [
        .. costs.GroupBy(cost => cost.Unit, StringComparer.OrdinalIgnoreCase).OrderBy(unit => unit.Key, StringComparer.OrdinalIgnoreCase)
            .Select(unit => unit.Sum(cost => cost.Amount).ToString("0.####", CultureInfo.InvariantCulture) + " " + unit.Key),
    ];
}
