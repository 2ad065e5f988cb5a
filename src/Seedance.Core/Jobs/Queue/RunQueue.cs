using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Queue;

/// <summary>
/// A worker: takes planned jobs by priority and arrival, submits, follows and saves them, and writes each when it is done. Any number of
/// them work on one store; what one leaves, because it was stopped or ended, the others take up.
/// </summary>
internal sealed class RunQueue : IDisposable
{
    private const string Activity = "Working on the Seedance queue";
    private const int MostSending = 8;
    private const int MostSaving = 4;
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private readonly SeedanceServices _services;
    private readonly QueueOptions _options;
    private readonly RestingAccounts _resting;
    private readonly SubmitPlanned _submit;
    private readonly WaitForJobs _wait;
    private readonly SaveBatch _save;
    private readonly HashSet<string> _care = new(StringComparer.Ordinal);
    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);
    private readonly Queue<SeedanceJob> _ready = new();
    private readonly List<SendingJob> _sending = [];
    private readonly CancellationTokenSource _drained = new();
    private Task _turn = Task.CompletedTask;
    private int _underWay;
    private bool _isAway;
    private int _submitted;
    private int _done;

    public RunQueue(SeedanceServices services, JobLookup lookup, Func<AccountSelection, Account> accounts, QueueOptions options)
    {
        _services = services;
        _options = options;
        _resting = new RestingAccounts(services.Time);
        _submit = new SubmitPlanned(services, accounts, _resting);
        _wait = new WaitForJobs(services, lookup, new WaitOptions { Timeout = TimeSpan.FromDays(10_000) });
        _save = new SaveBatch(services, lookup, options.Save, MostSaving);
    }

    /// <summary>How many submits are on their way.</summary>
    public int Sending => Volatile.Read(ref _underWay);

    /// <summary>Slots are given by priority and arrival: the next job is taken when the one before it has its slot, or gets none.</summary>
    private bool MayTake =>
        _turn.IsCompleted && _sending.Count < MostSending && _submitted + _sending.Count < (_options.MaxJobs ?? int.MaxValue);

    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                await TakeAnswersAsync(output, stop).ConfigureAwait(false);
                bool began = MayTake && await BeginNextAsync(output, stop).ConfigureAwait(false);
                await SaveReadyAsync(output, stop).ConfigureAwait(false);
                if (!began && IsOver())
                {
                    break;
                }

                string status = string.Format(CultureInfo.InvariantCulture, "{0} done, {1} under way", _done, _care.Count);
                output.Progress(new OperationProgress(Activity, status));
                await _wait.PassAsync(began ? TimeSpan.Zero : s_tick, Waiting(output), stop).ConfigureAwait(false);
            }
        }
        finally
        {
            await DrainAsync().ConfigureAwait(false);
            output.Progress(new OperationProgress(Activity, "Done", Completed: true));
        }
    }

    public void Dispose()
    {
        _wait.Dispose();
        _save.Dispose();
    }

    /// <summary>Nothing is under way, and nothing can be taken for a good while.</summary>
    private bool IsOver() => _care.Count == 0 && (!MayTake || (_options.UntilEmpty && !_resting.EndSoon));

    /// <summary>False when there is nothing to take now.</summary>
    private async Task<bool> BeginNextAsync(IOperationOutput output, CancellationToken stop)
    {
        if (await TakeNextAsync(output, stop).ConfigureAwait(false) is not { } taken)
        {
            return false;
        }

        _care.Add(taken.Job.Id);
        if (taken.Job.State == JobStatus.Planned)
        {
            Send(taken, output);
        }
        else
        {
            await FollowAsync(taken.Job.Id, output, stop).ConfigureAwait(false);
        }

        return true;
    }

    private void Send(StoredJob planned, IOperationOutput output)
    {
        Interlocked.Increment(ref _underWay);
        TaskCompletionSource<bool> entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<PlannedOutcome> sending = Task.Run(() => SendAsync(planned, () => entered.TrySetResult(true), output), CancellationToken.None);
        _sending.Add(new SendingJob(planned, sending));
        _turn = Task.WhenAny(sending, entered.Task);
        _ = _turn.ContinueWith(_ => _wait.Wake(), TaskScheduler.Default);
        _ = sending.ContinueWith(_ => _wait.Wake(), TaskScheduler.Default);
    }

    private async Task<PlannedOutcome> SendAsync(StoredJob planned, Action entered, IOperationOutput output)
    {
        try
        {
            return await _submit.RunAsync(planned, entered, output, _drained.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task TakeAnswersAsync(IOperationOutput output, CancellationToken stop)
    {
        foreach (SendingJob answered in _sending.Where(job => job.Outcome.IsCompleted).ToArray())
        {
            string id = answered.Planned.Job.Id;
            try
            {
                PlannedOutcome outcome = await answered.Outcome.ConfigureAwait(false);
                _sending.Remove(answered);
                _submitted += outcome.MayHaveLeft ? 1 : 0;
                await (outcome.Job is not null ? FollowAsync(id, output, stop)
                    : outcome.IsForOthers ? GiveUpAsync(id)
                    : LeaveAsync(id)).ConfigureAwait(false);
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                _sending.Remove(answered);
                output.Error(Unforeseen.Of(error, answered.Planned.Job));
                await GiveUpAsync(id).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One that has ended is told at once.</summary>
    private Task FollowAsync(string id, IOperationOutput output, CancellationToken stop) =>
        _wait.AddAsync(new JobReference(id), Waiting(output), stop);

    /// <summary>A store that is away for a while does not end a worker that goes on until it is stopped.</summary>
    private async Task<StoredJob?> TakeNextAsync(IOperationOutput output, CancellationToken stop)
    {
        WorkTerms terms = new()
        {
            Profile = _options.Profile,
            RestingAccounts = [.. _resting.Now, .. _sending.Select(job => AccountKey.Of(job.Planned.Job)).Where(_resting.IsDoubted)],
            GivenUp = _givenUp,
        };
        try
        {
            StoredJob? taken = await _services.Store.TakeWorkAsync(terms, stop).ConfigureAwait(false);
            _isAway = false;
            return taken;
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure && !_options.UntilEmpty)
        {
            if (!_isAway)
            {
                _isAway = true; // Once, until it answers again.
                output.Warn("No job can be taken, and the worker goes on trying. " + error.Message + " " + error.RecommendedAction);
            }

            return null;
        }
    }

    private async Task SaveReadyAsync(IOperationOutput output, CancellationToken stop)
    {
        _save.Collect(Saving(output));
        while (_ready.Count > 0 && _save.Running < MostSaving)
        {
            await _save.AddAsync(new JobReference(_ready.Dequeue().Id), Saving(output), stop).ConfigureAwait(false);
        }
    }

    /// <summary>A video is written when it is saved, and anything else that has ended at once.</summary>
    private RoutedOutput Waiting(IOperationOutput output) => new(
        output,
        job =>
        {
            _resting.Freed(AccountKey.Of(job));
            if (job is { State: JobStatus.Succeeded, IsSaved: false })
            {
                _ready.Enqueue(job);
            }
            else
            {
                Done(job, output);
            }
        },
        error =>
        {
            output.Error(error);
            if (error.Job is { IsFinished: false } or null && (error.Job?.Id ?? error.Target as string) is { } id && _care.Contains(id))
            {
                _ = GiveUpAsync(id); // Its record or its account is not to be had; the others may do better.
            }
        });

    private RoutedOutput Saving(IOperationOutput output) => new(
        output,
        job => Done(job, output),
        error =>
        {
            output.Error(error);
            if ((error.Job?.Id ?? error.Target as string) is { } id)
            {
                _ = GiveUpAsync(id);
            }
        });

    private void Done(SeedanceJob job, IOperationOutput output)
    {
        if (_care.Remove(job.Id))
        {
            _done++;
            output.Write(job);
        }
    }

    private Task GiveUpAsync(string id)
    {
        _givenUp.Add(id);
        return LeaveAsync(id);
    }

    private Task LeaveAsync(string id)
    {
        _care.Remove(id);
        return ReleaseLeasesAsync(id);
    }

    private async Task ReleaseLeasesAsync(params string[] ids)
    {
        try
        {
            await _services.Store.ReleaseLeasesAsync(ids).ConfigureAwait(false);
        }
        catch (SeedanceException)
        {
            // The store lets go of them with what it writes next.
        }
    }

    /// <summary>Hands back what was not sent, and leaves what runs to others.</summary>
    private async Task DrainAsync()
    {
        Dispose();
        _drained.Cancel();
        bool isAway = false;
        foreach (SendingJob sending in _sending)
        {
            await Task.WhenAny(sending.Outcome).ConfigureAwait(false); // It has heard of the stop.
            string id = sending.Planned.Job.Id;
            bool? isUnderWay = isAway ? null : await IsUnderWayAsync(id).ConfigureAwait(false);
            isAway |= isUnderWay is null;
            if (isUnderWay is not false)
            {
                _care.Remove(id);
                _ = ReleaseWhenAnsweredAsync(id, isUnderWay);
            }
        }

        await ReleaseLeasesAsync([.. _care]).ConfigureAwait(false);
        try
        {
            await _services.Store.EndWorkAsync().ConfigureAwait(false);
        }
        catch (SeedanceException)
        {
            // This process counts as a worker until it ends.
        }
    }

    /// <summary>Null when the store does not tell.</summary>
    private async Task<bool?> IsUnderWayAsync(string id)
    {
        try
        {
            return await _services.Store.FindAsync(id, CancellationToken.None).ConfigureAwait(false) is { Job.State: JobStatus.Submitting };
        }
        catch (SeedanceException)
        {
            return null;
        }
    }

    /// <summary>
    /// A submit without an owner reads as one whose process has ended; its answer is recorded behind the stopped command.
    /// </summary>
    private async Task ReleaseWhenAnsweredAsync(string id, bool? isUnderWay)
    {
        while (isUnderWay is not false && !_services.Ended.Has(id))
        {
            await _services.Time.After(s_tick, CancellationToken.None).ConfigureAwait(false);
            isUnderWay ??= await IsUnderWayAsync(id).ConfigureAwait(false);
        }

        await ReleaseLeasesAsync(id).ConfigureAwait(false);
    }

    /// <summary>A planned job on its way to its host.</summary>
    private sealed record SendingJob(StoredJob Planned, Task<PlannedOutcome> Outcome);
}
