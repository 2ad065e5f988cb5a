using Seedance.Jobs.Gate;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Updates;

namespace Seedance.Jobs.Batch;

/// <summary>
/// Brings every row of a sheet to its saved video, as far as it can: submits what is new, waits for what is under way, saves what is ready.
/// One row's error stops no other. The result sheet is written as it goes, so that a process that is killed leaves one that is right.
/// </summary>
internal sealed class RunBatch : IDisposable
{
    private readonly IReadOnlyList<BatchItem> _items;
    private readonly SubmitCall _call;
    private readonly WaitForJobs _wait;
    private readonly SaveBatch _save;
    private readonly BatchResult _result;
    private readonly Queue<SeedanceJob> _ready = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public RunBatch(IReadOnlyList<BatchItem> items, SubmitCall call, WaitForJobs wait, SaveBatch save, BatchResult result)
    {
        _items = items;
        _call = call;
        _wait = wait;
        _save = save;
        _result = result;
    }

    /// <summary>What goes on when the run is stopped.</summary>
    public IReadOnlyList<SeedanceJob> Unfinished =>
        [.. _items.Select(item => item.Job).OfType<SeedanceJob>().Where(job => !job.IsFinished)];

    /// <summary>Told of a row, once, when nothing more happens to it in this run.</summary>
    public Action<BatchItem> Ended { get; init; } = static _ => { };

    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        try
        {
            foreach (BatchItem item in _items)
            {
                await StepAsync(item, output, stop).ConfigureAwait(false);
                await SaveReadyAsync(output, stop).ConfigureAwait(false);
                _result.WriteNowAndThen(_items);
            }

            await _wait.FinishAsync(Waiting(output), stop).ConfigureAwait(false);
            await SaveReadyAsync(output, stop).ConfigureAwait(false);
            await _save.FinishAsync(Saving(output), stop).ConfigureAwait(false);
            foreach (BatchItem item in _items)
            {
                End(item);
            }
        }
        finally
        {
            _result.Write(_items);
        }
    }

    public void Dispose()
    {
        _wait.Dispose();
        _save.Dispose();
    }

    private async Task StepAsync(BatchItem item, IOperationOutput output, CancellationToken stop)
    {
        // A submit an earlier run left in doubt is resolved by asking for it again under its token, which never sends it a second time.
        if (item.State == BatchState.New || item.Job is { State: JobStatus.Submitting or JobStatus.Unconfirmed })
        {
            await _call.SubmitAsync(item.Submit!,
                new RoutedOutput(output, job => Submitted(item, job), error => NotSubmitted(item, error)), stop).ConfigureAwait(false);
        }

        if (item.State != BatchState.Submitted || item.Job is not { } job)
        {
            End(item);
            return;
        }

        if (job.State == JobStatus.Succeeded && (!job.IsSaved || !File.Exists(job.Path)))
        {
            _ready.Enqueue(job);
        }
        else if (job.State == JobStatus.Succeeded)
        {
            End(item);
        }
        else
        {
            // One that has failed is told by this too.
            await _wait.AddAsync(new JobReference(job.Id), Waiting(output), stop).ConfigureAwait(false);
        }
    }

    private async Task SaveReadyAsync(IOperationOutput output, CancellationToken stop)
    {
        while (_ready.Count > 0)
        {
            await _save.AddAsync(new JobReference(_ready.Dequeue().Id), Saving(output), stop).ConfigureAwait(false);
        }
    }

    private RoutedOutput Waiting(IOperationOutput output) => new(
        output,
        job =>
        {
            Learn(job);
            if (job.State == JobStatus.Succeeded && !(job.IsSaved && File.Exists(job.Path)))
            {
                _ready.Enqueue(job);
            }
        },
        Failed);

    private RoutedOutput Saving(IOperationOutput output) => new(
        output,
        job =>
        {
            Learn(job);
            foreach (BatchItem item in Of(job))
            {
                End(item);
            }

            _result.WriteNowAndThen(_items);
        },
        Failed);

    private static void Submitted(BatchItem item, SeedanceJob job)
    {
        item.State = BatchState.Submitted;
        item.Job = job;
    }

    /// <summary>One that is unconfirmed has a record, and may have been paid; what another's unconfirmed job holds back has none.</summary>
    private static void NotSubmitted(BatchItem item, SeedanceException error)
    {
        item.Refuse(error);
        if (error is { Code: ErrorCode.SubmitUnconfirmed, Job: { } job } && job.ClientToken == item.Submit?.Options.ClientToken)
        {
            Submitted(item, job);
        }
    }

    private void Learn(SeedanceJob job)
    {
        foreach (BatchItem item in Of(job))
        {
            item.Job = job;
            item.Error = job.State == JobStatus.Succeeded ? null : item.Error;
        }
    }

    private void Failed(SeedanceException error)
    {
        string? id = error.Job?.Id ?? error.Target as string;
        foreach (BatchItem item in _items.Where(item => item.Job is { } job && job.Id == id))
        {
            item.Error = error;
        }
    }

    /// <summary>Several rows with one token are one job.</summary>
    private BatchItem[] Of(SeedanceJob job) => [.. _items.Where(item => item.Job?.Id == job.Id)];

    private void End(BatchItem item)
    {
        if (_told.Add(item.Name))
        {
            Ended(item);
        }
    }
}
