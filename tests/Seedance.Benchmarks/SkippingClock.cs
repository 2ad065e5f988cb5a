namespace Seedance.Benchmarks;

/// <summary>
/// A clock on which pauses are over at once and deadlines of half a minute and more never come: for decisions, not for durations.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);
    private long _ticks = System.GetUtcNow().UtcTicks; // A host compares it with its own.

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SkippedTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SkippedTimer(SkippingClock owner, Action fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero && dueTime < s_deadline)
            {
                Interlocked.Add(ref owner._ticks, dueTime.Ticks);
                _ = Task.Run(fire);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
