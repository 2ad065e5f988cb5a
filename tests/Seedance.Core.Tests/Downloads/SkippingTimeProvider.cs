using Seedance.Downloads;

namespace Seedance.Core.Tests.Downloads;

/// <summary>A clock on which every pause is over at once, and noted. The idle watch alone runs out only when a test says so.</summary>
internal sealed class SkippingTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SkippedTimer> _idle = [];
    private readonly List<TimeSpan> _pauses = [];
    private TimeSpan _ahead;
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_gate)
            {
                return [.. _pauses];
            }
        }
    }

    /// <summary>Called with the length of each pause, before it ends.</summary>
    public Action<TimeSpan>? OnPause { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now + _ahead;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now.Ticks;
        }
    }

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _ahead += by;
        }
    }

    public void Pass(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }

    public void RunOutOfPatience()
    {
        SkippedTimer[] timers;
        lock (_gate)
        {
            timers = [.. _idle];
        }

        Pass(IdleWatch.Longest);
        Array.ForEach(timers, timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SkippedTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SkippedTimer(SkippingTimeProvider owner, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            lock (owner._gate)
            {
                if (dueTime == IdleWatch.Longest)
                {
                    if (!owner._idle.Contains(this))
                    {
                        owner._idle.Add(this);
                    }

                    return true;
                }

                owner._pauses.Add(dueTime);
                owner._now += dueTime;
            }

            owner.OnPause?.Invoke(dueTime);
            _ = Task.Run(fire);
            return true;
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._idle.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
