namespace Seedance.Store;

/// <summary>
/// What jobs and their providers said to each other. A courtesy to people: it is not flushed to the disk, bounded for each job, and goes
/// with its job.
/// </summary>
internal interface ITraceStore
{
    /// <summary>
    /// Notes lines of jobs that have a record; those of others are dropped. Lines of all jobs that are older than
    /// <paramref name="keepFrom"/> are dropped; null leaves them for another time.
    /// </summary>
    Task AppendAsync(IReadOnlyList<SeedanceTraceEntry> entries, DateTimeOffset? keepFrom);

    /// <summary>The lines of a job, oldest first.</summary>
    Task<IReadOnlyList<SeedanceTraceEntry>> ReadAsync(string jobId, CancellationToken stop);
}
