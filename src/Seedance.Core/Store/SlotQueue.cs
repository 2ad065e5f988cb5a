using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// Who waits for a slot of one account: a file per waiting submit, named so that the order of names is the order of arrival. A file whose process
/// is gone counts for nothing and is cleared away. Places are taken and counted under the account's lock; whoever leaves needs none.
/// </summary>
internal sealed class SlotQueue(string folder)
{
    /// <summary>Takes or keeps a place; tells how many come before it.</summary>
    public int Ahead(string id)
    {
        StateFolder.Create(folder);
        string own = Path.Combine(folder, id);
        if (!File.Exists(own))
        {
            // Not flushed: a queue does not outlive its processes, so neither need its places.
            ProcessMark mark = ProcessMark.Current;
            File.WriteAllText(own, string.Join("\n", mark.Machine, mark.ProcessId.ToString(CultureInfo.InvariantCulture), mark.StartedAt.ToString(CultureInfo.InvariantCulture)), Encoding.UTF8);
        }

        return Waiting().TakeWhile(place => string.CompareOrdinal(place, id) < 0).Count();
    }

    public void Leave(string id)
    {
        string own = Path.Combine(folder, id);
        if (File.Exists(own))
        {
            File.Delete(own);
        }
    }

    private IEnumerable<string> Waiting()
    {
        foreach (string path in Directory.EnumerateFiles(folder).OrderBy(path => path, StringComparer.Ordinal))
        {
            if (IsAlive(path))
            {
                yield return Path.GetFileName(path);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsAlive(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (FileNotFoundException)
        {
            return false; // It left in the same moment.
        }

        return lines.Length == 3
            && int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(lines[2], NumberStyles.None, CultureInfo.InvariantCulture, out long started)
            && new ProcessMark(lines[0], process, started).MayBeAlive;
    }
}
