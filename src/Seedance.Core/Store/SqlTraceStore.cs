
namespace Seedance.Store;

/// <summary>The traces in the database that has the jobs.</summary>
internal sealed class SqlTraceStore(StoreEngine engine) : ITraceStore
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5); // Jobs come first.

    public Task AppendAsync(IReadOnlyList<SeedanceTraceEntry> entries, DateTimeOffset? keepFrom) =>
        StoreErrors.GuardAsync(engine, "note the trace", async () =>
    {
        using StoreSession session = await engine.WriteAsync(s_patience, durable: false, CancellationToken.None).ConfigureAwait(false);
        foreach (SeedanceTraceEntry entry in entries)
        {
            await TraceTable.AddAsync(session, entry).ConfigureAwait(false);
        }

        foreach (string job in entries.Select(entry => entry.JobId).Distinct(StringComparer.Ordinal))
        {
            await TraceTable.BoundAsync(session, job).ConfigureAwait(false);
        }

        if (keepFrom is { } oldest)
        {
            await TraceTable.DropBeforeAsync(session, oldest).ConfigureAwait(false);
        }

        session.Commit();
        return true;
    });

    public Task<IReadOnlyList<SeedanceTraceEntry>> ReadAsync(string jobId, CancellationToken stop) =>
        StoreErrors.RepeatAsync(engine, "read the trace", async () =>
    {
        using StoreSession? session = await engine.ReadAsync(stop).ConfigureAwait(false);
        return session is null ? [] : await TraceTable.ReadAsync(session, jobId).ConfigureAwait(false);
    });
}
