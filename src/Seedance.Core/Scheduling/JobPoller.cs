using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Http;
using Seedance.Operations;
using Seedance.Providers;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Scheduling;

/// <summary>Asks a provider about one job once, and records what changed.</summary>
internal sealed class JobPoller(HttpPipeline http, IJobStore store, TimeProvider time)
{
    private const string Doing = "asking for the job";
    private const int LongestChain = 4; // Status, result, and room; more would be a host that goes in circles.

    public async Task<PollResult> PollAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        PollAnswer answer = await AskAsync(stored, account, output, stop).ConfigureAwait(false);
        return answer.Nothing ?? await RecordAsync(answer.Stored, answer.Update!, stop).ConfigureAwait(false);
    }

    /// <summary>Asks without recording.</summary>
    public async Task<PollAnswer> AskAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        ProviderJob job = stored.ProviderJob;
        WireRequest request = account.Adapter.BuildPoll(job);
        PollReading? elsewhere = null;
        int places = 1;
        bool mayRefuse = false;
        for (int step = 0; step < LongestChain; step++)
        {
            WireResponse response;
            try
            {
                response = await http.SendAsync(account, request, CallKind.Poll, output, stop).ConfigureAwait(false);
            }
            catch (TransportException failure)
            {
                return PollAnswer.None(new PollResult(stored, Trouble: ProviderErrors.From(account, failure, Doing)));
            }

            PollReading reading;
            try
            {
                reading = response.IsSuccess || mayRefuse
                    ? account.Adapter.ReadPoll(stored.ProviderJob, response)
                    : new PollReading { Fault = account.Adapter.ReadFault(response) };
            }
            catch (SeedanceException error) when (error.Code == ErrorCode.ProtocolError)
            {
                return PollAnswer.None(new PollResult(stored, Trouble: error));
            }

            if (reading.Fault is { Code: ErrorCode.JobNotFound } && (account.Adapter as IPollsSeveralRoutes)?.AskElsewhere(job, places) is { FollowUp: { } next } other)
            {
                (elsewhere, request) = (other, next);
                places++;
                continue;
            }

            if ((reading.Notes ?? (reading.Fault is null ? elsewhere?.Notes : null)) is { } notes)
            {
                stored = stored with { Notes = notes };
            }

            if (reading.Fault is { } fault)
            {
                return PollAnswer.None(Refused(stored, account, fault, response));
            }

            if (reading.Update is { } update)
            {
                return new PollAnswer(stored, JobUpdates.Redacted(update, response), response, Nothing: null);
            }

            mayRefuse = reading.FollowUpMayRefuse;
            request = reading.FollowUp ?? request;
        }

        return PollAnswer.None(new PollResult(stored, Trouble: new SeedanceException(ErrorCode.ProtocolError, account.Provider + " keeps naming another address to ask.")));
    }

    private PollResult Refused(StoredJob stored, Account account, WireFault fault, WireResponse response)
    {
        SeedanceException error = ProviderErrors.From(account, fault, response, Doing);
        bool fresh = time.GetUtcNow() - (stored.Job.SubmittedAt ?? stored.Job.CreatedAt) < account.Adapter.Provider.NotFoundGrace;
        return fault.Code switch
        {
            ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied => new PollResult(stored, Fatal: error),
            ErrorCode.JobNotFound when !fresh => new PollResult(stored, Fatal: error),
            ErrorCode.RateLimited => new PollResult(stored, Trouble: error, Pause: error.RetryAfter ?? TimeSpan.FromSeconds(5)),
            _ => new PollResult(stored, Trouble: error, NextPoll: error.RetryAfter),
        };
    }

    private async Task<PollResult> RecordAsync(StoredJob stored, JobUpdate update, CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        StoredJob after = JobUpdates.Apply(stored, update, now);
        string? unknown = update.Status is null ? update.StatusWord ?? "(none)" : null;
        if (after.Job.Status == stored.Job.Status && after.Job.Outputs.Count == stored.Job.Outputs.Count && ReferenceEquals(after.Notes, stored.Notes))
        {
            return new PollResult(after, NextPoll: update.NextPoll, UnknownWord: unknown); // Nothing that a crash could lose.
        }

        StoredJob? saved = await store.UpdateAsync(
            stored.Job.Id, current => JobUpdates.Apply(current with { Notes = after.Notes }, update, now), CancellationToken.None).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return saved is null
            ? new PollResult(after, Fatal: Forgotten(stored))
            : new PollResult(saved, NextPoll: update.NextPoll, UnknownWord: unknown);
    }

    private static SeedanceException Forgotten(StoredJob stored) =>
        new(ErrorCode.JobNotFound, string.Format(CultureInfo.InvariantCulture, "The record of {0} was removed while it was waited for.", stored.Job.Id))
        {
            Job = stored.Job,
            RecommendedAction = "The job may still run at " + stored.Job.Provider + " as " + stored.Job.ProviderJobId + ".",
        };
}
