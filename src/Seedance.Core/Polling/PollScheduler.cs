using Seedance.Accounts;
using Seedance.Durations;
using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>
/// The one poll loop of a process: a queue per host account ordered by due time, and one timer; no thread per job. A job is polled once however many wait for
/// it. Everything runs on a clock that only goes forward, so a wall clock that is set moves no poll.
/// </summary>
internal sealed class PollScheduler : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly PollQueues _lanes;
    private readonly CancellationTokenSource _ended = new();
    private readonly IJobPoller _poller;
    private readonly CompletionHistory _history;
    private readonly TimeProvider _time;
    private readonly MonotonicClock _clock;
    private readonly Random _random = new();
    private readonly ITimer _timer;
    private TimeSpan? _armed;
    private long _order;
    private int _busy;

    /// <param name="poller">Asks and records.</param>
    /// <param name="history">How long jobs take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="shared">What hosts tell other processes, where there may be any.</param>
    public PollScheduler(IJobPoller poller, CompletionHistory history, TimeProvider time, SharedBackoff? shared = null)
    {
        _poller = poller;
        _history = history;
        _time = time;
        _clock = new MonotonicClock(time);
        _lanes = new PollQueues(shared, _random);
        Submits = new SubmitTurns(_gate, _lanes, _clock);
        _timer = time.CreateTimer(static state => ((PollScheduler)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When submits to the same hosts may go out.</summary>
    public SubmitTurns Submits { get; }

    /// <summary>How many jobs are watched.</summary>
    public int Watched
    {
        get
        {
            lock (_gate)
            {
                return _watches.Count;
            }
        }
    }

    /// <summary>True while nothing is being asked or handed on: time alone can make something happen.</summary>
    public bool IsIdle => Volatile.Read(ref _busy) == 0;

    private TimeSpan Now => _clock.Now;

    /// <summary>Polls the job until it has ended or the returned handle is disposed.</summary>
    public IDisposable Watch(StoredJob stored, Account account, IJobListener listener)
    {
        CompletionModel model = _history.For(stored.Job, account); // May read the store.
        lock (_gate)
        {
            if (!_watches.TryGetValue(stored.Job.Id, out Watch? watch))
            {
                watch = Begin(stored, account, model, listener);
            }
            else
            {
                watch.Listeners.Add(listener);
            }

            return new Subscription(this, watch, listener);
        }
    }

    /// <summary>Hands the end that somebody else was told of to whoever waits for that job, so that it is not asked for again.</summary>
    public void Learn(PollResult result)
    {
        IJobListener[] listeners;
        lock (_gate)
        {
            if (!result.Stored.Job.IsFinished || !_watches.TryGetValue(result.Stored.Job.Id, out Watch? watch) || !watch.Lane.Remove(watch))
            {
                return; // Nobody waits, or it is being asked for at this moment.
            }

            Settle(watch, result, Now, []);
            listeners = [.. watch.Listeners];
        }

        Array.ForEach(listeners, listener => listener.Heard(result));
    }

    public void Dispose()
    {
        _ended.Cancel();
        _timer.Dispose();
    }

    private Watch Begin(StoredJob stored, Account account, CompletionModel model, IJobListener listener)
    {
        TimeSpan now = Now;
        DateTimeOffset wall = _time.GetUtcNow();
        SeedanceJob job = stored.Job;
        Watch watch = new(stored, account, model, _lanes.Of(account), new JobAge(wall - (job.SubmittedAt ?? job.CreatedAt), now, wall), _order++);
        watch.Listeners.Add(listener);
        _watches.Add(job.Id, watch);
        TimeSpan unseen = wall - (job.LastCheckedAt ?? job.SubmittedAt ?? job.CreatedAt);
        if (unseen > account.Adapter.Provider.PollCeiling)
        {
            Schedule(watch, now, TimeSpan.Zero);
        }
        else
        {
            watch.Age.SeenRunning(unseen > TimeSpan.Zero ? now - unseen : now);
            Schedule(watch, now, PollInterval.Of(watch, now, hint: null, _random));
        }

        return watch;
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
        TimeSpan now = Now;
        TimeSpan? next = null;
        foreach (PollQueue lane in _lanes.All)
        {
            while (lane.Next is { } moment)
            {
                if (moment <= now)
                {
                    _lanes.Hear(lane, now);
                    moment = lane.Next ?? moment;
                }

                if (moment > now)
                {
                    next = next < moment ? next : moment;
                    break;
                }

                lane.Running++;
                lane.Pace.Sent(now);
                Interlocked.Increment(ref _busy);
                _ = AskAsync(lane, lane.Take(now), now);
            }
        }

        if (next != _armed && next is { } due && !_ended.IsCancellationRequested)
        {
            _armed = due;
            _timer.Change(MonotonicClock.WholeMilliseconds(due - now), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task AskAsync(PollQueue lane, IReadOnlyList<Watch> watches, TimeSpan sentAt)
    {
        await Task.Yield(); // The caller holds the lock.
        try
        {
            PollOrder[] orders = [.. watches.Select(watch => new PollOrder(watch.Stored, PollGrace.Of(watch, sentAt)))];
            IOperationOutput log = LogOf(watches[0]);
            Account account = watches[0].Account;
            if (orders.Length > 1)
            {
                ListResult list = await _poller.ListAsync(orders, account, log, _ended.Token).ConfigureAwait(false);
                await TakeAsync(lane, watches, list.Results, sentAt, list.IsUseless).ConfigureAwait(false);
            }
            else
            {
                PollResult result = await _poller.PollAsync(orders[0], account, log, _ended.Token).ConfigureAwait(false);
                await TakeAsync(lane, watches, [result], sentAt, useless: false).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The process's services are gone.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A defect must end the waits with an error, not the process from a background thread; the store's refusal ends them likewise.
            PollResult[] fatal = [.. watches.Select(watch => new PollResult(watch.Stored) { Fatal = Wrapped(watch.Stored, error) })];
            await TakeAsync(lane, watches, fatal, sentAt, useless: false).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private static SeedanceException Wrapped(StoredJob stored, Exception error) => error as SeedanceException
        ?? new SeedanceException(ErrorCode.ProtocolError, "The answer about " + stored.Job.Id + " could not be handled: " + error.Message, error);

    private IOperationOutput LogOf(Watch watch)
    {
        lock (_gate)
        {
            return watch.Listeners.Count > 0 ? watch.Listeners[0].Log : SilentOutput.Instance;
        }
    }

    /// <summary>Takes in what a request brought: ends watches or plans their next polls, and tells who waits.</summary>
    private async Task TakeAsync(PollQueue lane, IReadOnlyList<Watch> watches, IReadOnlyList<PollResult?> results, TimeSpan sentAt, bool useless)
    {
        List<(IJobListener[] Listeners, PollResult Result)> news = new(results.Count);
        List<(CompletionModel Model, TimeSpan Took)> learnt = [];
        lock (_gate)
        {
            TimeSpan now = Now;
            lane.Running--;
            lane.Lists &= !useless;
            _lanes.Judge(lane, results, sentAt, now);
            for (int i = 0; i < watches.Count; i++)
            {
                if (useless || results[i] is not { } result)
                {
                    Missed(watches[i], now, useless);
                    continue;
                }

                Settle(watches[i], result, now, learnt);
                news.Add(([.. watches[i].Listeners], result));
            }

            Advance();
        }

        foreach ((IJobListener[] listeners, PollResult result) in news)
        {
            Array.ForEach(listeners, listener => listener.Heard(result));
        }

        foreach ((CompletionModel model, TimeSpan took) in learnt)
        {
            await _history.AddAsync(model, took).ConfigureAwait(false);
        }
    }

    /// <summary>A list said nothing of it: it is asked about by itself, and after a second time always.</summary>
    private void Missed(Watch watch, TimeSpan now, bool useless)
    {
        watch.Unlisted += useless ? 0 : 1;
        watch.AskAlone = true;
        Schedule(watch, now, TimeSpan.Zero);
    }

    private void Settle(Watch watch, PollResult result, TimeSpan now, List<(CompletionModel Model, TimeSpan Took)> learnt)
    {
        SeedanceJob job = result.Stored.Job;
        watch.Stored = result.Stored;
        watch.AskAlone = watch.Unlisted >= 2;
        watch.Troubles = result.Trouble is null || result.Host == HostState.Throttling ? 0 : watch.Troubles + 1; // A 429 uses up nothing.
        PollGrace.Count(watch, result);
        if (result.Fatal is null && !job.IsFinished)
        {
            if (result.Trouble is null)
            {
                watch.Age.SeenRunning(now);
            }

            Schedule(watch, now, PollGrace.Pause(watch) ?? PollInterval.Of(watch, now, result.NextPoll, _random));
            return;
        }

        _watches.Remove(job.Id);
        TimeSpan? told = job.CompletedAt == job.LastCheckedAt ? null : job.CompletedAt - job.SubmittedAt; // Else it is the moment of the look.
        if (job.Status == JobStatus.Succeeded && watch.Age.TookUntil(now, _time.GetUtcNow(), told) is { } took)
        {
            learnt.Add((watch.Model, took));
        }
    }

    private void Schedule(Watch watch, TimeSpan now, TimeSpan wait)
    {
        if (watch.Listeners.Count == 0)
        {
            _watches.Remove(watch.Stored.Job.Id); // Everybody left while it was being asked about.
            return;
        }

        watch.Due = now + wait;
        watch.Lane.Add(watch);
        if (watch.Lane.Next is { } next && (_armed is not { } armed || next < armed))
        {
            Advance();
        }
    }

    private void Unsubscribe(Watch watch, IJobListener listener)
    {
        lock (_gate)
        {
            watch.Listeners.Remove(listener);
            if (watch.Listeners.Count == 0 && watch.Lane.Remove(watch))
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
