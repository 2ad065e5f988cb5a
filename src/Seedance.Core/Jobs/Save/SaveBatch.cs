using Seedance.Jobs.Query;

namespace Seedance.Jobs.Save;

/// <summary>Saves many jobs, several at once, while more come in. What has been saved is written at every opportunity.</summary>
internal sealed class SaveBatch(SeedanceServices services, JobLookup lookup, SaveJobOptions options, int most) : IDisposable
{
    private const string Activity = "Saving Seedance videos";
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);
    private readonly SaveJobs _save = new(services, lookup);
    private readonly CancellationTokenSource _cancel = new(); // Outlives one call: a download goes on while the pipeline is upstream.
    private readonly List<(Task Task, BufferedOutput Output)> _running = [];
    private readonly FileNumbers _numbers = new();
    private int _saved;

    /// <summary>How many are under way.</summary>
    public int Running => _running.Count;

    /// <summary>Begins with a job as soon as fewer than the limit are under way.</summary>
    public async Task AddAsync(JobReference reference, IOperationOutput output, CancellationToken stop)
    {
        await RunDownAsync(most - 1, output, stop).ConfigureAwait(false);
        BufferedOutput held = new();
        SaveJobOptions one = options with { Turn = _numbers.Next() };
        _running.Add((Task.Run(() => _save.RunAsync(reference, one, held, _cancel.Token), CancellationToken.None), held));
        Collect(output);
    }

    public async Task FinishAsync(IOperationOutput output, CancellationToken stop)
    {
        try
        {
            await RunDownAsync(0, output, stop).ConfigureAwait(false);
        }
        finally
        {
            output.Progress(new OperationProgress(Activity, "Done", Completed: true));
        }
    }

    /// <summary>Stops what is under way; the parts on disk are gone on with next time.</summary>
    public void Dispose() => _cancel.Cancel();

    private async Task RunDownAsync(int atMost, IOperationOutput output, CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(_cancel.Cancel);
        Collect(output);
        while (_running.Count > atMost)
        {
            Show(output);
            using CancellationTokenSource tick = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task wait = services.Time.After(s_tick, tick.Token);
            await Task.WhenAny(_running.Select(save => save.Task).Append(wait)).ConfigureAwait(false);
            tick.Cancel();
            Collect(output);
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Writes what has been saved by now.</summary>
    public void Collect(IOperationOutput output)
    {
        foreach (var (task, held) in _running.ToArray())
        {
            bool ended = task.IsCompleted;
            held.DrainTo(output);
            if (ended)
            {
                _running.Remove((task, held));
                _saved++;
                task.GetAwaiter().GetResult(); // What a save throws is a stop or a defect; the rest it has said.
            }
        }
    }

    private void Show(IOperationOutput output)
    {
        OperationProgress[] lines = [.. _running.Select(save => save.Output.Latest).OfType<OperationProgress>()];
        string count = string.Format(CultureInfo.InvariantCulture, "{0} done, {1} under way", _saved, _running.Count);
        string status = lines.Length == 0 ? count : count + "; " + lines[0].Activity + ": " + lines[0].Status;
        output.Progress(
            new OperationProgress(Activity, status, lines.Length == 1 ? lines[0].Percent : null, lines.Max(line => line.SecondsRemaining)));
    }
}
