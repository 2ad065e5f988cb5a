using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// Who waits for a slot of an account, in the order of the ids, which is that of arrival. A place whose process is gone counts for nothing and is cleared
/// away. Taken and counted while the account is locked.
/// </summary>
internal static class PlaceTable
{
    /// <summary>Takes or keeps a place; tells whose come before it.</summary>
    public static async Task<IReadOnlyList<ProcessMark>> AheadAsync(StoreSession session, string account, string id, DateTimeOffset now)
    {
        await session.RunAsync(
            "insert into ~place (job_id, account, owner, touched_at) values (@id, @account, @owner, @now) on conflict (job_id) do update set touched_at = excluded.touched_at",
            ("id", id),
            ("account", account),
            ("owner", ProcessMark.Current.ToText()),
            ("now", SqlTime.Text(now))).ConfigureAwait(false);
        List<(string Id, string Owner, DateTimeOffset TouchedAt)> places = await session.QueryAsync(
            "select job_id, owner, touched_at from ~place where account = @account and job_id < @id order by job_id",
            static row => (row.GetString(0), row.GetString(1), SqlTime.Read(row.GetString(2))),
            ("account", account),
            ("id", id)).ConfigureAwait(false);
        List<ProcessMark> ahead = [];
        foreach ((string other, string owner, DateTimeOffset touchedAt) in places)
        {
            if (ProcessMark.FromText(owner) is { } mark && mark.MayBeAlive(now - touchedAt))
            {
                ahead.Add(mark);
            }
            else
            {
                await LeaveAsync(session, other).ConfigureAwait(false);
            }
        }

        return ahead;
    }

    public static Task<int> LeaveAsync(StoreSession session, string id) => session.RunAsync("delete from ~place where job_id = @id", ("id", id));
}
