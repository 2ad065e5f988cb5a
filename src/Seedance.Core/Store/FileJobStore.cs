using System.Runtime.CompilerServices;
using Seedance.Spending;

namespace Seedance.Store;

/// <summary>The jobs in files of the state folder: what is done under which lock, and in which order, so that a crash between two steps costs nothing.</summary>
internal sealed class FileJobStore : IJobStore
{
    /// <summary>Far longer than anybody keeps a lock who does not hang.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly RecordFiles _records;
    private readonly StoreLocks _locks;
    private readonly TokenIndex _tokens;
    private readonly TokenIndex _providerJobs;
    private readonly FileLedger _ledger;
    private readonly AccountSlots _slots;
    private readonly DurationFiles _durations;

    /// <param name="home">The state folder.</param>
    /// <param name="read">Reads the file of a record, when it is not the system that shall.</param>
    /// <param name="time">Measures how long a lock is waited for; the system's, like that of whoever holds it.</param>
    public FileJobStore(string home, Func<string, byte[]>? read = null, TimeProvider? time = null)
    {
        string root = Path.Combine(home, "jobs");
        _records = new RecordFiles(root, read ?? File.ReadAllBytes);
        _locks = new StoreLocks(Path.Combine(root, "locks"), time ?? TimeProvider.System);
        _tokens = new TokenIndex(Path.Combine(root, "tokens"));
        _providerJobs = new TokenIndex(Path.Combine(root, "provider-ids"));
        _ledger = new FileLedger(Path.Combine(home, "ledger"), time ?? TimeProvider.System);
        _slots = new AccountSlots(Path.Combine(root, "queue"), _records, _ledger);
        _durations = new DurationFiles(Path.Combine(home, "durations"));
    }

    public Task AddAsync(StoredJob job, CancellationToken stop) => StoreFault.GuardAsync("record the job", async () =>
    {
        Prepare();
        using (await _locks.JobAsync(job.Job.Id, s_patience, stop).ConfigureAwait(false))
        {
            _records.Add(job);
            IndexProviderJob(job.Job);
        }

        return true;
    });

    public Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, SlotTerms terms, CancellationToken stop) => StoreFault.GuardAsync("record the job", async () =>
    {
        Prepare();
        string account = AccountKey.Of(job.Job);
        using (await _locks.TokenAsync(job.Job.ClientToken ?? job.Job.Id, terms.Patience, stop).ConfigureAwait(false))
        using (await _locks.AccountAsync(account, terms.Patience, stop).ConfigureAwait(false))
        {
            if (job.Job.ClientToken is { } token && FindByToken(token) is { } existing)
            {
                return new SlotVerdict(Taken: false, existing, [], []);
            }

            SlotVerdict verdict = await _slots.TryTakeAsync(account, job, terms, stop).ConfigureAwait(false);
            if (verdict.Taken)
            {
                if (job.Job.ClientToken is { } claimed)
                {
                    _tokens.Set(claimed, job.Job.Id);
                }

                _slots.Leave(account, job.Job.Id);
            }

            return verdict;
        }
    });

    public Task<bool> WithdrawAsync(StoredJob job) => StoreFault.GuardAsync("withdraw the job " + job.Job.Id, async () =>
    {
        using (await _locks.JobAsync(job.Job.Id, s_patience, CancellationToken.None).ConfigureAwait(false))
        {
            if (_records.Load(job.Job.Id) is not { } current)
            {
                return true; // Somebody else has withdrawn it; money is given back once.
            }

            if (current.Job.ProviderJobId is not null || (job.IsUnsent && !current.IsUnsent))
            {
                return false;
            }

            using (await _ledger.LockAsync(s_patience, CancellationToken.None).ConfigureAwait(false))
            {
                _ledger.Append(SpendEntry.Of(SpendEvent.Release, current.Job));
            }

            _records.Remove(job.Job.Id);
            return true;
        }
    });

    /// <summary>Without a lock: a stopped command must not wait for one, and a place is its owner's alone.</summary>
    public Task LeaveQueueAsync(StoredJob job) => StoreFault.GuardAsync("leave the queue", () =>
    {
        _slots.Leave(AccountKey.Of(job.Job), job.Job.Id);
        return Task.FromResult(true);
    });

    public Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop) =>
        StoreFault.GuardAsync("look for the token", () => Task.FromResult(FindByToken(clientToken)));

    public Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop) =>
        StoreFault.GuardAsync("look for the provider's id", () => Task.FromResult(FindByProviderJobId(provider, providerJobId)));

    public Task<StoredJob?> ClaimAsync(string id, string provider, string providerJobId, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        StoreFault.GuardAsync("adopt " + providerJobId, async () =>
        {
            Prepare();
            using (await _locks.TokenAsync(ProviderKey(provider, providerJobId), s_patience, stop).ConfigureAwait(false))
            {
                return FindByProviderJobId(provider, providerJobId) is { } other && other.Job.Id != id
                    ? null
                    : await UpdateAsync(id, change, stop).ConfigureAwait(false);
            }
        });

    public Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        StoreFault.GuardAsync("update the job " + id, async () =>
        {
            if (!JobId.IsValid(id) || !_records.Exist)
            {
                return null;
            }

            using (await _locks.JobAsync(id, s_patience, stop).ConfigureAwait(false))
            {
                if (_records.Load(id) is not { } before)
                {
                    return null;
                }

                StoredJob after = change(before);
                if (SpendEntry.Between(before, after) is { } entry)
                {
                    // First: entered twice after a crash it counts once, but a change that the record already has would never be entered.
                    using IDisposable ledger = await _ledger.LockAsync(s_patience, stop).ConfigureAwait(false);
                    _ledger.Append(entry);
                }

                if (!ReferenceEquals(before, after))
                {
                    Replace(before, after);
                }

                return after;
            }
        });

    public Task<StoredJob?> FindAsync(string id, CancellationToken stop) =>
        StoreFault.GuardAsync("read the job " + id, () => Task.FromResult(JobId.IsValid(id) ? _records.Load(id) : null));

    public async IAsyncEnumerable<StoredJob> ListAsync(
        JobScope scope, Action<SeedanceException> report, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (SeedanceException damaged in await StoreFault.GuardAsync("list the jobs", () => Task.FromResult(_records.Damaged())).ConfigureAwait(false))
        {
            report(damaged);
        }

        using IEnumerator<string> ids = _records.Ids(scope).GetEnumerator();
        while (await StoreFault.GuardAsync("list the jobs", () => Task.FromResult(ids.MoveNext())).ConfigureAwait(false))
        {
            stop.ThrowIfCancellationRequested();
            StoredJob? job = null;
            try
            {
                job = await StoreFault.GuardAsync("read the job " + ids.Current, () => Task.FromResult(_records.Load(ids.Current))).ConfigureAwait(false);
            }
            catch (SeedanceException error)
            {
                report(error);
            }

            if (job is not null && !(scope.OnlyUnfinished && job.Job.IsFinished))
            {
                yield return job;
            }
        }
    }

    public Task<bool> RemoveAsync(string id, CancellationToken stop) => StoreFault.GuardAsync("remove the job " + id, async () =>
    {
        if (!JobId.IsValid(id) || !_records.Exist)
        {
            return false;
        }

        StoredJob? gone;
        using (await _locks.JobAsync(id, s_patience, stop).ConfigureAwait(false))
        {
            gone = _records.Load(id);
            _records.Remove(id);
        }

        // After the record: a crash in between leaves files that lead nowhere, never a job that its token does not find.
        await ForgetAsync(_tokens, gone?.Job.ClientToken, id).ConfigureAwait(false);
        await ForgetAsync(_providerJobs, gone?.Job.ProviderJobId is { } providerJobId ? ProviderKey(gone.Job.Provider, providerJobId) : null, id).ConfigureAwait(false);
        return gone is not null;
    });

    public Task<IReadOnlyList<SpendSum>> SumSpendAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop) =>
        StoreFault.GuardAsync("read the spend ledger", async () =>
        {
            string first = from is { } begin ? SpendEntry.DayOf(begin) : string.Empty;
            string last = to is { } end ? SpendEntry.DayOf(end) : "9999";
            if (_ledger.Days().Count == 0)
            {
                return [];
            }

            using IDisposable ledger = await _ledger.LockAsync(s_patience, stop).ConfigureAwait(false);
            return (IReadOnlyList<SpendSum>)[.. _ledger.Days()
                .Where(day => string.CompareOrdinal(day, first) >= 0 && string.CompareOrdinal(day, last) <= 0)
                .SelectMany(_ledger.Sums)];
        });

    public Task AddDurationAsync(string kind, TimeSpan duration, CancellationToken stop) => StoreFault.GuardAsync("note how long a job took", async () =>
    {
        Prepare();
        using (await _locks.DurationsAsync(kind, s_patience, stop).ConfigureAwait(false))
        {
            _durations.Add(kind, duration);
        }

        return true;
    });

    public Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, CancellationToken stop) =>
        StoreFault.GuardAsync("read how long jobs take", () => Task.FromResult(_durations.Read(kind)));

    private void Prepare()
    {
        _records.Prepare();
        _locks.Prepare();
    }

    private StoredJob? FindByToken(string token) => _tokens.Find(token) is { } id ? _records.Load(id) : null;

    private static string ProviderKey(string provider, string providerJobId) => provider.ToLowerInvariant() + "|" + providerJobId;

    private StoredJob? FindByProviderJobId(string provider, string providerJobId)
    {
        StoredJob? found = _providerJobs.Find(ProviderKey(provider, providerJobId)) is { } id ? _records.Load(id) : null;
        return found?.Job.ProviderJobId == providerJobId ? found : null;
    }

    /// <summary>One at a time, and not under the job's lock: two tokens may share a lock, and tokens come before jobs.</summary>
    private async Task ForgetAsync(TokenIndex index, string? token, string id)
    {
        if (token is not null)
        {
            using IDisposable held = await _locks.TokenAsync(token, s_patience, CancellationToken.None).ConfigureAwait(false);
            index.Remove(token, id);
        }
    }

    private void IndexProviderJob(SeedanceJob job)
    {
        if (job.ProviderJobId is { } providerJobId)
        {
            _providerJobs.Set(ProviderKey(job.Provider, providerJobId), job.Id);
        }
    }

    private void Replace(StoredJob before, StoredJob after)
    {
        if (before.Job.ProviderJobId != after.Job.ProviderJobId)
        {
            IndexProviderJob(after.Job); // First, so that no crash leaves a confirmed job that cannot be found by it.
        }

        _records.Replace(after);
    }
}
