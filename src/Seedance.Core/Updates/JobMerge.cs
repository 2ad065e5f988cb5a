using Seedance.Providers;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Updates;

/// <summary>Lays a provider's news over a record. What the provider did not say stays; what has ended stays ended.</summary>
internal static class JobMerge
{
    private const int LongestReason = 2000;
    private const int LongestCode = 256;

    public static StoredJob Apply(StoredJob stored, JobUpdate update, DateTimeOffset now)
    {
        bool forgotten = ForgottenJob.Is(stored.Job) && update.Status != JobStatus.Expired;
        SeedanceJob job = forgotten ? stored.Job with { State = JobStatus.Running, CompletedAt = null, LastCheckedAt = null } : stored.Job;
        if (job.IsFinished && !(job.State == JobStatus.Succeeded && update.Status == JobStatus.Succeeded))
        {
            return stored;
        }

        JobStatus status = update.Status ?? JobStatus.Running;
        bool finished = status >= JobStatus.Succeeded;
        DateTimeOffset? told = Plausible(update.CompletedAt, job, now);
        DateTimeOffset? expires = finished ? (told ?? OutputLife.EarliestEnd(job)) + OutputLife.Of(job.Provider) : null;
        return stored with
        {
            Job = job with
            {
                State = status,
                Progress = status == JobStatus.Succeeded ? 100 : update.Progress ?? job.Progress,
                StartedAt = job.StartedAt ?? Plausible(update.StartedAt, job, now) ?? (status == JobStatus.Running ? now : null),
                CompletedAt = finished ? job.CompletedAt ?? told ?? now : null,
                LastCheckedAt = now,
                Outputs = update.Outputs.Count == 0
                    ? job.Outputs
                    : [.. update.Outputs.Select((output, index) => Merge(output, job.Outputs.ElementAtOrDefault(index), expires))],
                Seed = update.Seed ?? job.Seed,
                ActualCost = SaneCost.Of(() => TokenBill.InMoney(SaneCost.OrNull(update.Cost), job)) ?? job.ActualCost,
                Error = finished && status != JobStatus.Succeeded ? update.Error ?? new JobError { Code = CodeOf(status) } : null,
            },
        };
    }

    /// <summary>The reason of a failure with the host's name for the request, and bounded: a record keeps it.</summary>
    public static JobUpdate Explained(JobUpdate update, WireResponse response) => update.Error is { } error
        ? update with
        {
            Error = error with
            {
                Message = Bounded(error.Message, LongestReason),
                ProviderCode = Bounded(error.ProviderCode, LongestCode),
                RequestId = Bounded(error.RequestId, LongestCode) ?? response.RequestId,
            },
        }
        : update;

    private static string? Bounded(string? text, int most) => text?.Length > most ? text.Substring(0, most) + "..." : text;

    private static JobOutput Merge(JobOutput fresh, JobOutput? before, DateTimeOffset? expires) => fresh with
    {
        Path = before?.Path,
        Sha256 = before?.Sha256,
        Length = before?.Length,
        ExpiresAt = fresh.ExpiresAt ?? before?.ExpiresAt ?? expires, // A fresh address does not make the file behind it younger.
    };

    /// <summary>A provider's clock is believed between our own two moments and no further.</summary>
    private static DateTimeOffset? Plausible(DateTimeOffset? told, SeedanceJob job, DateTimeOffset now) =>
        told is { } time && time >= job.CreatedAt.AddMinutes(-5) && time <= now.AddMinutes(5) ? time : null;

    private static string CodeOf(JobStatus status) => status switch
    {
        JobStatus.Cancelled => nameof(ErrorCode.JobCancelled),
        JobStatus.Expired => nameof(ErrorCode.JobExpired),
        _ => nameof(ErrorCode.JobFailed),
    };
}
