namespace Seedance.Store;

/// <summary>
/// What a day's folder promises of its finished jobs, so that a listing can leave out whole days without reading a file: each was recorded soon after its id
/// was made, and its videos are not to be had for much longer. A job that waited long for its slot, ran long, or whose videos stay, is late and stands apart.
/// </summary>
internal static class DayRange
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_longestRun = TimeSpan.FromDays(2); // Or nobody looked; its videos may have come at the last moment.
    private static readonly TimeSpan s_longestUse = s_longestRun + LongestLifetime;

    /// <summary>The longest that a host keeps videos after the end, where it does not name a moment.</summary>
    public static TimeSpan LongestLifetime => TimeSpan.FromDays(1);

    public static bool IsKeptBy(SeedanceJob job)
    {
        DateTimeOffset made = JobId.CreatedAt(job.Id);
        return job.CreatedAt >= made && job.CreatedAt <= made + s_longestWait // Earlier where somebody has set the clock.
            && !(job.CompletedAt > made + s_longestRun)
            && job.Outputs.All(output => output.ExpiresAt is not { } end || end <= made + s_longestUse);
    }

    /// <summary>Whether a job whose id was made between these moments can be in scope.</summary>
    public static bool MayHold(DateTimeOffset first, DateTimeOffset last, JobScope scope) =>
        (scope.CreatedFrom is not { } from || last + s_longestWait >= from)
        && (scope.CreatedTo is not { } to || first <= to)
        && (scope.ExpiresAfter is not { } moment || last + s_longestUse > moment);
}
