using Seedance.Storage;

namespace Seedance.RateLimits;

/// <summary>
/// Until when an account's host wants to be left alone, told to all processes of the machine: a small file per account, looked at a few times a second. It is a
/// courtesy: one that cannot be read or written costs a 429, never a job. Guarded by the scheduler's lock.
/// </summary>
internal sealed class SharedPause(string folder, TimeProvider time)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(25);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>The host has told this process.</summary>
    public void Tell(string account, TimeSpan pause)
    {
        long until = (time.GetUtcNow() + (pause < s_longest ? pause : s_longest)).UtcTicks;
        Seen seen = SeenOf(account);
        if (until <= seen.Until)
        {
            return;
        }

        seen.Until = until;
        try
        {
            StateFolder.Create(folder);
            AtomicFile.Write(PathOf(account), Encoding.ASCII.GetBytes(until.ToString(CultureInfo.InvariantCulture)), overwrite: true, durable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The others find out for themselves.
        }
    }

    /// <summary>What is left of a pause that another process was told since the last call.</summary>
    public TimeSpan? Hear(string account)
    {
        Seen seen = SeenOf(account);
        if (time.GetElapsedTime(seen.LookedAt) < s_lookAgain)
        {
            return null;
        }

        seen.LookedAt = time.GetTimestamp();
        long until = Read(PathOf(account));
        if (until <= seen.Until)
        {
            return null;
        }

        seen.Until = until;
        long left = until - time.GetUtcNow().UtcTicks;
        return left > 0 && left <= s_longest.Ticks ? TimeSpan.FromTicks(left) : null; // A longer one was told before the wall clock was set.
    }

    private static long Read(string path)
    {
        try
        {
            return File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out long until) ? until : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private string PathOf(string account) => Path.Combine(folder, account);

    private Seen SeenOf(string account)
    {
        if (!_seen.TryGetValue(account, out Seen? seen))
        {
            seen = new Seen { LookedAt = time.GetTimestamp() - time.TimestampFrequency };
            _seen.Add(account, seen);
        }

        return seen;
    }

    private sealed class Seen
    {
        public long Until { get; set; }

        public long LookedAt { get; set; }
    }
}
