using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>Asks for the jobs that fell due together: for one by itself, for several in one list.</summary>
internal sealed class DuePolls(JobPoller poller, ListPoller lists)
{
    public async Task<ListOutcome> AskAsync(IReadOnlyList<PolledJob> jobs, Permit permit, IOperationOutput log, CancellationToken stop)
    {
        PollRequest[] requests = [.. jobs.Select(polled => new PollRequest(polled.Stored, ConfirmationRules.Of(polled, permit.SentAt)) { Permit = permit })];
        Account account = jobs[0].Account;
        try
        {
            return requests.Length > 1
                ? await lists.PollAsync(requests, account, log, stop).ConfigureAwait(false)
                : new ListOutcome([await poller.PollAsync(requests[0], account, log, stop).ConfigureAwait(false)]);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !(error is OperationCanceledException && stop.IsCancellationRequested))
        {
            // A defect must end the waits with an error, not the process from a background thread; the store's refusal ends them likewise.
            return new ListOutcome([.. requests.Select(request => new PollOutcome(request.Stored) { FatalError = Wrapped(request.Stored, error) })]);
        }
    }

    private static SeedanceException Wrapped(StoredJob stored, Exception error) => error as SeedanceException
        ?? new SeedanceException(ErrorCode.ProtocolError, "The answer about " + stored.Job.Id + " could not be handled: " + error.Message, error);
}
