using Seedance.Polling;

namespace Seedance.Jobs.Wait;

/// <summary>What a wait says of its jobs: what polls bring, and why one is waited for no longer.</summary>
internal sealed class WaitMessages
{
    private const int WorthAWarning = 3;
    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _failed = new(StringComparer.OrdinalIgnoreCase);

    public void Tell(PollOutcome result, SeedanceJob before, IOperationOutput output)
    {
        SeedanceJob job = result.Stored.Job;
        WarnOfSilence(result, job, output);
        if (result.UnknownWord is { } word && _warned.Add(job.Provider + "|" + word))
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "{0} reports the status '{1}', which this version does not know; it is taken as still running.", job.Provider, word));
        }

        if (result.Doubt is { } doubt && _warned.Add(doubt))
        {
            output.Warn(doubt);
        }

        if (result.TransientError is { } unrecorded && job.IsFinished)
        {
            output.Warn(job.Id + " has ended, and that could not be recorded: " + unrecorded.Message);
        }
        else if (result.TransientError is { } trouble)
        {
            output.Verbose(job.Id + ": " + trouble.Message + " The wait goes on.");
        }
        else if (job.State != before.State)
        {
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} is {1}.", job.Id, job.State));
        }
    }

    /// <summary>
    /// Once for a host that has brought nothing several times in a row, until it answers again. A 429 is an answer, and a full disk is not
    /// the host's.
    /// </summary>
    private void WarnOfSilence(PollOutcome result, SeedanceJob job, IOperationOutput output)
    {
        string host = job.Endpoint?.Authority ?? job.Provider;
        if (result.TransientError is not { Code: not ErrorCode.StoreFailure } trouble || result.IsThrottled || job.IsFinished)
        {
            _failed.Remove(host);
            return;
        }

        int times = _failed.TryGetValue(host, out int before) ? before + 1 : 1;
        _failed[host] = times;
        if (times == WorthAWarning)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture,
                "{0} polls in a row of {1} at {2} brought nothing. {3} The wait goes on.", times, job.Provider, host, trouble.Message));
        }
    }

    public static SeedanceException TimedOut(SeedanceJob job, TimeSpan timeout)
    {
        string text = string.Format(
            CultureInfo.InvariantCulture, "{0} had not ended after {1:0.#} s. It still runs at {2} as {3}.", job.Id, timeout.TotalSeconds,
            job.Provider, job.ProviderJobId);
        return new SeedanceException(ErrorCode.WaitTimeout, text)
        {
            Provider = job.Provider,
            Job = job,
            RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + job.Id,
        };
    }

    public static string NoWorker =>
        "What is waited for is planned, and no worker runs that would submit it. Start one, here or on another machine: Invoke-SeedanceQueue.";

    public static SeedanceException StillSubmitting(string id) =>
        new(ErrorCode.WaitTimeout, id + " was not submitted in that time by the command or worker that is to do so.")
    {
        Target = id,
        RecommendedAction = "Go on waiting with: Wait-SeedanceJob -Id " + id,
    };

    /// <summary>The error of a poll, as one about this job.</summary>
    public static SeedanceException WithJob(SeedanceException error, SeedanceJob job) =>
        error.Copy(provider: error.Provider ?? job.Provider, job: job);
}
