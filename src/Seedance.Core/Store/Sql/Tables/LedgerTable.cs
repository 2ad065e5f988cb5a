using System.Data.Common;
using Seedance.Records;
using Seedance.Spending;

namespace Seedance.Store.Sql;

/// <summary>
/// The ledger: entries that are only ever appended, and the sums of each UTC day, which change in the same transaction. Amounts are added
/// here and not by the engine, so that they stay exact in every engine.
/// </summary>
internal static class LedgerTable
{
    public static async Task AppendAsync(StoreSession session, SpendEntry entry)
    {
        await session.Engine.LockAsync(session, "spend:" + Profile(entry.Profile)).ConfigureAwait(false);
        List<SpendEntry> before = await EntriesAsync(session, entry.JobId).ConfigureAwait(false);
        await InsertAsync(session, entry).ConfigureAwait(false);

        // A planned job that was refused and is tried again on another day counts on that day, and so does all that follows.
        SpendEntry begun = entry.Event == SpendEvent.Reserve
            ? entry
            : before.LastOrDefault(one => one.Event == SpendEvent.Reserve) ?? entry;
        foreach ((SpendKey key, SpendAmount change) in Change(before, entry))
        {
            await AddAsync(session, begun.Day, key, change).ConfigureAwait(false);
        }
    }

    /// <summary>The cap that has no room, with the profile's money locked until the transaction ends.</summary>
    public static async Task<SpendBreach?> CheckAsync(StoreSession session, SpendCaps caps, SpendEntry asked, bool mayBeUnknown)
    {
        await session.Engine.LockAsync(session, "spend:" + Profile(caps.Profile)).ConfigureAwait(false);
        string month = asked.Day.Substring(0, 7);
        return SpendBreach.Find(caps, asked, await SumAsync(session, month + "-01", month + "-31").ConfigureAwait(false), mayBeUnknown);
    }

    /// <summary>The sums of some days, both ends included, oldest first.</summary>
    public static async Task<IReadOnlyList<SpendSum>> SumAsync(StoreSession session, string first, string last) => await session.QueryAsync(
        "select day, provider, profile, model, unit, simulated, reserved, settled, jobs, unpriced, seconds from ~day_sum where day >= @first and day <= @last "
        + "order by day, provider, profile, model, unit",
        Sum,
        ("first", first),
        ("last", last)).ConfigureAwait(false);

    public static Task<int> InsertAsync(StoreSession session, SpendEntry entry) => session.RunAsync(
        "insert into ~ledger (job_id, event, day, at, provider, profile, model, wire_model, amount, unit, seconds, simulated) "
        + "values (@job_id, @event, @day, @at, @provider, @profile, @model, @wire_model, @amount, @unit, @seconds, @simulated)",
        ("job_id", entry.JobId),
        ("event", Word(entry.Event)),
        ("day", entry.Day),
        ("at", SqlTime.Text(entry.At)),
        ("provider", entry.Provider),
        ("profile", entry.Profile ?? string.Empty),
        ("model", entry.Model),
        ("wire_model", entry.WireModel),
        ("amount", entry.Amount is { } amount ? session.Engine.Money(amount) : null),
        ("unit", entry.Unit),
        ("seconds", entry.Seconds),
        ("simulated", entry.IsSimulated ? 1 : 0));

    /// <summary>Adds to a day's sums.</summary>
    public static async Task AddAsync(StoreSession session, string day, SpendKey key, SpendAmount change)
    {
        (string, object?)[] name =
        [
            ("day", day),
            ("provider", key.Provider),
            ("profile", key.Profile ?? string.Empty),
            ("model", key.Model),
            ("unit", key.Unit),
            ("simulated", key.IsSimulated ? 1 : 0),
        ];
        const string Key =
            "day = @day and provider = @provider and profile = @profile and model = @model and unit = @unit and simulated = @simulated";
        SpendSum? known = await session.FirstAsync(
            "select day, provider, profile, model, unit, simulated, reserved, settled, jobs, unpriced, seconds from ~day_sum where " + Key,
            Sum, name).ConfigureAwait(false);
        SpendAmount sum = (known?.Amount ?? default) + change;
        if (sum == default)
        {
            await session.RunAsync("delete from ~day_sum where " + Key, name).ConfigureAwait(false);
            return;
        }

        await session.RunAsync(
            "insert into ~day_sum (day, provider, profile, model, unit, simulated, reserved, settled, jobs, unpriced, seconds) "
            + "values (@day, @provider, @profile, @model, @unit, @simulated, @reserved, @settled, @jobs, @unpriced, @seconds) "
            + "on conflict (day, provider, profile, model, unit, simulated) do update set reserved = excluded.reserved, settled = excluded.settled, "
            + "jobs = excluded.jobs, unpriced = excluded.unpriced, seconds = excluded.seconds",
            [
                .. name,
                ("reserved", session.Engine.Money(sum.Reserved)),
                ("settled", session.Engine.Money(sum.Settled)),
                ("jobs", sum.Jobs),
                ("unpriced", sum.Unpriced),
                ("seconds", sum.Seconds),
            ]).ConfigureAwait(false);
    }

    /// <summary>What an entry does to the sums of its day, given all entries of its job before it.</summary>
    private static IEnumerable<(SpendKey Key, SpendAmount Change)> Change(List<SpendEntry> before, SpendEntry entry)
    {
        DayTotals totals = new(entry.Day);
        before.ForEach(totals.Apply);
        Dictionary<SpendKey, SpendAmount> change = totals.Sums.ToDictionary(sum => sum.Key, sum => default(SpendAmount) - sum.Amount);
        totals.Apply(entry);
        foreach (SpendSum sum in totals.Sums)
        {
            change[sum.Key] = (change.TryGetValue(sum.Key, out SpendAmount old) ? old : default) + sum.Amount;
        }

        return change.Where(item => item.Value != default).Select(item => (item.Key, item.Value));
    }

    private static Task<List<SpendEntry>> EntriesAsync(StoreSession session, string jobId) => session.QueryAsync(
        "select job_id, event, at, provider, profile, model, wire_model, amount, unit, seconds, simulated from ~ledger where job_id = @id order by entry",
        static row => new SpendEntry(Read(row.GetString(1)), row.GetString(0), SqlTime.Read(row.GetString(2)))
        {
            Provider = row.GetString(3),
            Profile = row.GetString(4) is { Length: > 0 } profile ? profile : null,
            Model = row.GetString(5),
            WireModel = row.GetString(6),
            Amount = row.IsDBNull(7) ? null : Money(row, 7),
            Unit = row.IsDBNull(8) ? null : row.GetString(8),
            Seconds = row.IsDBNull(9) ? null : row.GetInt32(9),
            IsSimulated = row.GetInt32(10) != 0,
        },
        ("id", jobId));

    private static SpendSum Sum(DbDataReader row) => new(
        row.GetString(0),
        new SpendKey(row.GetString(1), row.GetString(2) is { Length: > 0 } profile ? profile : null, row.GetString(3), row.GetString(4),
            row.GetInt32(5) != 0),
        new SpendAmount(Money(row, 6), Money(row, 7), row.GetInt32(8), row.GetInt32(9), row.GetInt64(10)));

    private static decimal Money(DbDataReader row, int column) =>
        row.GetValue(column) is string text
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : row.GetDecimal(column);

    private static string Profile(string? profile) => (profile ?? string.Empty).ToLowerInvariant();

    private static string Word(SpendEvent happened) =>
        happened switch { SpendEvent.Reserve => "reserve", SpendEvent.Settle => "settle", _ => "release" };

    private static SpendEvent Read(string word) =>
        word switch { "reserve" => SpendEvent.Reserve, "settle" => SpendEvent.Settle, _ => SpendEvent.Release };
}
