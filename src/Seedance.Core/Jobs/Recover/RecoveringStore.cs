using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;

namespace Seedance.Jobs.Recover;

/// <summary>
/// The store as it has to be read, so that nobody meets a submit whose process ended: one that was never sent is withdrawn and not there
/// any more, one that may have been sent is unconfirmed. A record that says "submitting" is in somebody's hands.
/// </summary>
internal sealed class RecoveringStore(IJobStore store, EndedSubmits ended) : IJobStore, IDisposable
{
    private readonly OrphanedSubmits _orphans = new(store, ended);
    private readonly ConcurrentDictionary<string, StoredJob> _neverSent = new(StringComparer.Ordinal);

    /// <summary>A record that was withdrawn here, for who asks for it by its id.</summary>
    public StoredJob? NeverSent(string id) => _neverSent.TryGetValue(id, out StoredJob? withdrawn) ? withdrawn : null;

    public async Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, SlotTerms terms, CancellationToken stop)
    {
        while (true)
        {
            SlotVerdict verdict = await store.TryTakeSlotAsync(job, terms, stop).ConfigureAwait(false);
            if (verdict.Existing is { } known)
            {
                if (await RecoverAsync(known, stop).ConfigureAwait(false) is not { } existing)
                {
                    continue; // The request of its token never left, so the token is free.
                }

                return verdict with { Existing = existing };
            }

            List<StoredJob> inFlight = new(verdict.InFlight.Count);
            try
            {
                foreach (StoredJob other in verdict.InFlight)
                {
                    if (await RecoverAsync(other, stop).ConfigureAwait(false) is { Job.IsFinished: false } current)
                    {
                        inFlight.Add(current);
                    }
                }
            }
            catch when (verdict.Taken)
            {
                await store.WithdrawAsync(job).ConfigureAwait(false); // Nobody is told of the slot, so nobody would give it back.
                throw;
            }

            return verdict with { InFlight = inFlight };
        }
    }

    public Task<StoredJob?> FindAsync(string id, CancellationToken stop) => RecoverAsync(store.FindAsync(id, stop), stop);

    public Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop) =>
        RecoverAsync(store.FindByTokenAsync(clientToken, stop), stop);

    public async Task<IReadOnlyList<StoredJob>> FindByTokensAsync(IReadOnlyList<string> clientTokens, CancellationToken stop)
    {
        List<StoredJob> current = [];
        foreach (StoredJob found in await store.FindByTokensAsync(clientTokens, stop).ConfigureAwait(false))
        {
            if (await RecoverAsync(found, stop).ConfigureAwait(false) is { } stored)
            {
                current.Add(stored);
            }
        }

        return current;
    }

    /// <summary>
    /// Many are read and few are wanted: what may have been sent is unconfirmed for the reader, and the records are left as they are.
    /// </summary>
    public async IAsyncEnumerable<StoredJob> ListAsync(
        JobScope scope, Action<SeedanceException> report, [EnumeratorCancellation] CancellationToken stop)
    {
        JobScope wanted = scope.Statuses.Count > 0 && scope.Statuses.Contains(JobStatus.Unconfirmed)
            ? scope with { Statuses = [.. scope.Statuses, JobStatus.Submitting] }
            : scope;
        await foreach (StoredJob stored in store.ListAsync(wanted, report, stop).ConfigureAwait(false))
        {
            if ((_orphans.WasNeverSent(stored)
                ? await WithdrawnAsync(stored, stop).ConfigureAwait(false)
                : _orphans.Recovered(stored)) is { } current)
            {
                yield return current;
            }
        }
    }

    public Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop, long term = 0) =>
        store.UpdateAsync(id, current => change(_orphans.Recovered(current)), stop, term);

    public Task<StoredJob?> ClaimAsync(
        string id, string provider, string providerJobId, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        store.ClaimAsync(id, provider, providerJobId, current => change(_orphans.Recovered(current)), stop);

    public Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop) =>
        store.FindByProviderJobIdAsync(provider, providerJobId, stop); // What has its provider's id has its answer.

    public Task AddAsync(StoredJob job, CancellationToken stop) => store.AddAsync(job, stop);

    public Task<bool> WithdrawAsync(StoredJob job) => store.WithdrawAsync(job);

    public Task LeaveQueueAsync(StoredJob job) => store.LeaveQueueAsync(job);

    public Task<IReadOnlyList<StoredJob>> PlanAsync(IReadOnlyList<StoredJob> jobs, CancellationToken stop) => store.PlanAsync(jobs, stop);

    /// <summary>
    /// What a worker left between its slot and the first byte is planned again when somebody reads it; one that finds nothing to do reads.
    /// </summary>
    public async Task<StoredJob?> TakeWorkAsync(WorkTerms terms, CancellationToken stop)
    {
        if (await store.TakeWorkAsync(terms, stop).ConfigureAwait(false) is { } job)
        {
            return job;
        }

        bool isFreed = false;
        JobScope inHand = new() { Statuses = [JobStatus.Submitting] };
        await foreach (StoredJob stored in store.ListAsync(inHand, static _ => { }, stop).ConfigureAwait(false))
        {
            isFreed |= stored.Plan is not null && _orphans.WasNeverSent(stored)
                && await WithdrawnAsync(stored, stop).ConfigureAwait(false) is not { Job.State: JobStatus.Submitting };
        }

        return isFreed ? await store.TakeWorkAsync(terms, stop).ConfigureAwait(false) : null;
    }

    public Task EndWorkAsync() => store.EndWorkAsync();

    public Task<bool> HasWorkersAsync(CancellationToken stop) => store.HasWorkersAsync(stop);

    public Task<IReadOnlyList<JobLease>> HoldAsync(IReadOnlyList<string> ids, CancellationToken stop) => store.HoldAsync(ids, stop);

    public Task ReleaseLeasesAsync(IReadOnlyList<string> ids) => store.ReleaseLeasesAsync(ids);

    public Task<EndedJobs> EndedSinceAsync(DateTimeOffset? since, CancellationToken stop) => store.EndedSinceAsync(since, stop);

    public Task OpenAsync(CancellationToken stop) => store.OpenAsync(stop);

    public Task<bool> RemoveAsync(string id, CancellationToken stop, JobStatus? known = null) => store.RemoveAsync(id, stop, known);

    public Task<IReadOnlyList<SpendSum>> SumSpendAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop) =>
        store.SumSpendAsync(from, to, stop);

    public Task AddDurationAsync(string kind, TimeSpan duration, CancellationToken stop) => store.AddDurationAsync(kind, duration, stop);

    public Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, CancellationToken stop) => store.DurationsAsync(kind, stop);

    public Task PauseAsync(string account, TimeSpan pause, CancellationToken stop) => store.PauseAsync(account, pause, stop);

    public Task<HostPause?> PauseOfAsync(string account, CancellationToken stop) => store.PauseOfAsync(account, stop);

    public void Dispose() => (store as IDisposable)?.Dispose();

    /// <summary>One that cannot be withdrawn now hides no other; it is no job for whoever lists, and the next reader tries again.</summary>
    private async Task<StoredJob?> WithdrawnAsync(StoredJob stored, CancellationToken stop)
    {
        try
        {
            return await RecoverAsync(stored, stop).ConfigureAwait(false);
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
        {
            return null;
        }
    }

    private async Task<StoredJob?> RecoverAsync(Task<StoredJob?> reading, CancellationToken stop) =>
        await reading.ConfigureAwait(false) is { } stored ? await RecoverAsync(stored, stop).ConfigureAwait(false) : null;

    private async Task<StoredJob?> RecoverAsync(StoredJob stored, CancellationToken stop)
    {
        StoredJob? current = await _orphans.RecoverAsync(stored, stop).ConfigureAwait(false);
        if (current is null)
        {
            _neverSent[stored.Job.Id] = stored;
        }

        return current;
    }
}
