using Seedance.Spending;
using Seedance.Store.Sql;

namespace Seedance.Store;

/// <content>What was spent, and what was learnt of hosts.</content>
internal sealed partial class SqlJobStore
{
    public Task<IReadOnlyList<SpendSum>> SumSpendAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop) =>
        RepeatAsync("read the spend ledger", async () =>
    {
        string first = from is { } begin ? SpendEntry.DayOf(begin) : string.Empty;
        string last = to is { } end ? SpendEntry.DayOf(end) : "9999";
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        return session is null ? [] : await LedgerTable.SumAsync(session, first, last).ConfigureAwait(false);
    });

    public Task AddDurationAsync(string kind, TimeSpan duration, CancellationToken stop) =>
        StoreErrors.GuardAsync(_engine, "note how long a job took", async () => // Once: it would count twice.
    {
        using StoreSession session = await _engine.WriteAsync(StoreErrors.Patience, durable: false, stop).ConfigureAwait(false);
        await DurationTable.AddAsync(session, kind, duration).ConfigureAwait(false);
        session.Commit();
        return true;
    });

    public Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, CancellationToken stop) =>
        RepeatAsync("read how long jobs take", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        return session is null ? [] : await DurationTable.ReadAsync(session, kind).ConfigureAwait(false);
    });

    public Task PauseAsync(string account, TimeSpan pause, CancellationToken stop) => RepeatAsync("note a host's pause", async () =>
    {
        using StoreSession session = await _engine.WriteAsync(StoreErrors.Patience, durable: false, stop).ConfigureAwait(false);
        await PauseTable.TellAsync(session, account, await _engine.NowAsync(session).ConfigureAwait(false) + pause).ConfigureAwait(false);
        session.Commit();
        return true;
    });

    public Task<HostPause?> PauseOfAsync(string account, CancellationToken stop) => RepeatAsync("read a host's pause", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        return session is not null && await PauseTable.UntilAsync(session, account).ConfigureAwait(false) is { } until
            ? new HostPause(until, until - await _engine.NowAsync(session).ConfigureAwait(false))
            : null;
    });
}
