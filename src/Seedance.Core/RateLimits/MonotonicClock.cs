namespace Seedance.RateLimits;

/// <summary>A clock that only goes forward, from zero, so that a wall clock that is set moves nothing.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(_started);

    public Task WaitAsync(TimeSpan wait, CancellationToken stop) => time.After(WholeMilliseconds(wait), stop);

    /// <summary>Timers cut off what is less, and one that comes too early is set again and again.</summary>
    public static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
