using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Wait;

/// <summary>
/// One call's wait for any number of jobs. Each is written the moment it has ended, so that saving overlaps with waiting.
/// </summary>
internal sealed class WaitForJobs : IJobObserver, IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_asleep = TimeSpan.FromSeconds(30);
    private readonly SeedanceServices _services;
    private readonly JobLookup _lookup;
    private readonly WaitOptions _options;
    private readonly Dictionary<string, WaitedJob> _waiting = new(StringComparer.Ordinal);
    private readonly List<JobReference> _submitting = [];
    private readonly ConcurrentQueue<PollOutcome> _heard = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly DebugQueue _log = new();
    private readonly WaitMessages _messages = new();
    private readonly WaitProgress _progress;
    private readonly HeldHosts _held;
    private long? _begun;
    private long? _looked;
    private TimeSpan _slept;
    private int _signalled;
    private bool _hasLookedForWorkers;
    private int _ended;
    private IReadOnlyList<SeedanceJob> _left = [];

    public WaitForJobs(SeedanceServices services, JobLookup lookup, WaitOptions options)
    {
        _services = services;
        _lookup = lookup;
        _options = options;
        _progress = new WaitProgress(services.Time, s_tick);
        _held = new HeldHosts(services.Time);
    }

    public IOperationOutput Log => _log;

    /// <summary>True once -Any has its job: more input is not waited for.</summary>
    public bool IsSatisfied => _options.Any && _ended > 0;

    private TimeSpan Left => _begun is { } begun ? _options.Timeout + _slept - _services.Time.GetElapsedTime(begun) : _options.Timeout;

    /// <summary>What is waited for, or was when the wait ended.</summary>
    public IReadOnlyList<SeedanceJob> Unfinished => _waiting.Count == 0 ? _left : [.. _waiting.Values.Select(waited => waited.Job)];

    /// <summary>Takes a job in and writes whatever has ended by now.</summary>
    public async Task AddAsync(JobReference reference, IOperationOutput output, CancellationToken stop)
    {
        _begun ??= _services.Time.GetTimestamp();
        WriteNews(output);
        await TakeInAsync(reference, output, stop).ConfigureAwait(false);
    }

    /// <summary>Waits for the rest, to the last job or the deadline.</summary>
    public async Task FinishAsync(IOperationOutput output, CancellationToken stop)
    {
        try
        {
            WriteNews(output);
            while (_waiting.Count + _submitting.Count > 0 && !IsSatisfied)
            {
                TimeSpan left = Left;
                if (left <= TimeSpan.Zero)
                {
                    TimeOut(output);
                    return;
                }

                _progress.Show(_waiting, _ended, output);
                await WaitForNewsAsync(left < s_tick ? left : s_tick, stop).ConfigureAwait(false);
                await _services.Changes.LookAsync(stop).ConfigureAwait(false);
                WriteNews(output);
                await LookAgainAsync(output, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            WaitProgress.End(output);
            Dispose();
        }
    }

    /// <summary>Writes what has ended until then, for who has other things to do meanwhile.</summary>
    public async Task PassAsync(TimeSpan most, IOperationOutput output, CancellationToken stop)
    {
        if (most > TimeSpan.Zero)
        {
            await WaitForNewsAsync(most, stop).ConfigureAwait(false);
        }

        await _services.Changes.LookAsync(stop).ConfigureAwait(false);
        WriteNews(output);
        await LookAgainAsync(output, stop).ConfigureAwait(false);
    }

    public void OnPolled(PollOutcome result)
    {
        _heard.Enqueue(result);
        Wake();
    }

    /// <summary>Ends a pass before its time: something has happened that its caller waits for.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _news.Release(); // Once for all that is heard before anyone looks.
        }
    }

    public void Dispose()
    {
        _left = Unfinished;
        foreach (WaitedJob waited in _waiting.Values)
        {
            waited.Subscription.Dispose();
        }

        _waiting.Clear();
    }

    private async Task TakeInAsync(JobReference reference, IOperationOutput output, CancellationToken stop)
    {
        if (IsSatisfied)
        {
            return;
        }

        try
        {
            StoredJob stored = await _lookup.FindAsync(reference, stop).ConfigureAwait(false);
            stored = ForgottenJob.Is(stored.Job) ? await RememberAsync(stored, output, stop).ConfigureAwait(false) : stored;
            SeedanceJob job = stored.Job;
            if (job.IsFinished)
            {
                WriteEnded(job, output);
            }
            else if (job.ProviderJobId is null && job.State == JobStatus.Submitting)
            {
                _submitting.Add(reference); // Another command is at it; a dead one's job would be unconfirmed by now.
            }
            else if (job.State == JobStatus.Planned)
            {
                _submitting.Add(reference);
                await SayWhoSubmitsAsync(output, stop).ConfigureAwait(false);
            }
            else if (job.ProviderJobId is null)
            {
                output.Error(Unconfirmed.Error(job));
            }
            else if (!_waiting.ContainsKey(job.Id))
            {
                Account account = _lookup.AccountOf(job);
                WaitedJob waited = new(job, _services.History.For(job, account), _services.Scheduler.Watch(stored, account, this));
                _waiting.Add(job.Id, waited);
                _held.Add(job.Provider, _services.Scheduler.LimiterOf(account));
                _progress.Add(waited);
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(reference.Error(error));
        }
    }

    /// <summary>Once, where a planned job is waited for that nobody may ever submit.</summary>
    private async Task SayWhoSubmitsAsync(IOperationOutput output, CancellationToken stop)
    {
        if (!_hasLookedForWorkers)
        {
            _hasLookedForWorkers = true;
            if (!await _services.Store.HasWorkersAsync(stop).ConfigureAwait(false))
            {
                output.Warn(WaitMessages.NoWorker);
            }
        }
    }

    /// <summary>Its host may know it again; a script that is run anew must not give up a video that is paid for.</summary>
    private async Task<StoredJob> RememberAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            PollOutcome result = await _services.Poller.PollAsync(stored, _lookup.AccountOf(stored.Job), output, stop)
                .ConfigureAwait(false);
            return result.Stored;
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Verbose(error.Message); // No key to ask with, for example.
            return stored;
        }
    }

    /// <summary>Jobs that were still being submitted have an outcome by now, or are looked at again.</summary>
    private async Task LookAgainAsync(IOperationOutput output, CancellationToken stop)
    {
        if (_submitting.Count == 0 || (_looked is { } looked && _services.Time.GetElapsedTime(looked) < s_tick))
        {
            return;
        }

        _looked = _services.Time.GetTimestamp();
        JobReference[] again = [.. _submitting];
        _submitting.Clear();
        foreach (JobReference reference in again)
        {
            await TakeInAsync(reference, output, stop).ConfigureAwait(false);
        }
    }

    private async Task WaitForNewsAsync(TimeSpan most, CancellationToken stop)
    {
        long begun = _services.Time.GetTimestamp();
        using CancellationTokenSource tick = _services.Time.Deadline(most);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, stop);
        try
        {
            await _news.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The tick: time to show progress again.
        }

        TimeSpan over = _services.Time.GetElapsedTime(begun) - most;
        if (over > s_asleep)
        {
            _slept += over; // The machine slept, and nobody was asked meanwhile: that time is not the jobs' fault.
        }

        Volatile.Write(ref _signalled, 0);
    }

    private void WriteNews(IOperationOutput output)
    {
        _log.HandOn(output);
        while (!IsSatisfied && _heard.TryDequeue(out PollOutcome? result))
        {
            if (_waiting.TryGetValue(result.Stored.Job.Id, out WaitedJob? waited))
            {
                Take(result, waited, output);
            }
        }

        _held.Warn(_waiting.Values.Select(waited => waited.Job), output);
    }

    private void Take(PollOutcome result, WaitedJob waited, IOperationOutput output)
    {
        SeedanceJob job = result.Stored.Job;
        _messages.Tell(result, waited.Job, output);
        waited.Job = job;
        if (result.FatalError is null && !job.IsFinished)
        {
            return;
        }

        waited.Subscription.Dispose();
        _waiting.Remove(job.Id);
        if (result.FatalError is { } fatal)
        {
            output.Error(WaitMessages.WithJob(fatal, job));
        }
        else
        {
            WriteEnded(job, output);
        }
    }

    private void WriteEnded(SeedanceJob job, IOperationOutput output)
    {
        _ended++;
        output.Write(job);
        if (JobOutcome.Error(job) is { } error)
        {
            output.Error(error);
        }
    }

    private void TimeOut(IOperationOutput output)
    {
        foreach (JobReference reference in _submitting)
        {
            output.Error(WaitMessages.StillSubmitting(reference.Id));
        }

        foreach (SeedanceJob job in _waiting.Values.Select(waited => waited.Job).OrderBy(job => job.Id, StringComparer.Ordinal))
        {
            output.Error(WaitMessages.TimedOut(job, _options.Timeout));
        }

        if (_waiting.Count > 1 && StoppedWait.Describe(Unfinished) is { } all)
        {
            output.Warn(all);
        }
    }
}
