using Seedance.Updates;

namespace Seedance.Jobs.Wait;

/// <summary>What a finished job means for a script: nothing, or one error beside it.</summary>
internal static class JobOutcome
{
    public static SeedanceException? Error(SeedanceJob job) => job.State switch
    {
        JobStatus.Succeeded when !job.Outputs.Any(output => output.Url is not null || output.Path is not null) => Make(
            job, ErrorCode.OutputMissing, "reports success and names no file",
            "Ask again with Get-SeedanceJob -Id " + job.Id + " -Refresh, or look in the provider's dashboard."),
        JobStatus.Failed when job.Error?.Code == nameof(ErrorCode.ContentRejected) => Make(
            job, ErrorCode.ContentRejected, "was rejected by the provider's moderation",
            "Change the prompt or the references. " + AnotherAttempt.Advice(job)),
        JobStatus.Failed => Make(job, ErrorCode.JobFailed, "failed", "Read the provider's message. " + AnotherAttempt.Advice(job)),
        JobStatus.Cancelled => Make(job, ErrorCode.JobCancelled, "was cancelled", AnotherAttempt.Advice(job)),
        JobStatus.Expired when ForgottenJob.Is(job) => Make(
            job,
            ErrorCode.JobNotFound,
            "is not known there any more, so it counts as expired",
            "Look in the provider's dashboard. If it was asked with a wrong key or address, put that right and ask again with Get-SeedanceJob -Id " + job.Id + " -Refresh."),
        JobStatus.Expired => Make(job, ErrorCode.JobExpired, "expired before it ran or before it was saved", AnotherAttempt.Advice(job)),
        _ => null,
    };

    private static SeedanceException Make(SeedanceJob job, ErrorCode code, string what, string action)
    {
        string said = job.Error?.Message is { Length: > 0 } message ? ": " + message : ".";
        return new SeedanceException(
            code, string.Format(CultureInfo.InvariantCulture, "{0} at {1} {2}{3}", job.Id, job.Provider, what, said))
        {
            Provider = job.Provider,
            ProviderCode = job.Error?.ProviderCode,
            RequestId = job.Error?.RequestId,
            Job = job,
            RecommendedAction = action,
        };
    }
}
