using Seedance.Providers;

namespace Seedance.Updates;

/// <summary>
/// How long the files of a job are to be had. Few hosts say it, and some do not even say when a job ended: then it was at some moment
/// between the last look that saw it running and the first that saw its end, and an alarm goes by the earlier one.
/// </summary>
internal static class OutputLife
{
    public static TimeSpan Of(string provider) => ProviderRegistry.Find(provider)?.Provider.UrlLifetime ?? TimeSpan.FromHours(24);

    /// <summary>The earliest moment at which the job may have ended.</summary>
    public static DateTimeOffset EarliestEnd(SeedanceJob job) =>
        (job.IsFinished ? null : job.LastCheckedAt) ?? job.SubmittedAt ?? job.CreatedAt;

    /// <summary>It has files that are not saved, and they may be gone when that time is over.</summary>
    public static bool IsShort(SeedanceJob job, DateTimeOffset now, TimeSpan span) =>
        job.State == JobStatus.Succeeded
        && job.Outputs.All(output => output.Path is null)
        && job.Outputs.Any(output => output.Url is not null && IsShort(output.ExpiresAt, job, now, span));

    /// <summary>Nobody has seen its end, and it may have been so long ago that its files are gone when that time is over.</summary>
    public static bool MayBeShort(SeedanceJob job, DateTimeOffset now, TimeSpan span) =>
        (!job.IsFinished && EarliestEnd(job) + Of(job.Provider) <= now + span) || MayBeBack(job, now);

    /// <summary>Its host did not know it, and if that was by mistake its files may still be there.</summary>
    public static bool MayBeBack(SeedanceJob job, DateTimeOffset now) => ForgottenJob.Is(job) && job.CompletedAt + Of(job.Provider) > now;

    private static bool IsShort(DateTimeOffset? expires, SeedanceJob job, DateTimeOffset now, TimeSpan span)
    {
        DateTimeOffset? latest = job.CompletedAt + Of(job.Provider);
        latest = latest > expires || expires is null ? latest : expires;
        return latest > now && !(expires > now + span);
    }
}
