using Seedance.Records;

namespace Seedance.Store;

/// <summary>What jobs and their providers said to each other.</summary>
internal static class TraceTable
{
    /// <summary>The first lines of a job, which hold its submit, are kept.</summary>
    public const int KeptFirst = 20;

    /// <summary>And its last ones.</summary>
    public const int KeptLast = 180;

    public static Task<int> AddAsync(StoreSession session, SeedanceTraceEntry entry) => session.RunAsync(
        "insert into ~trace (job_id, at, document) select job.id, @at, @document from ~job job where job.id = @job",
        ("job", entry.JobId),
        ("at", SqlTime.Text(entry.At)),
        ("document", TraceDocument.Write(entry)));

    public static Task<int> BoundAsync(StoreSession session, string jobId) => session.RunAsync(
        "delete from ~trace where job_id = @job "
        + "and entry > (select entry from ~trace where job_id = @job order by entry limit 1 offset @first) "
        + "and entry <= (select entry from ~trace where job_id = @job order by entry desc limit 1 offset @last)",
        ("job", jobId),
        ("first", KeptFirst - 1),
        ("last", KeptLast));

    public static Task<int> DropBeforeAsync(StoreSession session, DateTimeOffset oldest) =>
        session.RunAsync("delete from ~trace where at < @oldest", ("oldest", SqlTime.Text(oldest)));

    public static Task<int> RemoveAsync(StoreSession session, string jobId) =>
        session.RunAsync("delete from ~trace where job_id = @job", ("job", jobId));

    public static async Task<IReadOnlyList<SeedanceTraceEntry>> ReadAsync(StoreSession session, string jobId) => await session.QueryAsync(
        "select document from ~trace where job_id = @job order by entry", row =>
            TraceDocument.Read(jobId, row.GetString(0)), ("job", jobId)).ConfigureAwait(false);
}
