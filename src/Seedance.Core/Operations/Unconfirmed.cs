using System.Globalization;
using Seedance.Store;

namespace Seedance.Operations;

/// <summary>A submit whose outcome nobody knows: how it is recorded and what the user is told.</summary>
internal static class Unconfirmed
{
    public static StoredJob Mark(StoredJob stored, SeedanceException cause) => stored with
    {
        Owner = null,
        Job = stored.Job with
        {
            Status = JobStatus.Unconfirmed,
            Error = new JobError
            {
                Code = nameof(ErrorCode.SubmitUnconfirmed),
                ProviderCode = cause.ProviderCode,
                Message = cause.Message,
                RequestId = cause.RequestId,
            },
        },
    };

    /// <summary>A record that is still submitting while its process is gone was cut off between record and receipt.</summary>
    public static StoredJob Recover(StoredJob stored) =>
        stored.Job.Status == JobStatus.Submitting && stored.Owner is not { MayBeAlive: true }
            ? Mark(stored, new SeedanceException(ErrorCode.SubmitUnconfirmed, "The process that submitted the job ended before the provider's answer was recorded."))
            : stored;

    public static SeedanceException Error(SeedanceJob job, SeedanceException? cause = null)
    {
        string why = cause?.Message ?? job.Error?.Message ?? "The answer is unknown.";
        string text = string.Format(
            CultureInfo.InvariantCulture,
            "The submit of {0} went out and its outcome is unknown; {1} may have taken the job and may charge for it. {2}",
            job.Id,
            job.Provider,
            why);
        return new SeedanceException(ErrorCode.SubmitUnconfirmed, text, cause)
        {
            Provider = job.Provider,
            HttpStatus = cause?.HttpStatus,
            ProviderCode = cause?.ProviderCode,
            RequestId = cause?.RequestId,
            ResponseExcerpt = cause?.ResponseExcerpt,
            Job = job,
            RecommendedAction = string.Format(
                CultureInfo.InvariantCulture,
                "It is not sent again by itself. Look in the dashboard of {0} for a job of {1:u} with this prompt before you submit it again.",
                job.Provider,
                job.CreatedAt),
        };
    }
}
