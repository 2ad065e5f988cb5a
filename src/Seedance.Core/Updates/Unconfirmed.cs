using Seedance.Records;

namespace Seedance.Updates;

/// <summary>A submit whose outcome nobody knows: how it is recorded and what the user is told.</summary>
internal static class Unconfirmed
{
    /// <summary><paramref name="now"/> is when the last try ended: the provider cannot have taken it later than a little after.</summary>
    public static StoredJob Mark(StoredJob stored, SeedanceException cause, DateTimeOffset? now = null) => stored with
    {
        Owner = null,
        Job = stored.Job with
        {
            State = JobStatus.Unconfirmed,
            LastCheckedAt = now ?? stored.Job.LastCheckedAt,
            Error = new JobError
            {
                Code = nameof(ErrorCode.SubmitUnconfirmed),
                ProviderCode = cause.ProviderCode,
                Message = cause.Message,
                RequestId = cause.RequestId,
            },
        },
    };

    /// <summary>
    /// <paramref name="cause"/> is why nobody knows, null where its record says so; <paramref name="unrecorded"/> is why the state folder
    /// could not take that up, where it could not.
    /// </summary>
    public static SeedanceException Error(SeedanceJob job, SeedanceException? cause = null, SeedanceException? unrecorded = null)
    {
        string why = cause?.Message ?? job.Error?.Message ?? "The answer is unknown.";
        why += unrecorded is null ? string.Empty : " Nor could this be recorded: " + unrecorded.Message;
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
                "It is not sent again by itself. Run Resolve-SeedanceJob -Id {0}, or look in the dashboard of {1} for a job of {2:u} with this prompt before you submit it again.",
                job.Id,
                job.Provider,
                job.CreatedAt),
        };
    }
}
