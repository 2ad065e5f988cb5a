namespace Seedance.Jobs.Cancel;

/// <summary>A cancel that came too late: where the job stands, what that costs, and what is left to do.</summary>
internal static class LateCancel
{
    public static SeedanceException Running(SeedanceJob job, string why, SeedanceException? refusal = null) => Error(
        ErrorCode.NotSupportedByProvider,
        job,
        (job.State == JobStatus.Queued ? "was not cancelled" : "runs already") + ", and " + why,
        "It runs to its end and is charged" + (job.EstimatedCost is { } cost ? " (" + cost + ")" : string.Empty)
            + ". Wait-SeedanceJob waits for it and Save-SeedanceVideo fetches it.",
        refusal);

    public static SeedanceException Ended(SeedanceJob job, string why, SeedanceException? refusal = null) => Error(
        ErrorCode.InvalidRequest,
        job,
        string.Format(CultureInfo.InvariantCulture, "has ended ({0}), so {1}", job.State, why),
        Charge(job) + (job.State == JobStatus.Succeeded
            ? "Save-SeedanceVideo fetches the video; Remove-SeedanceJob forgets the record."
            : "Remove-SeedanceJob forgets its record."),
        refusal);

    private static string Charge(SeedanceJob job) =>
        job.ActualCost is { } told ? "It cost " + told + ". "
        : job.State != JobStatus.Succeeded ? string.Empty
        : job.EstimatedCost is { } estimate ? "It is charged (" + estimate + "). "
        : "It is charged. ";

    private static SeedanceException Error(ErrorCode code, SeedanceJob job, string what, string action, SeedanceException? refusal) => new(
        code,
        string.Format(CultureInfo.InvariantCulture, "{0} at {1} {2}.{3}", job.Id, job.Provider, what,
            refusal is null ? string.Empty : " " + refusal.Message),
        refusal)
    {
        Provider = job.Provider,
        Job = job,
        HttpStatus = refusal?.HttpStatus,
        ProviderCode = refusal?.ProviderCode,
        RequestId = refusal?.RequestId,
        ResponseExcerpt = refusal?.ResponseExcerpt,
        RecommendedAction = action,
    };
}
