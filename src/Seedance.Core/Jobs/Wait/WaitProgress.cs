using Seedance.Durations;

namespace Seedance.Jobs.Wait;

/// <summary>The progress bar of a wait: how many jobs have ended, and how the one fares that is waited for longest.</summary>
internal sealed class WaitProgress(TimeProvider time, TimeSpan tick)
{
    private const string Activity = "Waiting for Seedance jobs";
    private readonly Queue<WaitedJob> _order = new();
    private long? _shown;

    public static void End(IOperationOutput output) => output.Progress(new OperationProgress(Activity, "Done", Completed: true));

    public void Add(WaitedJob waited) => _order.Enqueue(waited);

    public void Show(Dictionary<string, WaitedJob> waiting, int ended, IOperationOutput output)
    {
        if (_shown is { } shown && time.GetElapsedTime(shown) < tick)
        {
            return; // Ten thousand jobs bring news far more often than anyone reads.
        }

        _shown = time.GetTimestamp();
        while (_order.Count > 0 && !waiting.ContainsKey(_order.Peek().Job.Id))
        {
            _order.Dequeue();
        }

        if (_order.Count > 0)
        {
            output.Progress(Of(_order.Peek(), waiting.Count + ended, ended)); // The first that came is the one waited for longest.
        }
    }

    private OperationProgress Of(WaitedJob first, int total, int ended)
    {
        SeedanceJob job = first.Job;
        ExpectedTime expected = first.Model.Expected;
        TimeSpan age = time.GetUtcNow() - (job.SubmittedAt ?? job.CreatedAt);
        string count = total == 1 ? job.Id : string.Format(CultureInfo.InvariantCulture, "{0} of {1} done", ended, total);
        string status = string.Format(
            CultureInfo.InvariantCulture, "{0}{1}: {2} for {3:0} s, usually about {4:0} s", job.IsSimulated ? "SIMULATED " : string.Empty,
            count, job.State.ToString().ToLowerInvariant(), age.TotalSeconds, expected.Median.TotalSeconds);
        int percent = total == 1
            ? job.Progress ?? (int)Math.Min(95, 100 * age.TotalSeconds / (expected.Median.TotalSeconds * 1.5))
            : 100 * ended / total;
        TimeSpan remaining = expected.Median - age;
        return new OperationProgress(Activity, status, percent, remaining > TimeSpan.Zero ? (int)remaining.TotalSeconds : null);
    }
}
