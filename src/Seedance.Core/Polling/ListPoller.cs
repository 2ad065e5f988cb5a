using Seedance.Accounts;
using Seedance.Providers;
using Seedance.RateLimits;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>An outcome for each job asked for, in that order; null where the list did not tell.</summary>
internal sealed record ListOutcome(IReadOnlyList<PollOutcome?> Outcomes)
{
    /// <summary>The host's list does not work, for this key at least.</summary>
    public static ListOutcome Useless { get; } = new([]);

    public bool IsUseless => Outcomes.Count == 0;
}

/// <summary>Asks a provider about several jobs in one request; the account's adapter lists by id.</summary>
internal sealed class ListPoller(ProviderClient client, PollRecorder recorder)
{
    public async Task<ListOutcome> PollAsync(
        IReadOnlyList<PollRequest> requests, Account account, IOperationOutput output, CancellationToken stop)
    {
        IListsJobs lister = (IListsJobs)account.Adapter;
        ListQuery query = new() { Ids = [.. requests.Select(request => request.Stored.Job.ProviderJobId!)] };
        ProviderRequest call = new(account, lister.BuildList(query),
            ProviderCall.PollMany.About([.. requests.Select(request => request.Stored.Job.Id)]), output) { Permit = requests[0].Permit };
        Exchange heard = default;
        CallTry<ListReading?> answer = await client.SendAsync(
            call,
            exchange =>
            {
                heard = exchange;
                return Read(account, requests, lister, query, exchange);
            },
            stop).ConfigureAwait(false);
        return answer.Result is { } reading ? await TakeAsync(reading, requests, heard.Response!, stop).ConfigureAwait(false)
            : heard.Failure is { } failure
                ? new ListOutcome(await UnansweredAsync(requests, answer.Refusal!, failure, stop).ConfigureAwait(false))
            : answer.Refusal is not null ? Refused(requests, account, heard.Response!)
            : ListOutcome.Useless;
    }

    /// <summary>
    /// Neither list nor refusal where the list does not work: whether the key or the job is at fault, asking for the job itself tells.
    /// </summary>
    private static CallTry<ListReading?> Read(
        Account account, IReadOnlyList<PollRequest> requests, IListsJobs lister, ListQuery query, Exchange exchange)
    {
        if (exchange.Response is not { } response)
        {
            return new CallTry<ListReading?>(null)
            {
                Refusal = ProviderErrors.From(account, exchange.Failure!, ProviderCall.PollMany),
                Host = EndedSimulator.Explains(requests[0].Stored.Job, exchange.Failure!)
                    ? HostReport.None
                    : HostReport.Failing(asked: null),
            };
        }

        try
        {
            if (response.IsSuccess)
            {
                return new CallTry<ListReading?>(response.Read(answer => lister.ReadList(query, answer))) { Host = HostReport.Fine };
            }

            WireError error = response.Read(account.Adapter.ReadError);
            SeedanceException? refusal = error.Code is ErrorCode.RateLimited or ErrorCode.ProviderUnavailable
                ? ProviderErrors.From(account, error, response, ProviderCall.PollMany)
                : null;
            return new CallTry<ListReading?>(null) { Refusal = refusal, Host = PollReader.ReportOf(error.Code, refusal?.RetryAfter) };
        }
        catch (SeedanceException)
        {
            return new CallTry<ListReading?>(null) { Host = HostReport.Fine };
        }
    }

    private static ListOutcome Refused(IReadOnlyList<PollRequest> requests, Account account, WireResponse response)
    {
        WireError error = response.Read(account.Adapter.ReadError);
        return new ListOutcome([.. requests.Select(
            request => JobPoller.Refused(
                request, error.Code, ProviderErrors.From(account, error, response, ProviderCall.Poll(request.Stored.Job))))]);
    }

    private async Task<PollOutcome[]> UnansweredAsync(
        IReadOnlyList<PollRequest> requests, SeedanceException error, TransportException failure, CancellationToken stop)
    {
        PollOutcome[] outcomes = new PollOutcome[requests.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = EndedSimulator.Explains(requests[i].Stored.Job, failure)
                ? await recorder.RecordAsync(requests[i], requests[i].Stored, EndedSimulator.Update(requests[i].Stored.Job), stop)
                    .ConfigureAwait(false)
                : new PollOutcome(requests[i].Stored) { TransientError = error };
        }

        return outcomes;
    }

    private async Task<ListOutcome> TakeAsync(
        ListReading reading, IReadOnlyList<PollRequest> requests, WireResponse response, CancellationToken stop)
    {
        Dictionary<string, JobUpdate> told = new(StringComparer.Ordinal);
        foreach (ListedJob listed in reading.Jobs)
        {
            told[listed.Id] = listed.Update;
        }

        PollOutcome?[] outcomes = new PollOutcome?[requests.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            PollRequest request = requests[i];
            if (told.TryGetValue(request.Stored.Job.ProviderJobId!, out JobUpdate? update) && !LacksFiles(update))
            {
                outcomes[i] = await recorder.RecordAsync(request, request.Stored, JobMerge.Explained(update, response), stop)
                    .ConfigureAwait(false);
            }
        }

        return new ListOutcome(outcomes);
    }

    /// <summary>A list that shows the end and not the files leaves those to the job's own route.</summary>
    private static bool LacksFiles(JobUpdate update) =>
        update.Status == JobStatus.Succeeded && !update.Outputs.Any(output => output.Url is not null);
}
