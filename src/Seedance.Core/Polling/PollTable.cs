using Seedance.Accounts;
using Seedance.Durations;
using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>
/// All jobs that are polled, and what each outcome means for the next poll of its job. Asks nobody. Guarded by the scheduler's lock.
/// </summary>
internal sealed class PollTable(RequestLimiters limiters, TimeProvider time)
{
    private readonly Dictionary<string, PolledJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<RequestLimiter, PollQueue> _queues = [];
    private readonly Random _random = new();
    private long _order;

    public int Count => _jobs.Count;

    /// <summary>Told of a job that nobody waits for any more although it has not ended.</summary>
    public Action<string> Left { get; init; } = static _ => { };

    public bool Has(string id) => _jobs.ContainsKey(id);

    /// <summary>Puts the observer to the others of the job, or the job into its queue.</summary>
    public PolledJob Add(StoredJob stored, Account account, CompletionModel model, IJobObserver observer)
    {
        if (_jobs.TryGetValue(stored.Job.Id, out PolledJob? known))
        {
            known.Observers.Add(observer);
            return known;
        }

        TimeSpan now = limiters.Clock.Now;
        DateTimeOffset wall = time.GetUtcNow();
        SeedanceJob job = stored.Job;
        PolledJob polled = new(
            stored, account, model, QueueOf(account), new JobTimer(wall - (job.SubmittedAt ?? job.CreatedAt), now, wall), _order++);
        polled.Observers.Add(observer);
        _jobs.Add(job.Id, polled);
        TimeSpan unseen = wall - (job.LastCheckedAt ?? job.SubmittedAt ?? job.CreatedAt);
        if (unseen > account.Adapter.Provider.PollCeiling && !PollInterval.AwaitsCall(polled, now))
        {
            Schedule(polled, now, TimeSpan.Zero);
        }
        else
        {
            polled.Timer.SeenRunning(unseen > TimeSpan.Zero ? now - unseen : now);
            Schedule(polled, now, PollInterval.Of(polled, now, hint: null, _random));
        }

        return polled;
    }

    /// <summary>Takes out what is due and may be asked for, a request at a time.</summary>
    /// <returns>When to look again; null when there is nothing to wait for.</returns>
    public TimeSpan? TakeDue(TimeSpan now, Action<PollQueue, IReadOnlyList<PolledJob>, Permit> ask)
    {
        TimeSpan? next = null;
        foreach (PollQueue queue in _queues.Values)
        {
            while (queue.Next is { } moment)
            {
                if (moment <= now)
                {
                    queue.Limiter.Hear(now);
                    moment = queue.Next ?? moment;
                }

                if (moment > now)
                {
                    next = next < moment ? next : moment;
                    break;
                }

                queue.Running++;
                ask(queue, queue.Take(now), queue.Limiter.Take(now));
            }
        }

        return next;
    }

    /// <summary>The job where somebody waits for it and it is not being asked for at this moment; it is out of its queue then.</summary>
    public PolledJob? TakeOut(string id) => _jobs.TryGetValue(id, out PolledJob? polled) && polled.Queue.Remove(polled) ? polled : null;

    public void Remove(PolledJob polled, IJobObserver observer)
    {
        polled.Observers.Remove(observer);
        if (polled.Observers.Count == 0 && polled.Queue.Remove(polled))
        {
            _jobs.Remove(polled.Stored.Job.Id);
            Left(polled.Stored.Job.Id);
        }
    }

    /// <summary>A list said nothing of it: it is asked about by itself, and after a second time always.</summary>
    public void OnMissingFromList(PolledJob polled, TimeSpan now, bool useless)
    {
        polled.TimesUnlisted += useless ? 0 : 1;
        polled.AskAlone = true;
        Schedule(polled, now, TimeSpan.Zero);
    }

    /// <summary>Plans the next poll of the job, or lets it go; then how long it took, where that is worth learning.</summary>
    public TimeSpan? Take(PolledJob polled, PollOutcome outcome, TimeSpan now)
    {
        SeedanceJob job = outcome.Stored.Job;
        polled.Stored = outcome.Stored;
        polled.AskAlone = polled.TimesUnlisted >= 2;
        polled.Failures = outcome.TransientError is null || outcome.IsThrottled ? 0 : polled.Failures + 1; // A 429 uses up nothing.
        ConfirmationRules.Count(polled, outcome);
        if (outcome.FatalError is null && !job.IsFinished)
        {
            if (outcome.TransientError is null)
            {
                polled.Timer.SeenRunning(now);
            }

            Schedule(polled, now, ConfirmationRules.Pause(polled) ?? PollInterval.Of(polled, now, outcome.NextPoll, _random));
            return null;
        }

        _jobs.Remove(job.Id);
        // Else it is the moment of the look.
        TimeSpan? told = job.CompletedAt == job.LastCheckedAt ? null : job.CompletedAt - job.SubmittedAt;
        return job.State == JobStatus.Succeeded && !outcome.IsHearsay ? polled.Timer.TookUntil(now, time.GetUtcNow(), told) : null;
    }

    private PollQueue QueueOf(Account account)
    {
        RequestLimiter limiter = limiters.Of(account);
        if (!_queues.TryGetValue(limiter, out PollQueue? queue))
        {
            queue = new PollQueue(limiter, account.Adapter);
            _queues.Add(limiter, queue);
        }

        return queue;
    }

    private void Schedule(PolledJob polled, TimeSpan now, TimeSpan wait)
    {
        if (polled.Observers.Count == 0)
        {
            _jobs.Remove(polled.Stored.Job.Id); // Everybody left while it was being asked about.
            Left(polled.Stored.Job.Id);
            return;
        }

        polled.Due = now + wait;
        polled.Queue.Add(polled);
    }
}
