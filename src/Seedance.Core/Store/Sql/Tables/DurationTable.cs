namespace Seedance.Store;

/// <summary>How long jobs took, the latest of each kind.</summary>
internal static class DurationTable
{
    /// <summary>Enough to tell the middle within a few percent, few enough to follow a host that gets faster.</summary>
    public const int Kept = 100;

    public static async Task AddAsync(StoreSession session, string kind, TimeSpan duration)
    {
        await session.RunAsync("insert into ~duration (kind, seconds) values (@kind, @seconds)", ("kind", kind),
            ("seconds", duration.TotalSeconds)).ConfigureAwait(false);
        await session.RunAsync(
            "delete from ~duration where kind = @kind and entry <= (select entry from ~duration where kind = @kind order by entry desc limit 1 offset @kept)",
            ("kind", kind),
            ("kept", Kept)).ConfigureAwait(false);
    }

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> ReadAsync(StoreSession session, string kind) => await session.QueryAsync(
        "select seconds from ~duration where kind = @kind order by entry", static row =>
            TimeSpan.FromSeconds(row.GetDouble(0)), ("kind", kind)).ConfigureAwait(false);
}
