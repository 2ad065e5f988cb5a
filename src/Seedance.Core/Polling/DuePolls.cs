using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Polling;

/// <summary>Asks for the jobs that fell due together: for one by itself, for several in one list.</summary>
internal sealed class DuePolls(JobPoller poller, ListPoller lists, PollLeases leases)
{
    public async Task<ListOutcome> AskAsync(IReadOnlyList<PolledJob> jobs, Permit permit, IOperationOutput log, CancellationToken stop)
    {
        PollRequest[] requests =
            [.. jobs.Select(polled => new PollRequest(polled.Stored, ConfirmationRules.Of(polled, permit.SentAt)) { Permit = permit })];
        Account account = jobs[0].Account;
        try
        {
            IReadOnlyList<JobLease> held = await leases.HoldAsync(requests, stop).ConfigureAwait(false);
            PollOutcome?[] outcomes = [.. held.Select(PollLeases.Known)];
            int[] places = [.. Enumerable.Range(0, requests.Length).Where(place => outcomes[place] is null)];
            ListOutcome asked = await AskHostAsync(
                [.. places.Select(place => PollLeases.Under(held[place], requests[place]))], account, log, stop).ConfigureAwait(false);
            if (asked.IsUseless && places.Length > 0)
            {
                return asked;
            }

            for (int i = 0; i < places.Length; i++)
            {
                outcomes[places[i]] = asked.Outcomes[i];
                leases.LeaveUnanswered(asked.Outcomes[i]);
            }

            foreach (PollOutcome outcome in outcomes.OfType<PollOutcome>())
            {
                await leases.LeaveEndedAsync(outcome).ConfigureAwait(false);
            }

            return new ListOutcome(outcomes);
        }
        catch (Exception error) when (error is not OutOfMemoryException
            && !(error is OperationCanceledException && stop.IsCancellationRequested))
        {
            // A defect must end the waits with an error, not the process from a background thread; the store's refusal ends them likewise.
            return new ListOutcome(
                [.. requests.Select(request => new PollOutcome(request.Stored) { FatalError = Wrapped(request.Stored, error) })]);
        }
    }

    /// <summary>Nobody waits for the job here any more.</summary>
    public void Leave(string id) => leases.Leave(id);

    /// <summary>Whoever waits for the job is about to be told of its end.</summary>
    public Task LeaveEndedAsync(PollOutcome outcome) => leases.LeaveEndedAsync(outcome);

    private async Task<ListOutcome> AskHostAsync(PollRequest[] requests, Account account, IOperationOutput log, CancellationToken stop) =>
        requests.Length switch
    {
        0 => ListOutcome.Useless,
        1 => new ListOutcome([await poller.PollAsync(requests[0], account, log, stop).ConfigureAwait(false)]),
        _ => await lists.PollAsync(requests, account, log, stop).ConfigureAwait(false),
    };

    private static SeedanceException Wrapped(StoredJob stored, Exception error) => error as SeedanceException
        ?? new SeedanceException(
            ErrorCode.ProtocolError, "The answer about " + stored.Job.Id + " could not be handled: " + error.Message, error);
}
