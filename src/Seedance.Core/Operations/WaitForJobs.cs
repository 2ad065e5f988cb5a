using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Scheduling;
using Seedance.Store;

namespace Seedance.Operations;

/// <summary>One call's wait for any number of jobs. Each is written the moment it has ended, so that saving overlaps with waiting.</summary>
internal sealed class WaitForJobs : IJobListener, IDisposable
{
    private const string Activity = "Waiting for Seedance jobs";
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_asleep = TimeSpan.FromSeconds(30);
    private readonly SeedanceServices _services;
    private readonly JobLookup _lookup;
    private readonly WaitOptions _options;
    private readonly Dictionary<string, WaitedJob> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<WaitedJob> _order = new();
    private readonly List<JobReference> _submitting = [];
    private readonly ConcurrentQueue<PollResult> _heard = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _log = new();
    private long? _begun;
    private long? _shown;
    private long? _looked;
    private TimeSpan _slept;
    private int _signalled;
    private int _ended;

    public WaitForJobs(SeedanceServices services, JobLookup lookup, WaitOptions options)
    {
        _services = services;
        _lookup = lookup;
        _options = options;
        Log = new QueueLog(_log);
    }

    public IOperationOutput Log { get; }

    /// <summary>True once -Any has its job: more input is not waited for.</summary>
    public bool IsSatisfied => _options.Any && _ended > 0;

    private TimeSpan Left => _begun is { } begun ? _options.Timeout + _slept - _services.Time.GetElapsedTime(begun) : _options.Timeout;

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

                ShowProgress(output);
                await WaitForNewsAsync(left < s_tick ? left : s_tick, stop).ConfigureAwait(false);
                WriteNews(output);
                await LookAgainAsync(output, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            output.Progress(new OperationProgress(Activity, "Done", Completed: true));
            Dispose();
        }
    }

    public void Heard(PollResult result)
    {
        _heard.Enqueue(result);
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _news.Release(); // Once for all that is heard before anyone looks.
        }
    }

    public void Dispose()
    {
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
            else if (job.ProviderJobId is null && job.Status == JobStatus.Submitting)
            {
                _submitting.Add(reference); // Another command is at it; a dead one's job would be unconfirmed by now.
            }
            else if (job.ProviderJobId is null)
            {
                output.Fault(Unconfirmed.Error(job));
            }
            else if (!_waiting.ContainsKey(job.Id))
            {
                Account account = _lookup.AccountOf(job);
                WaitedJob waited = new(job, _services.History.For(job, account), _services.Scheduler.Watch(stored, account, this));
                _waiting.Add(job.Id, waited);
                _order.Enqueue(waited);
            }
        }
        catch (SeedanceException error)
        {
            output.Fault(error);
        }
    }

    /// <summary>Its host may know it again; a script that is run anew must not give up a video that is paid for.</summary>
    private async Task<StoredJob> RememberAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            PollResult result = await _services.Poller.PollAsync(stored, _lookup.AccountOf(stored.Job), output, stop).ConfigureAwait(false);
            return result.Stored;
        }
        catch (SeedanceException error)
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
        while (_log.TryDequeue(out string? line))
        {
            output.Debug(line);
        }

        while (!IsSatisfied && _heard.TryDequeue(out PollResult? result))
        {
            if (_waiting.TryGetValue(result.Stored.Job.Id, out WaitedJob? waited))
            {
                Take(result, waited, output);
            }
        }
    }

    private void Take(PollResult result, WaitedJob waited, IOperationOutput output)
    {
        SeedanceJob job = result.Stored.Job;
        Tell(result, waited.Job, output);
        waited.Job = job;
        if (result.Fatal is null && !job.IsFinished)
        {
            return;
        }

        waited.Subscription.Dispose();
        _waiting.Remove(job.Id);
        if (result.Fatal is { } fatal)
        {
            output.Fault(WithJob(fatal, job));
        }
        else
        {
            WriteEnded(job, output);
        }
    }

    private void Tell(PollResult result, SeedanceJob before, IOperationOutput output)
    {
        SeedanceJob job = result.Stored.Job;
        if (result.UnknownWord is { } word && _warned.Add(job.Provider + "|" + word))
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture, "{0} reports the status '{1}', which this version does not know; it is taken as still running.", job.Provider, word));
        }

        if (result.Trouble is { } unrecorded && job.IsFinished)
        {
            output.Warn(job.Id + " has ended, and that could not be recorded: " + unrecorded.Message);
        }
        else if (result.Trouble is { } trouble)
        {
            output.Verbose(job.Id + ": " + trouble.Message + " The wait goes on.");
        }
        else if (job.Status != before.Status)
        {
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} is {1}.", job.Id, job.Status));
        }
    }

    private void WriteEnded(SeedanceJob job, IOperationOutput output)
    {
        _ended++;
        output.Write(job);
        if (JobOutcome.Error(job) is { } error)
        {
            output.Fault(error);
        }
    }

    private void TimeOut(IOperationOutput output)
    {
        foreach (JobReference reference in _submitting)
        {
            output.Fault(new SeedanceException(ErrorCode.WaitTimeout, reference.Id + " was still being submitted by another command.")
            {
                Target = reference.Id,
                RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + reference.Id,
            });
        }

        foreach (SeedanceJob job in _waiting.Values.Select(waited => waited.Job).OrderBy(job => job.Id, StringComparer.Ordinal))
        {
            string text = string.Format(
                CultureInfo.InvariantCulture, "{0} had not ended after {1:0.#} s. It still runs at {2} as {3}.", job.Id, _options.Timeout.TotalSeconds, job.Provider, job.ProviderJobId);
            output.Fault(new SeedanceException(ErrorCode.WaitTimeout, text)
            {
                Provider = job.Provider,
                Job = job,
                RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + job.Id,
            });
        }
    }

    private void ShowProgress(IOperationOutput output)
    {
        if (_shown is { } shown && _services.Time.GetElapsedTime(shown) < s_tick)
        {
            return; // Ten thousand jobs bring news far more often than anyone reads.
        }

        _shown = _services.Time.GetTimestamp();
        while (_order.Count > 0 && !_waiting.ContainsKey(_order.Peek().Job.Id))
        {
            _order.Dequeue();
        }

        if (_order.Count == 0)
        {
            return;
        }

        SeedanceJob job = _order.Peek().Job; // The first that came is the one waited for longest.
        ExpectedTime expected = _order.Peek().Model.Expected;
        TimeSpan age = _services.Time.GetUtcNow() - (job.SubmittedAt ?? job.CreatedAt);
        int total = _waiting.Count + _ended;
        string count = total == 1 ? job.Id : string.Format(CultureInfo.InvariantCulture, "{0} of {1} done", _ended, total);
        string status = string.Format(
            CultureInfo.InvariantCulture, "{0}{1}: {2} for {3:0} s, usually about {4:0} s", job.IsSimulated ? "SIMULATED " : string.Empty, count, job.Status.ToString().ToLowerInvariant(), age.TotalSeconds, expected.Median.TotalSeconds);
        int percent = total == 1
            ? job.Progress ?? (int)Math.Min(95, 100 * age.TotalSeconds / (expected.Median.TotalSeconds * 1.5))
            : 100 * _ended / total;
        TimeSpan remaining = expected.Median - age;
        output.Progress(new OperationProgress(Activity, status, percent, remaining > TimeSpan.Zero ? (int)remaining.TotalSeconds : null));
    }

    private static SeedanceException WithJob(SeedanceException error, SeedanceJob job) => new(error.Code, error.Message, error)
    {
        Provider = error.Provider ?? job.Provider,
        HttpStatus = error.HttpStatus,
        ProviderCode = error.ProviderCode,
        RequestId = error.RequestId,
        ResponseExcerpt = error.ResponseExcerpt,
        RecommendedAction = error.RecommendedAction,
        Job = job,
    };

    private sealed class WaitedJob(SeedanceJob job, CompletionModel model, IDisposable subscription)
    {
        public SeedanceJob Job { get; set; } = job;

        public CompletionModel Model => model;

        public IDisposable Subscription => subscription;
    }

    /// <summary>Keeps the detail of polls for whichever thread writes next.</summary>
    private sealed class QueueLog(ConcurrentQueue<string> lines) : IOperationOutput
    {
        public void Debug(string text) => lines.Enqueue(text);

        public void Write(object item)
        {
        }

        public void Fault(SeedanceException error)
        {
        }

        public void Warn(string text)
        {
        }

        public void Verbose(string text)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
