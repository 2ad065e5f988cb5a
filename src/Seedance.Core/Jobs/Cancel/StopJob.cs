using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.RateLimits;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Jobs.Cancel;

/// <summary>Cancels a job at its provider, where the provider can. The record stays, and says what the provider says.</summary>
internal sealed class StopJob(SeedanceServices services, JobLookup lookup)
{
    public async Task RunAsync(JobReference reference, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob stored = await lookup.FindAsync(reference, stop).ConfigureAwait(false);
            output.Write(await CancelAsync(stored, output, stop).ConfigureAwait(false));
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }

    private async Task<SeedanceJob> CancelAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        if (stored.Job.State == JobStatus.Planned)
        {
            stored = await CancelPlannedAsync(stored).ConfigureAwait(false);
            if (stored.Job.State == JobStatus.Cancelled)
            {
                return stored.Job;
            }
        }

        Refuse(stored.Job);
        Account account = lookup.AccountOf(stored.Job);
        if (account.Adapter is not ICancelsJobs cancels)
        {
            throw Error(ErrorCode.NotSupportedByProvider, stored.Job, "cannot be cancelled: the provider has no such function",
                "It runs to its end; Wait-SeedanceJob waits for it.");
        }

        if (cancels.OnlyWhileQueued)
        {
            PollOutcome asked = await services.Poller.PollAsync(stored, account, output, stop).ConfigureAwait(false);
            stored = asked.Error is { } error ? throw error : asked.Stored;
            Refuse(stored.Job);
            if (stored.Job.State != JobStatus.Queued)
            {
                throw LateCancel.Running(stored.Job, "the provider cancels only what is queued");
            }
        }

        return await SendAsync(stored, account, cancels, output, stop).ConfigureAwait(false) is { } refusal
            ? await AfterRefusalAsync(stored, account, refusal, output, stop).ConfigureAwait(false)
            : await LookAsync(stored, account, output, stop).ConfigureAwait(false);
    }

    /// <summary>No worker submits it from now on; nothing was sent, and nothing is paid. One that has just taken it finds it so.</summary>
    private async Task<StoredJob> CancelPlannedAsync(StoredJob stored)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        return await services.Store.UpdateAsync(
            stored.Job.Id,
            current => current.Job.State != JobStatus.Planned ? current : current with
            {
                Owner = null,
                Job = current.Job with
                {
                    State = JobStatus.Cancelled,
                    CompletedAt = now,
                    Error = new JobError { Code = nameof(ErrorCode.JobCancelled),
                        Message = "Cancelled before a worker submitted it; nothing was sent." },
                },
            },
            CancellationToken.None).ConfigureAwait(false) ?? stored;
    }

    private static void Refuse(SeedanceJob job)
    {
        if (job.IsFinished)
        {
            throw LateCancel.Ended(job, "there is nothing to cancel");
        }

        if (job.ProviderJobId is null)
        {
            throw job.State == JobStatus.Unconfirmed
                ? Unconfirmed.Error(job)
                : Error(ErrorCode.InvalidRequest, job, "is being submitted", "Try again once the provider has answered.");
        }
    }

    /// <summary>
    /// Null when the provider took the wish; its refusal where that may mean that the wish came too late. Throws any other.
    /// </summary>
    private async Task<SeedanceException?> SendAsync(
        StoredJob stored, Account account, ICancelsJobs cancels, IOperationOutput output, CancellationToken stop)
    {
        // Once: where the same message erases a finished job, a second one could do harm that the first did not.
        ProviderRequest request = new(account, cancels.BuildCancel(stored.ProviderJob), ProviderCall.Cancel.About(stored.Job), output);
        CallTry<bool> told = await services.Client.SendAsync(request, exchange => Read(account, cancels, exchange), stop)
            .ConfigureAwait(false);
        return told.Result ? told.Refusal : throw told.Refusal!;
    }

    /// <summary>True where the provider took the wish, or refused it in a way that may mean that it came too late.</summary>
    private static CallTry<bool> Read(Account account, ICancelsJobs cancels, Exchange exchange)
    {
        if (exchange.Response is not { } response)
        {
            return new CallTry<bool>(false) { Refusal = ProviderErrors.From(account, exchange.Failure!, ProviderCall.Cancel) };
        }

        WireError? error = response.Read(answer => answer.IsSuccess ? cancels.ReadCancel(answer) : account.Adapter.ReadError(answer));
        SeedanceException? refusal = error is null ? null : ProviderErrors.From(account, error, response, ProviderCall.Cancel);
        return new CallTry<bool>(error is null || error.Code == ErrorCode.InvalidRequest || response.Status == 409)
        {
            Refusal = refusal,
            Host = refusal is null ? HostReport.Fine : refusal.Code == ErrorCode.RateLimited
                ? HostReport.Throttling(refusal.RetryAfter)
                : HostReport.None,
        };
    }

    /// <summary>The job itself tells whether it had begun or ended; a refusal's words often do not.</summary>
    private async Task<SeedanceJob> AfterRefusalAsync(
        StoredJob stored, Account account, SeedanceException refusal, IOperationOutput output, CancellationToken stop)
    {
        PollOutcome result = await services.Poller.PollAsync(stored, account, output, stop).ConfigureAwait(false);
        SeedanceJob job = result.Stored.Job;
        if (job.State == JobStatus.Cancelled)
        {
            return job;
        }

        throw job.IsFinished
            ? LateCancel.Ended(job, "the wish came too late", refusal)
            : LateCancel.Running(job, "the provider no longer cancels it", refusal);
    }

    /// <summary>A provider that took the wish may still finish the job; only what it says afterwards is recorded.</summary>
    private async Task<SeedanceJob> LookAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        // An end without a video is then the cancel's and no failure (fal, 2026-11), also for who asks later.
        stored = await services.Store.UpdateAsync(stored.Job.Id, WithCancelAccepted, CancellationToken.None).ConfigureAwait(false)
            ?? stored;
        PollOutcome result = await services.Poller.PollAsync(stored, account, output, stop).ConfigureAwait(false);
        if (result.TransientError is { Code: ErrorCode.JobNotFound } || ForgottenJob.Is(result.Stored.Job))
        {
            DateTimeOffset now = services.Time.GetUtcNow();
            StoredJob? gone = await services.Store.UpdateAsync(
                stored.Job.Id,
                current => JobMerge.Apply(current, new JobUpdate { Status = JobStatus.Cancelled }, now),
                CancellationToken.None).ConfigureAwait(false);
            return (gone ?? stored).Job;
        }

        if (!result.Stored.Job.IsFinished)
        {
            output.Verbose(
                string.Format(CultureInfo.InvariantCulture, "{0} accepted the wish to cancel {1}; Wait-SeedanceJob shows how it ends.",
                stored.Job.Provider, stored.Job.Id));
        }

        return result.Stored.Job;
    }

    private static StoredJob WithCancelAccepted(StoredJob stored)
    {
        Dictionary<string, string> notes = stored.Notes.ToDictionary(note => note.Key, note => note.Value, StringComparer.Ordinal);
        notes[ProviderJob.CancelAccepted] = "true";
        return stored with { Notes = notes };
    }

    private static SeedanceException Error(ErrorCode code, SeedanceJob job, string what, string action) =>
        new(code, string.Format(CultureInfo.InvariantCulture, "{0} at {1} {2}.", job.Id, job.Provider, what))
        {
            Provider = job.Provider,
            Job = job,
            RecommendedAction = action,
        };
}
