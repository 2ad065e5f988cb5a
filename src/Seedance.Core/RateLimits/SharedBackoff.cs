using System.Collections.Concurrent;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.RateLimits;

/// <summary>
/// Until when an account's host wants to be left alone, told to all users of the store and looked at a few times a second, beside what the
/// limiter does. It is a courtesy: one that cannot be read or written costs a 429, never a job. The limiter of the account calls it, one
/// call at a time but for <see cref="Tell"/>.
/// </summary>
internal sealed class SharedBackoff(IJobStore store, TimeProvider time)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_slowest = TimeSpan.FromSeconds(1); // That a write takes.
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>The host has told this process.</summary>
    public async Task Tell(string account, TimeSpan pause)
    {
        TimeSpan told = pause < RetryAfterHeader.Longest ? pause : RetryAfterHeader.Longest;
        Seen seen = SeenOf(account);
        lock (seen)
        {
            seen.Told = Later(seen.Told, time.GetUtcNow() + told);
        }

        try
        {
            await store.PauseAsync(account, told, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SeedanceException)
        {
            // The others find out for themselves.
        }
    }

    /// <summary>What is left of a pause that another process was told since the last call.</summary>
    public TimeSpan? Hear(string account)
    {
        Seen seen = SeenOf(account);
        if (seen.Looking.IsCompleted && time.GetElapsedTime(seen.LookedAt) >= s_lookAgain)
        {
            seen.LookedAt = time.GetTimestamp();
            seen.Looking = LookAsync(account, seen); // At home it comes back at once.
        }

        if (Interlocked.Exchange(ref seen.Found, null) is not { } found || found.Until <= seen.Until)
        {
            return null;
        }

        seen.Until = found.Until;
        bool own;
        lock (seen)
        {
            own = time.GetUtcNow() + found.Left <= seen.Told + s_slowest; // This process told it itself.
        }

        // A longer one was told before the clock was set.
        return own || found.Left <= TimeSpan.Zero || found.Left > RetryAfterHeader.Longest ? null : found.Left;
    }

    /// <summary>Ends when the look that is under way has come back.</summary>
    internal Task LookedAsync(string account) => SeenOf(account).Looking;

    private async Task LookAsync(string account, Seen seen)
    {
        try
        {
            seen.Found = await store.PauseOfAsync(account, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SeedanceException)
        {
            // As if there were none.
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private Seen SeenOf(string account) =>
        _seen.GetOrAdd(account, _ => new Seen { LookedAt = time.GetTimestamp() - time.TimestampFrequency });

    private sealed class Seen
    {
        /// <summary>What the last look found, until it was heard.</summary>
        public HostPause? Found;

        /// <summary>Guarded by this object.</summary>
        public DateTimeOffset Told { get; set; }

        public DateTimeOffset Until { get; set; }

        public long LookedAt { get; set; }

        public Task Looking { get; set; } = Task.CompletedTask;
    }
}
