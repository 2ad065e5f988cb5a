using Seedance.Records;

namespace Seedance.Store;

/// <summary>The processes that hold jobs or wait for a slot, and until when they are believed to live, by the store's clock.</summary>
internal static class HolderTable
{
    /// <summary>What is left of the lease of a row's owner; null where it has none.</summary>
    public const string LeaseOf = "(select lease_until from ~holder where mark = owner)";

    public static Task<int> BeatAsync(StoreSession session, ProcessMark mark, DateTimeOffset now, string? role) => session.RunAsync(
        "insert into ~holder (mark, role, lease_until) values (@mark, @role, @until) "
        + "on conflict (mark) do update set role = excluded.role, lease_until = excluded.lease_until",
        ("mark", mark.ToText()),
        ("role", role),
        ("until", SqlTime.Text(now + ProcessMark.Lease)));

    /// <summary>How many workers take planned jobs.</summary>
    public static Task<long> CountWorkersAsync(StoreSession session, DateTimeOffset now) => session.FirstAsync(
        "select count(*) from ~holder where role = 'worker' and lease_until > @now", static row =>
            row.GetInt64(0), ("now", SqlTime.Text(now)));

    /// <summary>
    /// Strikes out who is gone: processes of this machine that have ended, which nobody else can tell, and leases that ended long ago.
    /// </summary>
    public static async Task BuryAsync(StoreSession session, DateTimeOffset now)
    {
        List<string> marks = await session.QueryAsync("select mark from ~holder", static row => row.GetString(0)).ConfigureAwait(false);
        foreach (string mark in marks.Where(mark => ProcessMark.FromText(mark) is not { } process
            || (!process.IsForeign && !process.MayBeAlive(left: null))))
        {
            await session.RunAsync("delete from ~holder where mark = @mark", ("mark", mark)).ConfigureAwait(false);
        }

        await session.RunAsync("delete from ~holder where lease_until < @before", ("before", SqlTime.Text(now.AddDays(-1))))
            .ConfigureAwait(false);
    }
}
