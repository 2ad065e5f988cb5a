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
    /// <summary>Records a new job; its id is unique afterwards.</summary>
    Task AddAsync(StoredJob job, CancellationToken stop);

    /// <summary>Changes a job as it is now, alone among all processes; null when there is none.</summary>
    Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop);

    Task<StoredJob?> FindAsync(string id, CancellationToken stop);

    /// <summary>Oldest first. A damaged record is set aside and reported, and the others follow.</summary>
    IAsyncEnumerable<StoredJob> ListAsync(JobScope scope, Action<SeedanceException> report, CancellationToken stop);

    Task<bool> RemoveAsync(string id, CancellationToken stop);
}

/// <summary>Which records to read.</summary>
internal enum JobScope
{
    /// <summary>All that may still change.</summary>
    Unfinished,

    /// <summary>Everything.</summary>
    All,
}
