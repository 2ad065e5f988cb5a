using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// One file per job. Unfinished ones stand in <c>open</c>, finished ones in a folder per day, so that finding one by id and listing what still runs
/// take no scan of the history. A crash while a job moves leaves it in both places; the finished one then counts. Takes no lock; its caller holds it.
/// </summary>
internal sealed class RecordFiles(string root)
{
    private readonly string _open = Path.Combine(root, "open");
    private readonly string _done = Path.Combine(root, "done");

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

    public void Replace(StoredJob before, StoredJob after)
    {
        AtomicFile.Write(PathOf(after.Job), JobDocument.Write(after), overwrite: true, ownerOnly: true);
        if (after.Job.IsFinished && !before.Job.IsFinished)
        {
            File.Delete(Path.Combine(_open, after.Job.Id + ".json"));
        }
    }

    /// <summary>Where the job stands now: nowhere, in one place, or in both after a crash.</summary>
    public string[] PathsOf(string id) => [.. Places(id).Where(File.Exists)];

    /// <summary>All that are in scope, oldest first; one that stands in both places is named twice, the finished one first.</summary>
    public string[] PathsOf(JobScope scope)
    {
        IEnumerable<string> paths = Directory.Exists(_open) ? Directory.EnumerateFiles(_open, "*.json") : [];
        if (scope == JobScope.All && Directory.Exists(_done))
        {
            paths = Directory.EnumerateFiles(_done, "*.json", SearchOption.AllDirectories).Concat(paths);
        }

        return [.. paths.Where(path => JobId.IsValid(Path.GetFileNameWithoutExtension(path))).OrderBy(Path.GetFileName, StringComparer.Ordinal)];
    }

    /// <summary>Null when there is none. A damaged one is set aside, and the error says where it is kept.</summary>
    public StoredJob? Load(string id)
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

    private IEnumerable<string> Places(string id)
    {
        yield return Path.Combine(_done, JobId.Day(id), id + ".json");
        yield return Path.Combine(_open, id + ".json");
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

    private SeedanceException SetAside(string path, Exception cause)
    {
        string damaged = Path.Combine(root, "damaged");
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
