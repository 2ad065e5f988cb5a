using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Seedance.Store;

/// <summary>
/// Every job that may have been paid for. What a method returns from is durable. Nothing above assumes files: the same operations can
/// stand on a shared database.
/// </summary>
internal interface IJobStore
{
    /// <summary>Records a job that exists already; its id is unique afterwards.</summary>
    Task AddAsync(StoredJob job, CancellationToken stop);

    /// <summary>
    /// Records a job that is about to be submitted, when its account has a slot free and it is its turn: counted and recorded in one step among all
    /// processes. Not taken, it keeps its place in the queue until <see cref="LeaveQueueAsync"/>.
    /// </summary>
    Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, int limit, CancellationToken stop);

    /// <summary>Gives up a place in the queue.</summary>
    Task LeaveQueueAsync(StoredJob job);

    /// <summary>The job that was submitted with this token and still has a record.</summary>
    Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop);

    /// <summary>The job that a provider knows by this id; the last one recorded where two say so.</summary>
    Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop);

    /// <summary>Changes a job as it is now, alone among all processes; null when there is none.</summary>
    Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop);

    Task<StoredJob?> FindAsync(string id, CancellationToken stop);

    /// <summary>Oldest first. A damaged record is set aside and reported, and the others follow.</summary>
    IAsyncEnumerable<StoredJob> ListAsync(JobScope scope, Action<SeedanceException> report, CancellationToken stop);

    Task<bool> RemoveAsync(string id, CancellationToken stop);
}

/// <summary>What came of asking for a slot.</summary>
/// <param name="Taken">The job is on record as submitting.</param>
/// <param name="Existing">Another job has the same client token.</param>
/// <param name="InFlight">The account's jobs that have not ended, unconfirmed ones among them.</param>
/// <param name="Ahead">Submits of other commands that come first.</param>
internal sealed record SlotVerdict(bool Taken, StoredJob? Existing, IReadOnlyList<StoredJob> InFlight, int Ahead);

/// <summary>Which records to read.</summary>
internal enum JobScope
{
    /// <summary>All that may still change.</summary>
    Unfinished,

    /// <summary>Everything.</summary>
    All,
}
