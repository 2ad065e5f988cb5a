using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// Who waits for a slot of an account, in the order of arrival by the store's clock. A place whose process is gone counts for nothing and
/// is cleared away. Taken and counted while the account is locked.
/// </summary>
internal static class PlaceTable
{
    /// <summary>Takes or keeps a place.</summary>
    public static Task<int> EnterAsync(StoreSession session, string account, string id, DateTimeOffset now) =>
        session.RunAsync(
            "insert into ~place (job_id, account, owner, arrived_at) values (@id, @account, @owner, @now) on conflict (job_id) do nothing",
            ("id", id),
            ("account", account),
            ("owner", session.Engine.Self.ToText()),
            ("now", SqlTime.Text(now)));

    /// <summary>Whose places come before that of a job; all, where it has none.</summary>
    public static async Task<IReadOnlyList<ProcessMark>> AheadAsync(StoreSession session, string account, string id, DateTimeOffset now)
    {
        ProcessMark self = session.Engine.Self;
        List<(string Id, ProcessMark? Owner, DateTimeOffset? LeaseUntil)> places = await session.QueryAsync(
            "select job_id, owner, " + HolderTable.LeaseOf + " from ~place where account = @account order by arrived_at, job_id",
            static row =>
                (row.GetString(0), ProcessMark.FromText(row.GetString(1)),
                row.IsDBNull(2) ? (DateTimeOffset?)null : SqlTime.Read(row.GetString(2))),
            ("account", account)).ConfigureAwait(false);
        List<ProcessMark> ahead = [];
        foreach ((string other, ProcessMark? owner, DateTimeOffset? until) in places.TakeWhile(place => place.Id != id))
        {
            if (owner is not null && (owner == self || owner.MayBeAlive(until - now)))
            {
                ahead.Add(owner);
            }
            else
            {
                await LeaveAsync(session, other).ConfigureAwait(false);
            }
        }

        return ahead;
    }

    public static Task<int> LeaveAsync(StoreSession session, string id) =>
        session.RunAsync("delete from ~place where job_id = @id", ("id", id));
}
