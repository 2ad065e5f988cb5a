using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Spending;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// One file per job. Unfinished ones stand in <c>jobs/open</c>, finished ones in a folder per day, so that finding one by id and listing what
/// still runs take no scan of the history. A crash while a job moves leaves it in both places; the finished one then counts.
/// </summary>
internal sealed class FileJobStore : IJobStore
{
    private const int Locks = 16;
    private readonly string _root;
    private readonly string _open;
    private readonly string _done;
    private readonly TokenIndex _tokens;
    private readonly TokenIndex _providerJobs;
    private readonly FileLedger _ledger;
    private readonly DurationFiles _durations;

    public FileJobStore(string home)
    {
        _root = Path.Combine(home, "jobs");
        _open = Path.Combine(_root, "open");
        _done = Path.Combine(_root, "done");
        _tokens = new TokenIndex(Path.Combine(_root, "tokens"));
        _providerJobs = new TokenIndex(Path.Combine(_root, "provider-ids"));
        _ledger = new FileLedger(Path.Combine(home, "ledger"));
        _durations = new DurationFiles(Path.Combine(home, "durations"));
    }

    public Task AddAsync(StoredJob job, CancellationToken stop) => GuardAsync("record the job", async () =>
    {
        Prepare();
        using (await LockAsync("job", job.Job.Id, stop).ConfigureAwait(false))
        {
            AtomicFile.Write(PathOf(job.Job), JobDocument.Write(job), overwrite: false, ownerOnly: true);
            IndexProviderJob(job.Job);
        }

        return true;
    });

    public Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, SlotTerms terms, CancellationToken stop) => GuardAsync("record the job", async () =>
    {
        Prepare();
        string account = AccountKey.Of(job.Job);
        using (await LockAsync("tokens", job.Job.ClientToken ?? job.Job.Id, stop).ConfigureAwait(false))
        using (await LockAsync("account", account, stop).ConfigureAwait(false))
        {
            if (job.Job.ClientToken is { } token && FindByToken(token) is { } existing)
            {
                return new SlotVerdict(Taken: false, existing, [], Ahead: 0);
            }

            SlotQueue queue = Queue(account);
            int ahead = queue.Ahead(job.Job.Id);
            List<StoredJob> inFlight = InFlight(account);
            bool free = inFlight.Count + ahead < terms.Limit;
            if ((free || terms.Caps is not null) && await BookAsync(job, terms, free, stop).ConfigureAwait(false) is { } breach)
            {
                return new SlotVerdict(Taken: false, Existing: null, inFlight, ahead) { Breach = breach };
            }

            if (!free)
            {
                return new SlotVerdict(Taken: false, Existing: null, inFlight, ahead);
            }

            if (job.Job.ClientToken is { } claimed)
            {
                _tokens.Set(claimed, job.Job.Id);
            }

            queue.Leave(job.Job.Id);
            return new SlotVerdict(Taken: true, Existing: null, inFlight, ahead);
        }
    });

    public Task WithdrawAsync(StoredJob job) => GuardAsync("withdraw the job " + job.Job.Id, async () =>
    {
        using (await LockAsync("job", job.Job.Id, CancellationToken.None).ConfigureAwait(false))
        {
            string[] places = [.. Places(job.Job.Id).Where(File.Exists)];
            if (places.Length > 0) // Else somebody else has withdrawn it; money is given back once.
            {
                using IDisposable ledger = await _ledger.LockAsync(CancellationToken.None).ConfigureAwait(false);
                _ledger.Append(SpendEntry.Of(SpendEvent.Release, job.Job));
            }

            foreach (string path in places)
            {
                File.Delete(path);
            }

            return true;
        }
    });

    /// <summary>Without a lock: a stopped command must not wait for one, and a place is its owner's alone.</summary>
    public Task LeaveQueueAsync(StoredJob job) => GuardAsync("leave the queue", () =>
    {
        Queue(AccountKey.Of(job.Job)).Leave(job.Job.Id);
        return Task.FromResult(true);
    });

    public Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop) =>
        GuardAsync("look for the token", () => Task.FromResult(FindByToken(clientToken)));

    public Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop) =>
        GuardAsync("look for the provider's id", () => Task.FromResult(FindByProviderJobId(provider, providerJobId)));

    public Task<StoredJob?> ClaimAsync(string id, string provider, string providerJobId, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        GuardAsync("adopt " + providerJobId, async () =>
        {
            Prepare();
            using (await LockAsync("tokens", ProviderKey(provider, providerJobId), stop).ConfigureAwait(false))
            {
                return FindByProviderJobId(provider, providerJobId) is { } other && other.Job.Id != id
                    ? null
                    : await UpdateAsync(id, change, stop).ConfigureAwait(false);
            }
        });

    public Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        GuardAsync("update the job " + id, async () =>
        {
            if (!JobId.IsValid(id) || !Directory.Exists(_root))
            {
                return null;
            }

            using (await LockAsync("job", id, stop).ConfigureAwait(false))
            {
                if (Load(id) is not { } before)
                {
                    return null;
                }

                StoredJob after = change(before);
                if (SpendEntry.Between(before, after) is { } entry)
                {
                    // First: entered twice after a crash it counts once, but a change that the record already has would never be entered.
                    using IDisposable ledger = await _ledger.LockAsync(stop).ConfigureAwait(false);
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
        GuardAsync("read the job " + id, () => Task.FromResult(JobId.IsValid(id) ? Load(id) : null));

    public async IAsyncEnumerable<StoredJob> ListAsync(
        JobScope scope, Action<SeedanceException> report, [EnumeratorCancellation] CancellationToken stop)
    {
        string[] paths = await GuardAsync("list the jobs", () => Task.FromResult(Paths(scope))).ConfigureAwait(false);
        string? last = null;
        foreach (string path in paths)
        {
            stop.ThrowIfCancellationRequested();
            string id = Path.GetFileNameWithoutExtension(path);
            if (id == last)
            {
                continue; // In both places; the finished one came first.
            }

            last = id;
            StoredJob? job = null;
            try
            {
                job = await GuardAsync("read the job " + id, () => Task.FromResult(Load(id))).ConfigureAwait(false);
            }
            catch (SeedanceException error)
            {
                report(error);
            }

            if (job is not null && (scope == JobScope.All || !job.Job.IsFinished))
            {
                yield return job;
            }
        }
    }

    public Task<bool> RemoveAsync(string id, CancellationToken stop) => GuardAsync("remove the job " + id, async () =>
    {
        if (!JobId.IsValid(id) || !Directory.Exists(_root))
        {
            return false;
        }

        using (await LockAsync("job", id, stop).ConfigureAwait(false))
        {
            string[] places = [.. Places(id).Where(File.Exists)];
            foreach (string path in places)
            {
                File.Delete(path);
            }

            return places.Length > 0;
        }
    });

    public Task<IReadOnlyList<SpendSum>> SumSpendAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop) =>
        GuardAsync("read the spend ledger", async () =>
        {
            string first = from is { } begin ? SpendEntry.DayOf(begin) : string.Empty;
            string last = to is { } end ? SpendEntry.DayOf(end) : "9999";
            if (_ledger.Days().Count == 0)
            {
                return [];
            }

            using IDisposable ledger = await _ledger.LockAsync(stop).ConfigureAwait(false);
            return (IReadOnlyList<SpendSum>)[.. _ledger.Days()
                .Where(day => string.CompareOrdinal(day, first) >= 0 && string.CompareOrdinal(day, last) <= 0)
                .SelectMany(_ledger.Sums)];
        });

    public Task AddDurationAsync(string kind, TimeSpan duration, CancellationToken stop) => GuardAsync("note how long a job took", async () =>
    {
        Prepare();
        using (await LockAsync("durations", kind, stop).ConfigureAwait(false))
        {
            _durations.Add(kind, duration);
        }

        return true;
    });

    public Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, CancellationToken stop) =>
        GuardAsync("read how long jobs take", () => Task.FromResult(_durations.Read(kind)));

    private static async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NotSupportedException error)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "Could not " + what + ": " + error.Message, error)
            {
                RecommendedAction = "Update the module on this machine.",
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "Could not " + what + ": " + error.Message, error)
            {
                RecommendedAction = "Check that the state folder exists, is yours and has room; SEEDANCE_HOME can name another.",
            };
        }
    }

    private void Prepare()
    {
        StateFolder.Create(_open);
        StateFolder.Create(_done);
        StateFolder.Create(Path.Combine(_root, "locks"));
    }

    /// <summary>Always in the order token, account, job, so that no two processes wait for each other.</summary>
    private Task<IDisposable> LockAsync(string sort, string name, CancellationToken stop)
    {
        int slot = name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & (Locks - 1);
        string file = sort + "-" + slot.ToString(CultureInfo.InvariantCulture) + ".lock";
        return FileLock.TakeAsync(Path.Combine(_root, "locks", file), stop);
    }

    /// <summary>
    /// Looks at the caps, then records the job and reserves its price, record first: a crash between the two leaves a record without a reservation, and a
    /// request that never left, where the other order would leave money reserved that no record can give back.
    /// </summary>
    private async Task<SpendBreach?> BookAsync(StoredJob job, SlotTerms terms, bool record, CancellationToken stop)
    {
        SpendEntry reservation = SpendEntry.Of(SpendEvent.Reserve, job.Job);
        using IDisposable ledger = await _ledger.LockAsync(stop).ConfigureAwait(false);
        if (terms.Caps is { } caps && _ledger.Check(caps, reservation, terms.MayBeUnknown) is { } breach)
        {
            return breach;
        }

        if (record)
        {
            string path = PathOf(job.Job);
            AtomicFile.Write(path, JobDocument.Write(job with { IsBooked = true }), overwrite: false, ownerOnly: true);
            try
            {
                _ledger.Append(reservation);
            }
            catch
            {
                AtomicFile.TryDelete(path);
                throw;
            }
        }

        return null;
    }

    private SlotQueue Queue(string account) => new(Path.Combine(_root, "queue", account));

    private StoredJob? FindByToken(string token) => _tokens.Find(token) is { } id && JobId.IsValid(id) ? Load(id) : null;

    private List<StoredJob> InFlight(string account)
    {
        List<StoredJob> jobs = [];
        foreach (string path in Paths(JobScope.Unfinished))
        {
            StoredJob? job;
            try
            {
                job = Load(Path.GetFileNameWithoutExtension(path));
            }
            catch (SeedanceException)
            {
                continue; // Set aside by now; a listing reports it.
            }

            if (job is { Job.IsFinished: false } && AccountKey.Of(job.Job) == account)
            {
                jobs.Add(job);
            }
        }

        return jobs;
    }

    private string PathOf(SeedanceJob job)
    {
        if (!job.IsFinished)
        {
            return Path.Combine(_open, job.Id + ".json");
        }

        string day = Path.Combine(_done, JobId.Day(job.Id));
        StateFolder.Create(day);
        return Path.Combine(day, job.Id + ".json");
    }

    private IEnumerable<string> Places(string id)
    {
        yield return Path.Combine(_done, JobId.Day(id), id + ".json");
        yield return Path.Combine(_open, id + ".json");
    }

    private string[] Paths(JobScope scope)
    {
        IEnumerable<string> paths = Directory.Exists(_open) ? Directory.EnumerateFiles(_open, "*.json") : [];
        if (scope == JobScope.All && Directory.Exists(_done))
        {
            paths = Directory.EnumerateFiles(_done, "*.json", SearchOption.AllDirectories).Concat(paths);
        }

        return [.. paths.Where(path => JobId.IsValid(Path.GetFileNameWithoutExtension(path))).OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    private static string ProviderKey(string provider, string providerJobId) => provider.ToLowerInvariant() + "|" + providerJobId;

    private StoredJob? FindByProviderJobId(string provider, string providerJobId)
    {
        StoredJob? found = _providerJobs.Find(ProviderKey(provider, providerJobId)) is { } id && JobId.IsValid(id) ? Load(id) : null;
        return found?.Job.ProviderJobId == providerJobId ? found : null;
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

        AtomicFile.Write(PathOf(after.Job), JobDocument.Write(after), overwrite: true, ownerOnly: true);
        if (after.Job.IsFinished && !before.Job.IsFinished)
        {
            File.Delete(Path.Combine(_open, after.Job.Id + ".json"));
        }
    }

    private StoredJob? Load(string id)
    {
        foreach (string path in Places(id))
        {
            byte[] bytes;
            try
            {
                bytes = File.ReadAllBytes(path);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                continue;
            }

            try
            {
                return JobDocument.Read(bytes);
            }
            catch (Exception error) when (error is JsonException or FormatException)
            {
                throw SetAside(path, error);
            }
            catch (NotSupportedException error)
            {
                throw new SeedanceException(ErrorCode.StoreFailure, "Could not read the job " + id + ": " + error.Message, error)
                {
                    Target = path,
                    RecommendedAction = "Update the module on this machine.",
                };
            }
        }

        return null;
    }

    private SeedanceException SetAside(string path, Exception cause)
    {
        string damaged = Path.Combine(_root, "damaged");
        StateFolder.Create(damaged);
        string kept = Path.Combine(damaged, Path.GetFileName(path));
        File.Delete(kept);
        File.Move(path, kept);
        return new SeedanceException(ErrorCode.StoreFailure, "The record of a job is damaged and was set aside: " + cause.Message, cause)
        {
            Target = kept,
            RecommendedAction = "The file is kept at " + kept + ". If the job was paid, look for it in the provider's dashboard.",
        };
    }
}
