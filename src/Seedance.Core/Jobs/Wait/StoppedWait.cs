namespace Seedance.Jobs.Wait;

/// <summary>
/// What a stopped call leaves behind, in one line: what goes on, what it costs, and how to go on with it. Holds sums and no jobs, so that
/// a call of ten thousand rows stays small.
/// </summary>
internal sealed class StoppedWait
{
    private readonly HashSet<string> _providers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _costs = new(StringComparer.OrdinalIgnoreCase);
    private int _count;
    private string? _only;
    private bool _isReal;

    /// <summary>Takes in a job that goes on; one that has ended is no part of it.</summary>
    public void Add(SeedanceJob job)
    {
        if (job.IsFinished)
        {
            return;
        }

        _count++;
        _only = _count == 1 ? job.Id : null;
        _isReal |= !job.IsSimulated;
        _providers.Add(job.Provider);
        if ((job.ActualCost ?? job.EstimatedCost) is { } cost)
        {
            _costs[cost.Unit] = (_costs.TryGetValue(cost.Unit, out decimal before) ? before : 0) + cost.Amount;
        }
    }

    public static string? Describe(IReadOnlyList<SeedanceJob> jobs)
    {
        StoppedWait wait = new();
        foreach (SeedanceJob job in jobs)
        {
            wait.Add(job);
        }

        return wait.Describe();
    }

    /// <summary>Null where nothing goes on.</summary>
    public string? Describe()
    {
        if (_count == 0)
        {
            return null;
        }

        string[] costs = [.. _costs.Select(cost => new SeedanceCost { Amount = cost.Value, Unit = cost.Key }.ToString())];
        string price = !_isReal ? ", simulated" : costs.Length == 0
            ? ", at a price that is not known"
            : ", for about " + string.Join(" and ", costs);
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} at {1}{2}. Go on with: {3} | Wait-SeedanceJob | Save-SeedanceVideo",
            _only is { } id ? id + " goes on" : _count.ToString(CultureInfo.InvariantCulture) + " jobs go on",
            string.Join(", ", _providers),
            price,
            _only is { } one ? "Get-SeedanceJob -Id " + one : "Get-SeedanceJob -Unfinished");
    }
}
