namespace Seedance.Store;

/// <summary>
/// What jobs and their providers said to each other. A courtesy to people: it is not flushed to the disk, bounded for each job, and goes
/// with its job.
/// </summary>
internal interface ITraceStore
{
    /// <summary>Notes lines of jobs that have a record; those of others are dropped.</summary>
    /// <param name="entries">In their order.</param>
    /// <param name="keepFrom">Older lines of all jobs are dropped; null leaves them for another time.</param>
    Task AppendAsync(IReadOnlyList<SeedanceTraceEntry> entries, DateTimeOffset? keepFrom);

    /// <summary>The lines of a job, oldest first.</summary>
    Task<IReadOnlyList<SeedanceTraceEntry>> ReadAsync(string jobId, CancellationToken stop);
}
