using System.Text.Json;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// One file per job. Unfinished ones stand in <c>open</c>, in a folder per account, finished ones in <c>done</c>, in a folder per day or in <c>late</c>, so that
/// finding one by id, listing what still runs or a few days of many, and counting what an account has in flight take no scan of the rest. A job that moves,
/// in that order unless its host had forgotten it, is written to its new place before it leaves the old one, so a crash in between leaves it in both; the later place then
/// counts. Takes no lock; its caller holds it.
/// </summary>
/// <param name="root">Of all of them.</param>
/// <param name="read">Reads a file; a test counts what is read.</param>
internal sealed class RecordFiles(string root, Func<string, byte[]> read)
{
    private readonly string _open = Path.Combine(root, "open");
    private readonly string _done = Path.Combine(root, "done");
    private readonly string _late = Path.Combine(root, "done", "late");
    private readonly RecordListing _listing = new(Path.Combine(root, "open"), Path.Combine(root, "done"));
    private readonly DamagedRecords _damaged = new(root);

    public bool Exist => Directory.Exists(root);

    public void Prepare()
    {
        StateFolder.Create(_open);
        StateFolder.Create(_done);
    }

    /// <summary>Writes a record that must not be there yet, and tells where it stands.</summary>
    public string Add(StoredJob job)
    {
        string path = PathOf(job.Job);
        AtomicFile.Write(path, JobDocument.Write(job), overwrite: false, ownerOnly: true);
        return path;
    }

    public void Replace(StoredJob job)
    {
        string path = PathOf(job.Job);
        AtomicFile.Write(path, JobDocument.Write(job), overwrite: true, ownerOnly: true);
        foreach (string old in PathsOf(job.Job.Id).Where(place => place != path))
        {
            File.Delete(old);
        }
    }

    /// <summary>False when there is none.</summary>
    public bool Remove(string id)
    {
        string[] places = PathsOf(id);
        foreach (string path in places)
        {
            File.Delete(path);
        }

        return places.Length > 0;
    }

    /// <summary>Where the job stands now, in the order in which it moves: nowhere, in one place, or in two after a crash.</summary>
    private string[] PathsOf(string id) => PathsOf(id, Folders());

    /// <summary>The ids of all that may be in scope, each once and in its order; found out while it is gone through.</summary>
    public IEnumerable<string> Ids(JobScope scope) => _listing.Ids(scope);

    /// <summary>One error for each damaged record that is kept.</summary>
    public IReadOnlyList<SeedanceException> Damaged() => [.. _damaged.All()];

    /// <summary>The account's jobs that have not ended, oldest first, and an error for each that cannot be read and may be one of them.</summary>
    public (IReadOnlyList<StoredJob> Jobs, IReadOnlyList<SeedanceException> Unreadable) OpenOf(string account)
    {
        string own = Path.Combine(_open, account);
        List<StoredJob> jobs = [];
        List<SeedanceException> unreadable = [.. _damaged.In([_open, own])];
        foreach (string id in RecordListing.IdsIn(own).Union(RecordListing.IdsIn(_open), StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal))
        {
            try
            {
                if (Load(id, [_open, own]) is { Job.IsFinished: false } job && AccountKey.Of(job.Job) == account)
                {
                    jobs.Add(job);
                }
            }
            catch (SeedanceException error)
            {
                unreadable.Add(error);
            }
        }

        return (jobs, unreadable);
    }

    /// <summary>Null when there is none. A damaged one is set aside, and the error says where it is kept: now and whenever it is asked for again.</summary>
    public StoredJob? Load(string id) => Load(id, Folders()) ?? Load(id, Folders()); // One that its host knows again moves back, and may do so during the first look.

    private StoredJob? Load(string id, IReadOnlyList<string> folders)
    {
        while (PathsOf(id, folders) is [.., var path])
        {
            byte[] bytes;
            try
            {
                bytes = read(path);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // It has moved on, or is gone.
            }

            try
            {
                StoredJob job = JobDocument.Read(bytes);
                return job.Owner is { IsForeign: true } ? job with { Touched = File.GetLastWriteTimeUtc(path) } : job;
            }
            catch (NotSupportedException error)
            {
                throw new SeedanceException(ErrorCode.StoreFailure, "Could not read the job " + id + ": " + error.Message, error)
                {
                    Target = path,
                    RecommendedAction = "Update the module on this machine.",
                };
            }
            catch (Exception error) when (error is not OutOfMemoryException) // Whatever a record holds, it is that record's trouble and nobody else's.
            {
                throw _damaged.SetAside(path, error);
            }
        }

        return _damaged.Find(id) is { } damaged ? throw damaged : null;
    }

    /// <summary>Looked at in the order of moves, one that moves meanwhile is not missed.</summary>
    private string[] PathsOf(string id, IReadOnlyList<string> folders) =>
        [.. folders.Append(Path.Combine(_done, JobId.Day(id))).Append(_late).Select(folder => Path.Combine(folder, id + ".json")).Where(File.Exists)];

    /// <summary>Wherever unfinished jobs may stand: those of an early version directly in <c>open</c>.</summary>
    private IReadOnlyList<string> Folders() => Directory.Exists(_open) ? [_open, .. Directory.EnumerateDirectories(_open)] : [];

    private string PathOf(SeedanceJob job)
    {
        string folder = FolderOf(job);
        StateFolder.Create(folder);
        return Path.Combine(folder, job.Id + ".json");
    }

    private string FolderOf(SeedanceJob job)
    {
        if (!job.IsFinished)
        {
            return Path.Combine(_open, AccountKey.Of(job));
        }

        // What was late once stays there, so that no job ever moves back.
        return DayRange.IsKeptBy(job) && !File.Exists(Path.Combine(_late, job.Id + ".json")) ? Path.Combine(_done, JobId.Day(job.Id)) : _late;
    }
}
