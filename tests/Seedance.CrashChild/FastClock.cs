namespace Seedance.CrashChild;

/// <summary>
/// A clock that runs ten times too fast, the same for all children of one parent, so that waits are short and records still tell a time
/// that only grows.
/// </summary>
/// <param name="epoch">When it showed the right time.</param>
/// <param name="hasty">Ten seconds pass each time somebody measures, so that what is done every few seconds is done within a short
/// test.</param>
internal sealed class FastClock(DateTimeOffset epoch, bool hasty) : TimeProvider
{
    private const int Factor = 10;
    private long _measured;

    public override DateTimeOffset GetUtcNow() => epoch + ((System.GetUtcNow() - epoch) * Factor);

    public override long GetTimestamp() =>
        (System.GetTimestamp() * Factor) + (hasty ? TimestampFrequency * 10 * Interlocked.Increment(ref _measured) : 0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private static TimeSpan Shorter(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;
}
