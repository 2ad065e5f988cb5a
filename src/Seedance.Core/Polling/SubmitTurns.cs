using Seedance.Accounts;
using Seedance.RateLimits;

namespace Seedance.Polling;

/// <summary>When submits and queries may go out: they share their host's pace with its polls, in the order of asking.</summary>
/// <param name="gate">The scheduler's lock, which guards the lanes.</param>
/// <param name="lanes">Of the scheduler.</param>
/// <param name="clock">Of the scheduler, too.</param>
internal sealed class SubmitTurns(object gate, PollQueues lanes, MonotonicClock clock)
{
    /// <summary>Waits until one may go out. One that cannot wait so long goes at once, since the host's own refusal is the error it wants.</summary>
    /// <returns>When it leaves, for <see cref="Told"/>.</returns>
    public async Task<TimeSpan> WaitAsync(Account account, TimeSpan most, Action<TimeSpan> waiting, CancellationToken stop)
    {
        TimeSpan last = clock.Now + most;
        AdaptiveRateLimiter pace;
        TimeSpan? turn = null;
        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                TimeSpan now = clock.Now;
                PollQueue lane = lanes.Of(account);
                pace = lane.Pace;
                lanes.Hear(lane, now);
                if (turn is not { } reserved || pace.Holds(reserved))
                {
                    turn = reserved = pace.Reserve(now);
                }

                wait = reserved - now;
                if (wait <= TimeSpan.Zero || reserved > last)
                {
                    pace.Measure(now);
                    return now;
                }
            }

            waiting(wait);
            await clock.WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    /// <summary>What a host answered.</summary>
    /// <param name="account">Whose host.</param>
    /// <param name="sentAt">From <see cref="WaitAsync"/>.</param>
    /// <param name="pause">How long it wants to be left alone; null when it answered as asked.</param>
    public void Told(Account account, TimeSpan sentAt, TimeSpan? pause)
    {
        lock (gate)
        {
            PollQueue lane = lanes.Of(account);
            if (pause is { } asked)
            {
                lanes.Throttle(lane, sentAt, clock.Now, asked);
            }
            else
            {
                lane.Pace.Answered();
            }
        }
    }
}
