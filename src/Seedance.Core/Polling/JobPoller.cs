using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>Asks a provider about one job, or about several in one request, once.</summary>
internal sealed class JobPoller(HttpPipeline http, PollRecorder recorder, TimeProvider time) : IJobPoller
{
    private const int LongestChain = 4; // Status, result, and room; more would be a host that goes in circles.

    /// <summary>For whoever asks once and does not wait; only "not found" is asked for twice, as in a wait, because it ends the job.</summary>
    public async Task<PollResult> PollAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        PollOrder order = Impatient(stored);
        PollResult once = await PollAsync(order, account, output, stop).ConfigureAwait(false);
        bool fresh = time.GetUtcNow() - (stored.Job.SubmittedAt ?? stored.Job.CreatedAt) < account.Adapter.Provider.NotFoundGrace;
        return once.Gap != PollGap.NotFound || fresh
            ? once
            : await PollAsync(order with { Patience = PollPatience.None }, account, output, stop).ConfigureAwait(false);
    }

    public async Task<PollResult> PollAsync(PollOrder order, Account account, IOperationOutput output, CancellationToken stop)
    {
        PollAnswer answer = await AskAsync(order, account, output, stop).ConfigureAwait(false);
        return answer.Nothing ?? await recorder.RecordAsync(order, answer.Stored, answer.Update!, stop).ConfigureAwait(false);
    }

    /// <summary>Asks without recording.</summary>
    public Task<PollAnswer> AskAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop) =>
        AskAsync(Impatient(stored), account, output, stop);

    private static PollOrder Impatient(StoredJob stored) => new(stored, PollPatience.None with { BelievesNotFound = false });

    private async Task<PollAnswer> AskAsync(PollOrder order, Account account, IOperationOutput output, CancellationToken stop)
    {
        StoredJob stored = order.Stored;
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
            catch (TransportException failure) when (EndedSimulator.Explains(stored.Job, failure))
            {
                return new PollAnswer(stored, EndedSimulator.Update(stored.Job), Response: null, Nothing: null);
            }
            catch (TransportException failure)
            {
                return PollAnswer.None(new PollResult(stored) { Trouble = ProviderErrors.From(account, failure, ProviderCall.Poll(stored.Job)), Host = HostState.Failing });
            }

            PollReading reading;
            try
            {
                reading = response.IsSuccess || mayRefuse
                    ? response.Read(answer => account.Adapter.ReadPoll(stored.ProviderJob, answer))
                    : response.Read(answer => PollVerdict.Find(account.Adapter, job, answer) ?? new PollReading { Fault = account.Adapter.ReadFault(answer) });
            }
            catch (SeedanceException error) when (error.Code == ErrorCode.ProtocolError)
            {
                return PollAnswer.None(new PollResult(stored) { Trouble = ProviderErrors.Unreadable(account, response, ProviderCall.Poll(stored.Job), error) });
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

            if (reading.Fault is { Code: ErrorCode.JobNotFound } gone && order.Patience.BelievesNotFound && (!stored.Job.IsFinished || ForgottenJob.Is(stored.Job)))
            {
                return new PollAnswer(stored, JobUpdates.Explained(ForgottenJob.Update(gone, response), response), response, Nothing: null);
            }

            if (reading.Fault is { } fault)
            {
                return PollAnswer.None(Refused(order with { Stored = stored }, account, fault, response));
            }

            if (reading.Update is { } update)
            {
                JobUpdate found = RelativeOutput.Resolve(update, response, account.BaseUri, text => output.Warn(stored.Job.Id + ": " + text));
                return new PollAnswer(stored, JobUpdates.Explained(found, response), response, Nothing: null);
            }

            mayRefuse = reading.FollowUpMayRefuse;
            request = reading.FollowUp ?? request;
        }

        return PollAnswer.None(new PollResult(stored) { Trouble = Circular(account, stored.Job) });
    }

    public async Task<ListResult> ListAsync(IReadOnlyList<PollOrder> orders, Account account, IOperationOutput output, CancellationToken stop)
    {
        IListsJobs lister = (IListsJobs)account.Adapter;
        ListQuery query = new() { Ids = [.. orders.Select(order => order.Stored.Job.ProviderJobId!)] };
        WireRequest request = lister.BuildList(query);
        WireResponse response;
        try
        {
            response = await http.SendAsync(account, request, CallKind.Poll, output, stop).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            return new ListResult(await UnansweredAsync(orders, ProviderErrors.From(account, failure, ProviderCall.PollMany), failure, stop).ConfigureAwait(false));
        }

        ListReading reading;
        try
        {
            if (!response.IsSuccess)
            {
                WireFault fault = response.Read(account.Adapter.ReadFault);
                return fault.Code is ErrorCode.RateLimited or ErrorCode.ProviderUnavailable
                    ? new ListResult([.. orders.Select(order => Refused(order, account, fault, response))])
                    : ListResult.Useless; // Whether the key or the job is at fault, asking for the job itself tells.
            }

            reading = response.Read(answer => lister.ReadList(query, answer));
        }
        catch (SeedanceException)
        {
            return ListResult.Useless;
        }

        return await TakeAsync(reading, orders, response, stop).ConfigureAwait(false);
    }

    private async Task<PollResult[]> UnansweredAsync(IReadOnlyList<PollOrder> orders, SeedanceException error, TransportException failure, CancellationToken stop)
    {
        PollResult[] results = new PollResult[orders.Count];
        for (int i = 0; i < results.Length; i++)
        {
            StoredJob stored = orders[i].Stored;
            results[i] = EndedSimulator.Explains(stored.Job, failure)
                ? await recorder.RecordAsync(orders[i], stored, EndedSimulator.Update(stored.Job), stop).ConfigureAwait(false)
                : new PollResult(stored) { Trouble = error, Host = HostState.Failing };
        }

        return results;
    }

    private async Task<ListResult> TakeAsync(ListReading reading, IReadOnlyList<PollOrder> orders, WireResponse response, CancellationToken stop)
    {
        Dictionary<string, JobUpdate> told = new(StringComparer.Ordinal);
        foreach (ListedJob listed in reading.Jobs)
        {
            told[listed.Id] = listed.Update;
        }

        PollResult?[] results = new PollResult?[orders.Count];
        for (int i = 0; i < results.Length; i++)
        {
            PollOrder order = orders[i];
            if (told.TryGetValue(order.Stored.Job.ProviderJobId!, out JobUpdate? update) && !LacksFiles(update))
            {
                results[i] = await recorder.RecordAsync(order, order.Stored, JobUpdates.Explained(update, response), stop).ConfigureAwait(false);
            }
        }

        return new ListResult(results);
    }

    /// <summary>A list that shows the end and not the files leaves those to the job's own route.</summary>
    private static bool LacksFiles(JobUpdate update) => update.Status == JobStatus.Succeeded && !update.Outputs.Any(output => output.Url is not null);

    private static SeedanceException Circular(Account account, SeedanceJob job) =>
        new(ErrorCode.ProtocolError, account.Provider + " keeps naming another address to ask for " + job.Id + ".")
        {
            Provider = account.Provider,
            RecommendedAction = "Check the base address (" + account.BaseUri.Host + "); if it is right, look at the job in the provider's dashboard.",
        };

    private static PollResult Refused(PollOrder order, Account account, WireFault fault, WireResponse response)
    {
        SeedanceException error = ProviderErrors.From(account, fault, response, ProviderCall.Poll(order.Stored.Job));
        PollResult result = new(order.Stored);
        return fault.Code switch
        {
            ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied => result with { Fatal = error },
            ErrorCode.JobNotFound when order.Patience.BelievesNotFound => result with { Fatal = error },
            ErrorCode.JobNotFound => result with { Trouble = error, Gap = PollGap.NotFound },
            ErrorCode.RateLimited => result with { Trouble = error, Host = HostState.Throttling, Pause = error.RetryAfter ?? TimeSpan.FromSeconds(5) },
            ErrorCode.ProviderUnavailable => result with { Trouble = error, Host = HostState.Failing, Pause = error.RetryAfter },
            _ => result with { Trouble = error, NextPoll = error.RetryAfter },
        };
    }
}
