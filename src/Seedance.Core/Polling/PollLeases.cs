using System.Collections.Concurrent;
using Seedance.Store;

namespace Seedance.Polling;

/// <summary>
/// Which jobs are for this process to ask about: those that it holds. What another process holds it asks about, and what it learns is read
/// from the store. One whose host does not answer here is let go of, so that a machine that gets through may ask.
/// </summary>
internal sealed class PollLeases(IJobStore store)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(15); // Whether its holder has let go; its end is heard sooner.
    private readonly ConcurrentQueue<string> _left = new();
    private int _leaving;

    /// <summary>In the order of the requests. A store that cannot be written is no reason to learn nothing.</summary>
    public async Task<IReadOnlyList<JobLease>> HoldAsync(IReadOnlyList<PollRequest> requests, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<JobLease> leases = await store.HoldAsync([.. requests.Select(request => request.Stored.Job.Id)], stop)
                .ConfigureAwait(false);
            Dictionary<string, JobLease> byId = leases.ToDictionary(lease => lease.Id, StringComparer.Ordinal);
            return [.. requests.Select(request => byId[request.Stored.Job.Id])];
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
        {
            return [.. requests.Select(request => new JobLease(request.Stored.Job.Id, 0))];
        }
    }

    /// <summary>
    /// What the store tells of a job that another process asks about, or that has ended; null where it is for this one to ask.
    /// </summary>
    public static PollOutcome? Known(JobLease lease) => lease.Job is { } job && (lease.Term is null || job.Job.IsFinished)
        ? new PollOutcome(job) { IsHearsay = true, NextPoll = s_lookAgain }
        : null;

    public static PollRequest Under(JobLease lease, PollRequest request) =>
        request with { Stored = lease.Job ?? request.Stored with { Term = lease.Term ?? 0 } };

    public void LeaveUnanswered(PollOutcome? outcome)
    {
        if (outcome is { FatalError: not null } or { IsThrottled: false, TransientError.Code: not ErrorCode.StoreFailure })
        {
            Leave(outcome.Stored.Job.Id);
        }
    }

    /// <summary>Nobody waits for the job here any more. Returns at once.</summary>
    public void Leave(string id)
    {
        _left.Enqueue(id);
        if (Interlocked.Increment(ref _leaving) == 1)
        {
            _ = Task.Run(ReleaseLeasesAsync);
        }
    }

    /// <summary>
    /// Another process wrote the end of a job that this one holds: whoever saves it there waits for this lease. Before anybody is told of
    /// the end, so that it is not the lease of a save of this process. A worker keeps what it goes on to save.
    /// </summary>
    public async Task LeaveEndedAsync(PollOutcome outcome)
    {
        if (outcome is { TransientError: null, Stored: { Job.IsFinished: true, IsOwn: true, IsWork: false } ended })
        {
            try
            {
                await store.ReleaseLeasesAsync([ended.Job.Id]).ConfigureAwait(false);
            }
            catch (SeedanceException)
            {
                // Its lease ends by itself.
            }
        }
    }

    /// <summary>Behind the caller, who holds the scheduler's lock; those that leave together are released together.</summary>
    private async Task ReleaseLeasesAsync()
    {
        int done;
        do
        {
            done = Volatile.Read(ref _leaving);
            List<string> ids = [];
            while (_left.TryDequeue(out string? id))
            {
                ids.Add(id);
            }

            try
            {
                await store.ReleaseLeasesAsync(ids).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SeedanceException or ObjectDisposedException)
            {
                // Their leases end by themselves.
            }
        }
        while (Interlocked.Add(ref _leaving, -done) > 0);
    }
}
