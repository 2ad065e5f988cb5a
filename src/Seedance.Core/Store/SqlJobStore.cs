using System.Runtime.CompilerServices;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store.Sql;

namespace Seedance.Store;

/// <summary>
/// The jobs in a database. Each operation is one transaction, so that a crash leaves all of it or nothing; what must never happen twice is
/// a constraint of the tables. Which engine it is, only <see cref="StoreEngine"/> knows.
/// </summary>
internal sealed partial class SqlJobStore : IJobStore, IDisposable
{
    private const int FirstPage = 16;
    private const int LargestPage = 512;
    private readonly StoreEngine _engine;
    private readonly HeldLeases _leases;

    /// <summary>
    /// Disposes of <paramref name="engine"/> with itself. <paramref name="beats"/> measures when the heart has to beat; the system's when
    /// not given.
    /// </summary>
    public SqlJobStore(StoreEngine engine, TimeProvider? beats = null)
    {
        _engine = engine;
        _beats = beats ?? TimeProvider.System;
        _leases = new HeldLeases(BeatAsync, _beats);
    }

    public Task AddAsync(StoredJob job, CancellationToken stop) => WriteAsync("record the job", StoreErrors.Patience, async session =>
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        return await JobTable.AddAsync(session, job, slot: null, now).ConfigureAwait(false) ? true : throw Taken(job.Job.Id);
    }, stop);

    private async Task<SlotVerdict> TakeSlotAsync(StoreSession session, StoredJob job, SlotTerms terms, IReadOnlyList<string> left)
    {
        job = job with { Owner = job.Owner ?? _engine.Self, Term = job.Plan is null ? 1 : job.Term };
        string account = AccountKey.Of(job.Job);
        if (job.Job.ClientToken is { } token)
        {
            await _engine.LockAsync(session, "token:" + token).ConfigureAwait(false);
        }

        await _engine.LockAsync(session, "account:" + account).ConfigureAwait(false);
        foreach (string id in left)
        {
            await PlaceTable.LeaveAsync(session, id).ConfigureAwait(false);
        }

        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        if (job.Job.ClientToken is { } given && await JobTable.FindByTokenAsync(session, given).ConfigureAwait(false) is { } existing
            && existing.Id != job.Job.Id)
        {
            return new SlotVerdict(Taken: false, existing.Read(now, _engine.Self), [], []);
        }

        if (await JobTable.FindAsync(session, job.Job.Id).ConfigureAwait(false) is { } own
            && own.Read(now, _engine.Self) is { Job.State: JobStatus.Submitting } mine && mine.Owner == job.Owner)
        {
            if (job.Plan is not null && mine.Term != job.Term)
            {
                throw StoreErrors.Lost(mine); // Another worker of this process has taken it over.
            }

            // By the try before, whose connection broke after its commit.
            return new SlotVerdict(Taken: true, Existing: null, [], []) { Term = mine.Term };
        }

        StoredJob? planned = job.Plan is null ? null : await PlannedAsync(session, job, now).ConfigureAwait(false);
        if (planned is null)
        {
            await PlaceTable.EnterAsync(session, account, job.Job.Id, now).ConfigureAwait(false); // A planned job waits in the queue.
        }

        IReadOnlyList<ProcessMark> ahead = await PlaceTable.AheadAsync(session, account, job.Job.Id, now).ConfigureAwait(false);
        AccountSlots slots = AccountSlots.Of(await JobTable.OpenOfAsync(session, account).ConfigureAwait(false), terms, now, _engine.Self);
        SlotVerdict verdict = new(
            slots.Held + ahead.Count < terms.Limit, Existing: null, slots.InFlight, ahead) { Unreadable = slots.Unreadable };
        SpendEntry reservation = SpendEntry.Of(SpendEvent.Reserve, job.Job);
        if (terms.Caps is { } caps
            && await LedgerTable.CheckAsync(session, caps, reservation, terms.MayBeUnknown).ConfigureAwait(false) is { } breach)
        {
            return verdict with { Taken = false, Breach = breach };
        }

        if (verdict.Taken)
        {
            foreach (string lapsed in slots.Lapsed)
            {
                await JobTable.FreeSlotAsync(session, lapsed).ConfigureAwait(false);
            }

            if (planned is not null)
            {
                await JobTable.ReplaceAsync(session, planned, job with { IsBooked = true }, now).ConfigureAwait(false);
                await JobTable.TakeSlotAsync(session, job.Job.Id, slots.Free).ConfigureAwait(false);
            }
            else if (!await JobTable.AddAsync(session, job with { IsBooked = true }, slots.Free, now).ConfigureAwait(false))
            {
                throw Taken(job.Job.Id);
            }

            await LedgerTable.AppendAsync(session, reservation).ConfigureAwait(false);
            await PlaceTable.LeaveAsync(session, job.Job.Id).ConfigureAwait(false);
            verdict = verdict with { Term = job.Term };
        }

        await HeldAsync(session, now, verdict.Taken ? job : null).ConfigureAwait(false);
        return verdict;
    }

    public Task<bool> WithdrawAsync(StoredJob job) => WriteAsync("withdraw the job " + job.Job.Id, StoreErrors.Patience, async session =>
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        if ((await JobTable.FindAsync(session, job.Job.Id, toChange: true).ConfigureAwait(false))?.Read(
            now, _engine.Self) is not { } current)
        {
            return true; // Somebody else has withdrawn it; money is given back once.
        }

        if (current.Job.ProviderJobId is not null || (job.IsUnsent && !current.IsUnsent) || (job.Term > 0 && job.Term != current.Term))
        {
            return false;
        }

        await LedgerTable.AppendAsync(session, SpendEntry.Of(SpendEvent.Release, current.Job)).ConfigureAwait(false);
        if (current.Plan is not null)
        {
            await PlanAgainAsync(session, current, now).ConfigureAwait(false);
            return true;
        }

        _leases.Remove(job.Job.Id);
        await JobTable.RemoveAsync(session, job.Job.Id).ConfigureAwait(false);
        return true;
    }, CancellationToken.None);

    public Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop) =>
        ReadAsync("look for the token", session => JobTable.FindByTokenAsync(session, clientToken), stop);

    public Task<IReadOnlyList<StoredJob>> FindByTokensAsync(IReadOnlyList<string> clientTokens, CancellationToken stop) =>
        RepeatAsync<IReadOnlyList<StoredJob>>("look for the tokens", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        if (session is null)
        {
            return [];
        }

        List<JobRow> rows = await JobTable.FindByTokensAsync(session, clientTokens).ConfigureAwait(false);
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        return [.. rows.Select(row => row.Read(now, _engine.Self))];
    });

    public async Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop) =>
        await ReadAsync("look for the provider's id", session => JobTable.FindByProviderJobIdAsync(session, provider, providerJobId), stop)
            .ConfigureAwait(false) is { } found
        && found.Job.ProviderJobId == providerJobId ? found : null;

    public Task<StoredJob?> FindAsync(string id, CancellationToken stop) =>
        ReadAsync(
            "read the job " + id, session => JobId.IsValid(id) ? JobTable.FindAsync(session, id) : Task.FromResult<JobRow?>(null), stop);

    public Task<StoredJob?> ClaimAsync(
        string id, string provider, string providerJobId, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        WriteAsync("adopt " + providerJobId, StoreErrors.Patience, async session =>
        {
            await _engine.LockAsync(session, "id:" + provider.ToLowerInvariant() + "|" + providerJobId).ConfigureAwait(false);
            return await JobTable.FindByProviderJobIdAsync(session, provider, providerJobId).ConfigureAwait(false) is { } other
                && other.Id != id
                ? null
                : await ChangeAsync(session, id, change, term: 0).ConfigureAwait(false);
        }, stop);

    public async Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop, long term = 0) =>
        JobId.IsValid(id) && await ExistsAsync(stop).ConfigureAwait(false)
            ? await WriteAsync("update the job " + id, StoreErrors.Patience, session => ChangeAsync(session, id, change, term), stop)
                .ConfigureAwait(false)
            : null;

    public async IAsyncEnumerable<StoredJob> ListAsync(
        JobScope scope, Action<SeedanceException> report, [EnumeratorCancellation] CancellationToken stop)
    {
        (string, string)? behind = null;
        for (int most = FirstPage; ; most = LargestPage)
        {
            stop.ThrowIfCancellationRequested();
            if (await PageAsync(scope, behind, most, stop).ConfigureAwait(false) is not { } page)
            {
                yield break;
            }

            foreach ((JobRow row, string createdAt) in page.Rows)
            {
                stop.ThrowIfCancellationRequested();
                behind = (createdAt, row.Id);
                if (Read(row, page.Now, report) is { } job)
                {
                    yield return job;
                }
            }

            if (page.Rows.Count < most)
            {
                yield break;
            }
        }
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken stop, JobStatus? known = null) =>
        JobId.IsValid(id) && await ExistsAsync(stop).ConfigureAwait(false)
        && await WriteAsync(
            "remove the job " + id, StoreErrors.Patience, async session =>
                await JobTable.RemoveAsync(session, id, known).ConfigureAwait(false) > 0, stop).ConfigureAwait(false);

    public void Dispose()
    {
        _leases.Dispose();
        _engine.Dispose();
    }

    private StoredJob? Read(JobRow row, DateTimeOffset now, Action<SeedanceException> report)
    {
        try
        {
            return row.Read(now, _engine.Self);
        }
        catch (SeedanceException error)
        {
            report(error);
            return null;
        }
    }

    private static SeedanceException Taken(string id) =>
        new(ErrorCode.StoreFailure, "There is a job " + id + " already.") { Target = id, RecommendedAction = "Try again." };

    private async Task<bool> ExistsAsync(CancellationToken stop)
    {
        using StoreSession? session = await RepeatAsync("open the store", () => _engine.ReadAsync(stop)).ConfigureAwait(false);
        return session is not null;
    }

    private async Task<StoredJob?> ChangeAsync(StoreSession session, string id, Func<StoredJob, StoredJob> change, long term)
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        if (await JobTable.FindAsync(session, id, toChange: true).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        StoredJob before = row.Read(now, _engine.Self);
        if (term > 0 && term != before.Term)
        {
            _leases.Remove(id);
            throw StoreErrors.Lost(before);
        }

        StoredJob after = change(before);
        if (ReferenceEquals(before, after))
        {
            return after;
        }

        if (SpendEntry.Between(before, after) is { } entry)
        {
            await LedgerTable.AppendAsync(session, entry).ConfigureAwait(false);
        }

        after = Handed(before, after);
        await JobTable.ReplaceAsync(session, before, after, now).ConfigureAwait(false);
        return after;
    }

    /// <summary>Null while nothing was ever stored.</summary>
    private Task<ReadPage?> PageAsync(JobScope scope, (string, string)? behind, int most, CancellationToken stop) =>
        RepeatAsync("list the jobs", async () =>
        {
            using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
            return session is null
                ? null
                : new ReadPage(await _engine.NowAsync(session).ConfigureAwait(false),
                    await JobPage.ReadAsync(session, scope, behind, most).ConfigureAwait(false));
        });

    private Task<StoredJob?> ReadAsync(string what, Func<StoreSession, Task<JobRow?>> find, CancellationToken stop) =>
        RepeatAsync(what, async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        return session is not null && await find(session).ConfigureAwait(false) is { } row
            ? row.Read(await _engine.NowAsync(session).ConfigureAwait(false), _engine.Self)
            : null;
    });

    /// <summary>One transaction.</summary>
    private Task<T> WriteAsync<T>(string what, TimeSpan patience, Func<StoreSession, Task<T>> work, CancellationToken stop,
        bool durable = true) => RepeatAsync(what, async () =>
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            using StoreSession session = await _engine.WriteAsync(patience, durable, stop).ConfigureAwait(false);
            T result = await work(session).ConfigureAwait(false);
            session.Commit();
            return result;
        }
        catch
        {
            _leases.Doubt();
            throw;
        }
    });

    private Task<T> RepeatAsync<T>(string what, Func<Task<T>> work) => StoreErrors.RepeatAsync(_engine, what, work);

    private sealed record ReadPage(DateTimeOffset Now, List<(JobRow Job, string CreatedAt)> Rows);
}
