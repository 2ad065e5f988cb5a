namespace Seedance.Jobs.Wait;

/// <summary>What a stopped wait leaves behind, in one line: what goes on, what it costs, and how to go on with it.</summary>
internal static class StoppedWait
{
    public static string? Describe(IReadOnlyList<SeedanceJob> jobs)
    {
        if (jobs.Count == 0)
        {
            return null;
        }

        string hosts = string.Join(", ", jobs.Select(job => job.Provider).Distinct(StringComparer.Ordinal));
        string[] costs =
        [
            .. jobs.Select(job => job.ActualCost ?? job.EstimatedCost).OfType<SeedanceCost>()
                .GroupBy(cost => cost.Unit, StringComparer.OrdinalIgnoreCase)
                .Select(unit => new SeedanceCost { Amount = unit.Sum(cost => cost.Amount), Unit = unit.Key }.ToString()),
        ];
        string price = jobs.All(job => job.IsSimulated) ? ", simulated" : costs.Length == 0
            ? ", at a price that is not known"
            : ", for about " + string.Join(" and ", costs);
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} at {1}{2}. Go on with: {3} | Wait-SeedanceJob | Save-SeedanceVideo",
            jobs.Count == 1 ? jobs[0].Id + " goes on" : jobs.Count + " jobs go on",
            hosts,
            price,
            jobs.Count == 1 ? "Get-SeedanceJob -Id " + jobs[0].Id : "Get-SeedanceJob -Unfinished");
    }
}
