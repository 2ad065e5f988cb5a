using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
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
    private readonly TimeProvider _time;

    public FileJobStore(string home, TimeProvider time)
    {
        _root = Path.Combine(home, "jobs");
        _open = Path.Combine(_root, "open");
        _done = Path.Combine(_root, "done");
        _time = time;
    }

    public Task AddAsync(StoredJob job, CancellationToken stop) => GuardAsync("record the job", async () =>
    {
        Prepare();
        using (await LockAsync(job.Job.Id, stop).ConfigureAwait(false))
        {
            AtomicFile.Write(PathOf(job.Job), JobDocument.Write(job), overwrite: false, ownerOnly: true);
        }

        return true;
    });

    public Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop) =>
        GuardAsync("update the job " + id, async () =>
        {
            if (!JobId.IsValid(id) || !Directory.Exists(_root))
            {
                return null;
            }

            using (await LockAsync(id, stop).ConfigureAwait(false))
            {
                if (Load(id) is not { } before)
                {
                    return null;
                }

                StoredJob after = change(before);
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

        using (await LockAsync(id, stop).ConfigureAwait(false))
        {
            string[] places = [.. Places(id).Where(File.Exists)];
            foreach (string path in places)
            {
                File.Delete(path);
            }

            return places.Length > 0;
        }
    });

    private static async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
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

    private Task<IDisposable> LockAsync(string id, CancellationToken stop)
    {
        int slot = id.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & (Locks - 1);
        string name = slot.ToString(CultureInfo.InvariantCulture) + ".lock";
        return FileLock.TakeAsync(Path.Combine(_root, "locks", name), _time, stop);
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

    private void Replace(StoredJob before, StoredJob after)
    {
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
