using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Store;

namespace Seedance.Scheduling;

/// <summary>
/// The one poll loop of a process: a queue ordered by due time and one timer, no thread per job. A job is polled once however many wait for it, and a
/// provider that throttles slows the polls of all its jobs.
/// </summary>
internal sealed class PollScheduler : IDisposable
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan[] s_emptyGrace = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];
    private readonly object _gate = new();
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly SortedSet<Watch> _queue = new(Comparer<Watch>.Create(Compare));
    private readonly Dictionary<string, DateTimeOffset> _pauses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();
    private readonly JobPoller _poller;
    private readonly TimeProvider _time;
    private readonly Random _random = new();
    private readonly ITimer _timer;
    private long _order;
    private int _running;

    public PollScheduler(JobPoller poller, TimeProvider time)
    {
        _poller = poller;
        _time = time;
        _timer = time.CreateTimer(static state => ((PollScheduler)state!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Polls the job until it has ended or the returned handle is disposed.</summary>
    public IDisposable Watch(StoredJob stored, Account account, IJobListener listener)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(stored.Job.Id, out Watch? watch))
            {
                watch = new Watch(stored, account, ExpectedTime.Of(stored.Job, account), _order++);
                _watches.Add(stored.Job.Id, watch);
                DateTimeOffset now = _time.GetUtcNow();
                TimeSpan unseen = now - (stored.Job.LastCheckedAt ?? stored.Job.SubmittedAt ?? stored.Job.CreatedAt);
                Schedule(watch, unseen > TimeSpan.FromSeconds(15) ? TimeSpan.Zero : Interval(watch, now));
            }

            watch.Listeners.Add(listener);
            return new Subscription(this, watch, listener);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _timer.Dispose();
        _ended.Dispose();
    }

    private static int Compare(Watch? left, Watch? right)
    {
        int byTime = left!.Due.CompareTo(right!.Due);
        return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
    }

    private void Run()
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            while (_running < MostAtOnce && _queue.Count > 0 && _queue.Min!.Due <= now)
            {
                Watch watch = _queue.Min;
                _queue.Remove(watch);
                _running++;
                _ = PollAsync(watch, watch.Stored, watch.Listeners[0].Log);
            }

            Arm(now);
        }
    }

    private async Task PollAsync(Watch watch, StoredJob stored, IOperationOutput log)
    {
        await Task.Yield(); // The caller holds the lock.
        PollResult result;
        try
        {
            result = await _poller.PollAsync(stored, watch.Account, log, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return; // The process's services are gone.
        }
        catch (SeedanceException error)
        {
            result = new PollResult(stored, Fatal: error); // The store, most likely: asking again would not be recorded either.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A defect must end the waits with an error, not the process from a background thread.
            result = new PollResult(stored, Fatal: new SeedanceException(ErrorCode.ProtocolError, "The answer about " + stored.Job.Id + " could not be handled: " + error.Message, error));
        }

        IJobListener[] listeners;
        lock (_gate)
        {
            _running--;
            result = Settle(watch, result);
            listeners = [.. watch.Listeners];
        }

        foreach (IJobListener listener in listeners)
        {
            listener.Heard(result);
        }

        Run();
    }

    /// <summary>Takes in what a poll brought: ends the watch or plans the next poll.</summary>
    private PollResult Settle(Watch watch, PollResult result)
    {
        DateTimeOffset now = _time.GetUtcNow();
        watch.Stored = result.Stored;
        watch.Troubles = result.Trouble is null ? 0 : watch.Troubles + 1;
        if (result.Pause is { } pause)
        {
            _pauses[Host(watch)] = now + pause;
        }

        SeedanceJob job = result.Stored.Job;
        bool empty = job.Status == JobStatus.Succeeded && !job.Outputs.Any(output => output.Url is not null);
        if (empty && result.Fatal is null && watch.Empty < s_emptyGrace.Length)
        {
            Schedule(watch, s_emptyGrace[watch.Empty++]);
            return result with { Stored = result.Stored with { Job = job with { Status = JobStatus.Running } } };
        }

        if (result.Fatal is not null || job.IsFinished || watch.Listeners.Count == 0)
        {
            _watches.Remove(job.Id);
            return result;
        }

        Schedule(watch, Interval(watch, now, result.NextPoll));
        return result;
    }

    private TimeSpan Interval(Watch watch, DateTimeOffset now, TimeSpan? hint = null)
    {
        TimeSpan elapsed = now - (watch.Stored.Job.SubmittedAt ?? watch.Stored.Job.CreatedAt);
        TimeSpan floor = watch.Account.Adapter.Provider.PollFloor;
        TimeSpan planned = PollPlan.Next(elapsed < TimeSpan.Zero ? TimeSpan.Zero : elapsed, watch.Expected.Median, watch.Expected.Sigma, floor);
        TimeSpan wait = hint is { } told && told > floor ? told : planned;
        if (watch.Troubles > 0)
        {
            TimeSpan backOff = TimeSpan.FromSeconds(Math.Min(15, Math.Pow(2, Math.Min(watch.Troubles, 4))));
            wait = wait > backOff ? wait : backOff;
        }

        return TimeSpan.FromTicks((long)(wait.Ticks * (0.95 + (_random.NextDouble() * 0.1)))); // Many waiters must not poll in lock step.
    }

    private void Schedule(Watch watch, TimeSpan wait)
    {
        DateTimeOffset due = _time.GetUtcNow() + wait;
        watch.Due = _pauses.TryGetValue(Host(watch), out DateTimeOffset free) && free > due
            ? free + TimeSpan.FromMilliseconds(_random.Next(0, 1000))
            : due;
        _queue.Add(watch);
        Arm(_time.GetUtcNow());
    }

    private void Arm(DateTimeOffset now)
    {
        if (_queue.Count > 0 && _running < MostAtOnce && !_ended.IsCancellationRequested)
        {
            TimeSpan wait = _queue.Min!.Due - now;
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private static string Host(Watch watch) => watch.Account.Provider + "|" + watch.Account.BaseUri.Authority;

    private void Unsubscribe(Watch watch, IJobListener listener)
    {
        lock (_gate)
        {
            watch.Listeners.Remove(listener);
            if (watch.Listeners.Count == 0 && _queue.Remove(watch))
            {
                _watches.Remove(watch.Stored.Job.Id);
            }
        }
    }

    private sealed class Subscription(PollScheduler owner, Watch watch, IJobListener listener) : IDisposable
    {
        public void Dispose() => owner.Unsubscribe(watch, listener);
    }
}
