namespace Seedance.Simulator.Tasks;

/// <summary>Waits for a moment of the clock by which the states of jobs are told.</summary>
internal static class WallClock
{
    /// <summary>
    /// Completes when the clock shows <paramref name="moment"/>. A timer runs by another clock, of coarser ticks, and fires up to some
    /// milliseconds before that.
    /// </summary>
    public static async Task UntilAsync(this TimeProvider time, DateTimeOffset moment, CancellationToken stop)
    {
        while (moment - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await time.After(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), stop).ConfigureAwait(false);
        }
    }
}
