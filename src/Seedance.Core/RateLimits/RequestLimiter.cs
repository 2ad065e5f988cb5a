namespace Seedance.RateLimits;

/// <summary>The right to ask a host once; whoever had it reports what came of it.</summary>
internal readonly record struct Permit(RequestLimiter Limiter, TimeSpan SentAt)
{
    public void Report(HostReport report) => Limiter.Report(SentAt, report);
}

/// <summary>
/// How fast one host account may be asked, by everything that asks it: submits, polls, queries and uploads in the order of asking. What the
/// host says to one of them holds for all, and is told to the other processes of the store. <paramref name="key"/> names the account to
/// other processes, which <paramref name="shared"/> tells and asks where there may be any.
/// </summary>
internal sealed class RequestLimiter(string key, SharedBackoff? shared, MonotonicClock clock)
{
    private readonly object _gate = new();
    private readonly AdaptiveRateLimiter _rate = new();
    private readonly Random _random = new();

    /// <summary>When the next request may go out, as far as time decides.</summary>
    public TimeSpan NextPermitAt
    {
        get
        {
            lock (_gate)
            {
                return _rate.Free;
            }
        }
    }

    public bool HasRoom(int running)
    {
        lock (_gate)
        {
            return _rate.HasRoom(running);
        }
    }

    /// <summary>Takes what the host told another process as told to this one.</summary>
    public void Hear(TimeSpan now)
    {
        lock (_gate)
        {
            HearLocked(now);
        }
    }

    /// <summary>For who has seen that <see cref="NextPermitAt"/> has come.</summary>
    public Permit Take(TimeSpan now)
    {
        lock (_gate)
        {
            _rate.Sent(now);
            return new Permit(this, now);
        }
    }

    /// <summary>How long the host still wants to be left alone.</summary>
    public TimeSpan HeldFor
    {
        get
        {
            lock (_gate)
            {
                return _rate.HeldFor(clock.Now);
            }
        }
    }

    /// <summary>
    /// Waits until a request may go out; null where the host wants to be left alone for longer. One that only stands in a longer line goes
    /// at once.
    /// </summary>
    public async Task<Permit?> AcquireAsync(TimeSpan most, Action<TimeSpan> waiting, CancellationToken stop)
    {
        TimeSpan last = clock.Now + most;
        TimeSpan? turn = null;
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                TimeSpan now = clock.Now;
                HearLocked(now);
                if (_rate.Holds(last))
                {
                    return null;
                }

                if (turn is not { } booked || _rate.Holds(booked))
                {
                    turn = booked = _rate.Book(now);
                }

                wait = booked - now;
                if (wait <= TimeSpan.Zero || booked > last)
                {
                    _rate.Measure(now);
                    return new Permit(this, now);
                }
            }

            waiting(wait);
            await clock.WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    public void Report(TimeSpan sentAt, HostReport report)
    {
        lock (_gate)
        {
            TimeSpan now = clock.Now;
            switch (report.State)
            {
                case HostState.Fine:
                    _rate.Answered();
                    break;
                case HostState.Failing:
                    _rate.Failed(sentAt, now, report.Pause, _random.NextDouble());
                    break;
                case HostState.Throttling:
                    _rate.Throttled(sentAt, now, report.Pause!.Value + Jitter(report.Pause.Value));
                    break;
            }
        }

        if (report is { State: HostState.Throttling, Pause: { } pause })
        {
            _ = shared?.Tell(key, pause);
        }
    }

    private void HearLocked(TimeSpan now)
    {
        if (shared?.Hear(key) is { } pause)
        {
            _rate.Throttled(now, now, pause + Jitter(pause));
        }
    }

    /// <summary>So that not everybody comes back in the same moment.</summary>
    private TimeSpan Jitter(TimeSpan pause) =>
        TimeSpan.FromMilliseconds(50 + (_random.NextDouble() * Math.Min(950, pause.TotalMilliseconds / 2)));
}
