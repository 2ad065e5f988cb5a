using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>Asks a provider about one job, once.</summary>
internal sealed class JobPoller(ProviderClient client, PollRecorder recorder, TimeProvider time)
{
    private const int LongestChain = 4; // Status, result, and room; more would be a host that goes in circles.

    /// <summary>
    /// For whoever asks once and does not wait; only "not found" is asked for twice, as in a wait, because it ends the job.
    /// </summary>
    public async Task<PollOutcome> PollAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        PollRequest request = Once(stored);
        PollOutcome once = await PollAsync(request, account, output, stop).ConfigureAwait(false);
        bool fresh = time.GetUtcNow() - (stored.Job.SubmittedAt ?? stored.Job.CreatedAt) < account.Adapter.Provider.NotFoundGrace;
        return once.Suspect != SuspectAnswer.NotFound || fresh
            ? once
            : await PollAsync(request with { Believes = BelievedAnswers.AtOnce }, account, output, stop).ConfigureAwait(false);
    }

    public async Task<PollOutcome> PollAsync(PollRequest request, Account account, IOperationOutput output, CancellationToken stop)
    {
        PollOutcome outcome = await AskAsync(request, account, output, stop).ConfigureAwait(false);
        return outcome.Update is { } update
            ? await recorder.RecordAsync(request, outcome.Stored, update, stop).ConfigureAwait(false)
            : outcome;
    }

    /// <summary>Asks without recording.</summary>
    public Task<PollOutcome> AskAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop) =>
        AskAsync(Once(stored), account, output, stop);

    private static PollRequest Once(StoredJob stored) => new(stored, BelievedAnswers.AtOnce with { NotFound = false });

    private async Task<PollOutcome> AskAsync(PollRequest request, Account account, IOperationOutput output, CancellationToken stop)
    {
        StoredJob stored = request.Stored;
        ProviderJob job = stored.ProviderJob;
        ProviderRequest call = new(account, account.Adapter.BuildPoll(job), ProviderCall.Poll(stored.Job), output);
        try
        {
            // One for the whole chain.
            call = call with { Permit = request.Permit ?? await client.AcquireAsync(call, most: null, stop).ConfigureAwait(false) };
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.RateLimited)
        {
            return new PollOutcome(stored) { TransientError = error };
        }

        PollReading? elsewhere = null;
        int places = 1;
        bool mayRefuse = false;
        for (int step = 0; step < LongestChain; step++)
        {
            WireResponse? response = null;
            CallTry<PollReading?> answer = await client.SendAsync(
                call,
                exchange =>
                {
                    response = exchange.Response;
                    return PollReader.Read(account, stored, exchange, mayRefuse);
                },
                stop).ConfigureAwait(false);
            if (answer.Result is not { } reading)
            {
                return new PollOutcome(stored) { TransientError = answer.Refusal };
            }

            if (reading.Error is { Code: ErrorCode.JobNotFound }
                && (account.Adapter as IPollsSeveralRoutes)?.AskElsewhere(job, places) is { FollowUp: { } next } other)
            {
                elsewhere = other;
                call = call with { Message = next };
                places++;
                continue;
            }

            if ((reading.Notes ?? (reading.Error is null ? elsewhere?.Notes : null)) is { } notes)
            {
                stored = stored with { Notes = notes };
            }

            if (reading.Error is { } error)
            {
                return error.Code == ErrorCode.JobNotFound && request.Believes.NotFound
                    && (!stored.Job.IsFinished || ForgottenJob.Is(stored.Job))
                    ? News(stored, ForgottenJob.Update(error, response!), response)
                    : Refused(request with { Stored = stored }, error.Code, answer.Refusal!);
            }

            if (reading.Update is { } update)
            {
                return News(
                    stored,
                    response is null
                        ? update
                        : RelativeOutput.Resolve(update, response, account.BaseUri, text => output.Warn(stored.Job.Id + ": " + text)),
                    response);
            }

            mayRefuse = reading.FollowUpMayRefuse;
            call = reading.FollowUp is { } following ? call with { Message = following } : call;
        }

        return new PollOutcome(stored) { TransientError = Circular(account, stored.Job) };
    }

    private static PollOutcome News(StoredJob stored, JobUpdate update, WireResponse? response) => new(stored)
    {
        Update = response is null ? update : JobMerge.Explained(update, response),
        Response = response,
    };

    /// <summary>What a refusal means for the wait.</summary>
    public static PollOutcome Refused(PollRequest request, ErrorCode code, SeedanceException error)
    {
        PollOutcome outcome = new(request.Stored);
        return code switch
        {
            ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied => outcome with { FatalError = error },
            ErrorCode.JobNotFound when request.Believes.NotFound => outcome with { FatalError = error },
            ErrorCode.JobNotFound => outcome with { TransientError = error, Suspect = SuspectAnswer.NotFound },
            ErrorCode.RateLimited or ErrorCode.ProviderUnavailable => outcome with { TransientError = error },
            _ => outcome with { TransientError = error, NextPoll = error.RetryAfter },
        };
    }

    private static SeedanceException Circular(Account account, SeedanceJob job) =>
        new(ErrorCode.ProtocolError, account.Provider + " keeps naming another address to ask for " + job.Id + ".")
        {
            Provider = account.Provider,
            RecommendedAction = "Check the base address (" + account.BaseUri.Host
                + "); if it is right, look at the job in the provider's dashboard.",
        };
}
