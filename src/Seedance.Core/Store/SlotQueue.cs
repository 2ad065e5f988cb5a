using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// Who waits for a slot of one account: a file per waiting submit, named so that the order of names is the order of arrival. A file whose process
/// is gone counts for nothing and is cleared away. Places are taken and counted under the account's lock; whoever leaves needs none.
/// </summary>
internal sealed class SlotQueue(string folder)
{
    /// <summary>Takes or keeps a place; tells whose come before it.</summary>
    public IReadOnlyList<ProcessMark> Ahead(string id)
    {
        StateFolder.Create(folder);
        string own = Path.Combine(folder, id);
        if (File.Exists(own))
        {
            File.SetLastWriteTimeUtc(own, TimeProvider.System.GetUtcNow().UtcDateTime); // What other machines go by.
        }
        else
        {
            // Not flushed: a queue does not outlive its processes, so neither need its places.
            ProcessMark mark = ProcessMark.Current;
            File.WriteAllText(own, string.Join("\n", mark.Machine, mark.ProcessId.ToString(CultureInfo.InvariantCulture), mark.StartedAt.ToString(CultureInfo.InvariantCulture)), Encoding.UTF8);
        }

        return [.. Waiting().TakeWhile(place => string.CompareOrdinal(place.Id, id) < 0).Select(place => place.Owner)];
    }

    public void Leave(string id)
    {
        string own = Path.Combine(folder, id);
        if (File.Exists(own))
        {
            File.Delete(own);
        }
    }

    private IEnumerable<(string Id, ProcessMark Owner)> Waiting()
    {
        foreach (string path in Directory.EnumerateFiles(folder).OrderBy(path => path, StringComparer.Ordinal))
        {
            if (OwnerOf(path) is { } owner && owner.MayBeAlive(File.GetLastWriteTimeUtc(path)))
            {
                yield return (Path.GetFileName(path), owner);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    private static ProcessMark? OwnerOf(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (FileNotFoundException)
        {
            return null; // It left in the same moment.
        }

        return lines.Length == 3
            && int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(lines[2], NumberStyles.None, CultureInfo.InvariantCulture, out long started)
            ? new ProcessMark(lines[0], process, started)
            : null;
    }
}
