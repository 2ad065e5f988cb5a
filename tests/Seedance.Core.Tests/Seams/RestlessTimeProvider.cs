using Seedance.TestKit;

namespace Seedance.Core.Tests.Seams;

/// <summary>A clock on which every pause is over at once. Deadlines of requests never come: nothing here hangs.</summary>
internal sealed class RestlessTimeProvider : TimeProvider
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_shortestDeadline = TimeSpan.FromSeconds(30);
    private long _ticks = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pause timer = new(this, () => callback(state), isDeadline: state is CancellationTokenSource);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Pause(RestlessTimeProvider owner, Action fire, bool isDeadline) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan || (isDeadline && dueTime >= s_shortestDeadline))
            {
                return true;
            }

            Interlocked.Add(ref owner._ticks, dueTime.Ticks);
            _ = dueTime == s_tick ? TickAsync() : Task.Run(fire);
            return true;
        }

        public void Dispose()
        {
        }

        /// <summary>The tick by which a wait shows its progress leaves others their turn, or its deadline would come before them.</summary>
        private async Task TickAsync()
        {
            await Turns.GiveAsync(200);
            fire();
        }

        public ValueTask DisposeAsync() => default;
    }
}
