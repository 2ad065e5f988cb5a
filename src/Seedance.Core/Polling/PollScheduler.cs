using Seedance.Accounts;
using Seedance.Durations;
using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>
/// The one poll loop of a process: a queue per host account ordered by due time, and one timer; no thread per job. A job is polled once
/// however many wait for it. Everything runs on a clock that only goes forward, so a wall clock that is set moves no poll.
/// </summary>
internal sealed class PollScheduler : IDisposable
{
    private readonly object _gate = new();
    private readonly PollTable _table;
    private readonly CancellationTokenSource _ended = new();
    private readonly DuePolls _polls;
    private readonly CompletionHistory _history;
    private readonly RequestLimiters _limiters;
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;
    private TimeSpan? _armed;
    private int _busy;

    public PollScheduler(DuePolls polls, CompletionHistory history, RequestLimiters limiters, TimeProvider time)
    {
        _polls = polls;
        _history = history;
        _limiters = limiters;
        _clock = limiters.Clock;
        _table = new PollTable(limiters, time) { Left = polls.Leave };
        _timer = time.CreateTimer(static state => ((PollScheduler)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How fast the account's host may be asked.</summary>
    public RequestLimiter LimiterOf(Account account) => _limiters.Of(account);

    /// <summary>How many jobs are watched.</summary>
    public int Watched
    {
        get
        {
            lock (_gate)
            {
                return _table.Count;
            }
        }
    }

    /// <summary>How many requests are being asked, or their answers handed on.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>True while nothing is being asked or handed on: time alone can make something happen.</summary>
    public bool IsIdle => Busy == 0;

    /// <summary>Told when there is one less.</summary>
    public Action Rested { get; set; } = static () => { };

    /// <summary>Polls the job until it has ended or the returned handle is disposed.</summary>
    public IDisposable Watch(StoredJob stored, Account account, IJobObserver observer)
    {
        CompletionModel model = _history.For(stored.Job, account); // May read the store.
        lock (_gate)
        {
            PolledJob polled = _table.Add(stored, account, model, observer);
            if (polled.Queue.Next is { } next && (_armed is not { } armed || next < armed))
            {
                Advance();
            }

            return new Subscription(this, polled, observer);
        }
    }

    public bool IsWatched(string id)
    {
        lock (_gate)
        {
            return _table.Has(id);
        }
    }

    /// <summary>Hands the end that somebody else was told of to whoever waits for that job, so that it is not asked for again.</summary>
    public async Task LearnAsync(PollOutcome outcome)
    {
        if (IsWatched(outcome.Stored.Job.Id))
        {
            await _polls.LeaveEndedAsync(outcome).ConfigureAwait(false);
        }

        IJobObserver[] observers;
        lock (_gate)
        {
            if (!outcome.Stored.Job.IsFinished || _table.TakeOut(outcome.Stored.Job.Id) is not { } polled)
            {
                return; // Nobody waits, or it is being asked for at this moment.
            }

            _ = _table.Take(polled, outcome, _clock.Now);
            observers = [.. polled.Observers];
        }

        Array.ForEach(observers, observer => observer.OnPolled(outcome));
    }

    public void Dispose()
    {
        _ended.Cancel();
        _timer.Dispose();
    }

    private void Wake()
    {
        lock (_gate)
        {
            _armed = null;
            Advance();
        }
    }

    /// <summary>Sends what is due and may be sent, and sets the timer for the rest. Under the lock.</summary>
    private void Advance()
    {
        TimeSpan now = _clock.Now;
        TimeSpan? next = _table.TakeDue(now, (queue, jobs, permit) =>
        {
            Interlocked.Increment(ref _busy);
            _ = AskAsync(queue, jobs, permit);
        });
        if (next != _armed && next is { } due && !_ended.IsCancellationRequested)
        {
            _armed = due;
            _timer.Change(MonotonicClock.WholeMilliseconds(due - now), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task AskAsync(PollQueue queue, IReadOnlyList<PolledJob> jobs, Permit permit)
    {
        await Task.Yield(); // The caller holds the lock.
        try
        {
            await TakeAsync(queue, jobs, await _polls.AskAsync(jobs, permit, LogOf(jobs[0]), _ended.Token).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The process's services are gone.
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
            Rested();
        }
    }

    private IOperationOutput LogOf(PolledJob polled)
    {
        lock (_gate)
        {
            return polled.Observers.Count > 0 ? polled.Observers[0].Log : NullOutput.Instance;
        }
    }

    /// <summary>Takes in what a request brought: lets jobs go or plans their next polls, and tells who waits.</summary>
    private async Task TakeAsync(PollQueue queue, IReadOnlyList<PolledJob> jobs, ListOutcome list)
    {
        List<(IJobObserver[] Observers, PollOutcome Outcome)> news = new(jobs.Count);
        List<(CompletionModel Model, TimeSpan Took)> learnt = [];
        lock (_gate)
        {
            TimeSpan now = _clock.Now;
            queue.Running--;
            queue.Lists &= !list.IsUseless;
            for (int i = 0; i < jobs.Count; i++)
            {
                if (list.IsUseless || list.Outcomes[i] is not { } outcome)
                {
                    _table.OnMissingFromList(jobs[i], now, list.IsUseless);
                    continue;
                }

                if (_table.Take(jobs[i], outcome, now) is { } took)
                {
                    learnt.Add((jobs[i].Model, took));
                }

                news.Add(([.. jobs[i].Observers], outcome));
            }

            Advance();
        }

        foreach ((IJobObserver[] observers, PollOutcome outcome) in news)
        {
            Array.ForEach(observers, observer => observer.OnPolled(outcome));
        }

        foreach ((CompletionModel model, TimeSpan took) in learnt)
        {
            await _history.AddAsync(model, took).ConfigureAwait(false);
        }
    }

    private void Unsubscribe(PolledJob polled, IJobObserver observer)
    {
        lock (_gate)
        {
            _table.Remove(polled, observer);
        }
    }

    private sealed class Subscription(PollScheduler owner, PolledJob polled, IJobObserver observer) : IDisposable
    {
        public void Dispose() => owner.Unsubscribe(polled, observer);
    }
}
