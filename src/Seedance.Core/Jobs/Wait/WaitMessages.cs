using Seedance.Polling;

namespace Seedance.Jobs.Wait;

/// <summary>What a wait says of its jobs: what polls bring, and why one is waited for no longer.</summary>
internal sealed class WaitMessages
{
    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);

    public void Tell(PollResult result, SeedanceJob before, IOperationOutput output)
    {
        SeedanceJob job = result.Stored.Job;
        if (result.UnknownWord is { } word && _warned.Add(job.Provider + "|" + word))
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture, "{0} reports the status '{1}', which this version does not know; it is taken as still running.", job.Provider, word));
        }

        if (result.Trouble is { } unrecorded && job.IsFinished)
        {
            output.Warn(job.Id + " has ended, and that could not be recorded: " + unrecorded.Message);
        }
        else if (result.Trouble is { } trouble)
        {
            output.Verbose(job.Id + ": " + trouble.Message + " The wait goes on.");
        }
        else if (job.Status != before.Status)
        {
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} is {1}.", job.Id, job.Status));
        }
    }

    public static SeedanceException TimedOut(SeedanceJob job, TimeSpan timeout)
    {
        string text = string.Format(
            CultureInfo.InvariantCulture, "{0} had not ended after {1:0.#} s. It still runs at {2} as {3}.", job.Id, timeout.TotalSeconds, job.Provider, job.ProviderJobId);
        return new SeedanceException(ErrorCode.WaitTimeout, text)
        {
            Provider = job.Provider,
            Job = job,
            RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + job.Id,
        };
    }

    public static SeedanceException StillSubmitting(string id) => new(ErrorCode.WaitTimeout, id + " was still being submitted by another command.")
    {
        Target = id,
        RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + id,
    };

    /// <summary>The error of a poll, as one about this job.</summary>
    public static SeedanceException WithJob(SeedanceException error, SeedanceJob job) => new(error.Code, error.Message, error)
    {
        Provider = error.Provider ?? job.Provider,
        HttpStatus = error.HttpStatus,
        ProviderCode = error.ProviderCode,
        RequestId = error.RequestId,
        ResponseExcerpt = error.ResponseExcerpt,
        RecommendedAction = error.RecommendedAction,
        Job = job,
    };
}
