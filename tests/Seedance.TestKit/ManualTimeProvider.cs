namespace Seedance.TestKit;

/// <summary>A clock that stands still until a test moves it. The wall clock can be set without time passing.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = new(Comparer<ManualTimer>.Create(Compare));
    private DateTimeOffset _now = start;
    private TimeSpan _ahead;
    private long _order;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Beats when a timer is set, fires or is gone.</summary>
    public Pulse Changed { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>False while somebody is at a disk or a server: <see cref="PassAsync"/> then moves no time.</summary>
    public Func<bool> IsAtRest { get; set; } = static () => true;

    /// <summary>How many wait, not counting timers that repeat: a test that wants to move the clock first sees that someone does.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(static timer => !timer.Repeats);
            }
        }
    }

    /// <summary>Returns when that many timers wait.</summary>
    public Task WaitingAsync(int timers = 1) => Changed.UntilAsync(() => Waiting >= timers);

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

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state, Interlocked.Increment(ref _order));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing what falls due on the way, in order and at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_gate)
        {
            end = _now + by;
        }

        while (Next(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = _now > end ? _now : end;
        }
    }

    /// <summary>
    /// Moves to the next moment that somebody waits for, unless that is further away; false when nobody does. Nobody waits for a timer that
    /// repeats, as a lease's heartbeat: it fires on the way, and alone moves no clock, or time would run while the code under test works.
    /// </summary>
    public bool AdvanceToNext(TimeSpan within)
    {
        TimeSpan wait;
        lock (_gate)
        {
            if (_timers.FirstOrDefault(static timer => !timer.Repeats) is not { } first || first.Due - _now > within)
            {
                return false;
            }

            wait = first.Due > _now ? first.Due - _now : TimeSpan.Zero;
        }

        Advance(wait);
        return true;
    }

    /// <summary>Lets time pass until the work has ended, and throws what it threw.</summary>
    /// <param name="work">What waits for this clock.</param>
    /// <param name="within">Never past a moment that is further away, such as the deadline of a request that is on its way.</param>
    public async Task PassAsync(Task work, TimeSpan within)
    {
        await PassUntilAsync(() => work.IsCompleted, within, work).ConfigureAwait(false);
        await work.ConfigureAwait(false);
    }

    /// <summary>The same until something is so that comes with a timer, or with the end of some work.</summary>
    public async Task PassUntilAsync(Func<bool> isSo, TimeSpan within, Task? work = null)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task next = Changed.Next;
            if (isSo())
            {
                return;
            }

            if (IsAtRest() && AdvanceToNext(within))
            {
                await Turns.GiveAsync().ConfigureAwait(false); // Or time would run ahead of those who wait for it.
            }
            else
            {
                await Pulse.WaitAsync(work is null ? next : Task.WhenAny(work, next)).ConfigureAwait(false);
            }

            Pulse.CheckPatience(begun);
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

    /// <summary>The machine sleeps: the time is over at once, and what fell due meanwhile comes late.</summary>
    public void Sleep(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }

        Advance(TimeSpan.Zero);
    }

    private static int Compare(ManualTimer? left, ManualTimer? right)
    {
        int byTime = left!.Due.CompareTo(right!.Due);
        return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
    }

    private ManualTimer? Next(DateTimeOffset end)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } first || first.Due > end)
            {
                return null;
            }

            _now = first.Due > _now ? first.Due : _now;
            first.Taken();
            return first;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state, long order) : ITimer
    {
        private TimeSpan _period;

        public long Order => order;

        public DateTimeOffset Due { get; private set; }

        public bool Repeats => _period > TimeSpan.Zero;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                _period = period;
                Plan(dueTime);
            }

            owner.Changed.Beat();
            return true;
        }

        public void Taken()
        {
            owner._timers.Remove(this);
            Plan(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
            }

            owner.Changed.Beat();
        }

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Plan(TimeSpan wait)
        {
            if (wait != Timeout.InfiniteTimeSpan)
            {
                Due = owner._now + wait;
                owner._timers.Add(this);
            }
        }
    }
}
