using Seedance.Accounts;
using Seedance.Transport;

namespace Seedance.Jobs.Submit;

/// <summary>What a submit that ended without a job says.</summary>
internal static class SubmitErrors
{
    public static SeedanceException Nobody(IReadOnlyCollection<JobAttempt> attempts, SeedanceException last, VideoRequest request) =>
        last.Copy(
        message: "None of the accounts took the request. "
            + string.Join(" ", attempts.Select(attempt => attempt.Provider + ": " + attempt.Message)),
        recommendedAction: "Nothing was spent. " + last.RecommendedAction,
        target: request.Prompt);

    public static SeedanceException Refused(Account account, SubmitAttempt attempt, SeedanceJob job)
    {
        SeedanceException error = attempt.Error!;
        bool slots = attempt.Outcome == SubmitOutcome.Throttled && account.Adapter.Provider.TooManyRequestsMeansNoSlot;
        return error.Copy(code: slots ? ErrorCode.SlotTimeout : error.Code, target: job.Prompt);
    }

    /// <summary>The errors before it say why.</summary>
    public static SeedanceException NotAll(string line) =>
        new(ErrorCode.InvalidRequest, "Nothing was sent, because not every row can be: " + line + ".")
    {
        RecommendedAction = "Mend the rows whose errors stand above, or leave out -AllOrNothing to submit the others.",
    };

    public static SeedanceException TokenOfAnother(SeedanceJob job) => new(
        ErrorCode.InvalidRequest,
        string.Format(CultureInfo.InvariantCulture, "The client token '{0}' belongs to {1}, which was another request or another account.",
            job.ClientToken, job.Id))
    {
        Job = job,
        RecommendedAction = "Use a new token for a new request; nothing was sent.",
    };

    /// <summary>The last place that knows the provider's id of a job that is paid for: it must not go with it.</summary>
    public static SeedanceException Unrecorded(SeedanceJob job, SeedanceException cause)
    {
        string action = string.Format(
            CultureInfo.InvariantCulture,
            "Put the state folder right, then give the record its job: Resolve-SeedanceJob -Id {0} -ProviderJobId {1}", job.Id,
            job.ProviderJobId);
        string text = string.Format(
            CultureInfo.InvariantCulture, "{0} took {1} as {2}, and that could not be recorded. {3}", job.Provider, job.Id,
            job.ProviderJobId, cause.Message);
        return new SeedanceException(ErrorCode.StoreFailure, text, cause) { Provider = job.Provider, Job = job,
            RecommendedAction = action };
    }

    /// <summary>Somebody took this process for gone, and has resolved or abandoned the job; it may have been submitted anew.</summary>
    public static SeedanceException TakenAway(SeedanceJob job) => new(
        ErrorCode.StoreFailure,
        string.Format(CultureInfo.InvariantCulture, "{0} was resolved as {1} by another command before its request left. Nothing was sent.",
            job.Id, job.State))
    {
        Provider = job.Provider,
        Target = job.Prompt,
        RecommendedAction = "Submit it again if it is still wanted.",
    };

    public static SeedanceException Disappeared(string id, string when) =>
        new(ErrorCode.StoreFailure, "The record of the job " + id + " disappeared " + when) { Target = id };
}
