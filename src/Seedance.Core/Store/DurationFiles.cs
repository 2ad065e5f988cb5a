using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// How long jobs took: a small file per kind of job, a line per job. Lines are appended and not flushed to the disk, for a power cut may cost a few; a line
/// that a crash cut short lacks its mark and is skipped. A file that has grown is written anew with its latest lines. Written under the kind's lock.
/// </summary>
internal sealed class DurationFiles(string folder)
{
    /// <summary>Enough to tell the middle within a few percent, few enough to follow a host that gets faster.</summary>
    public const int Kept = 100;

    private const long LargestFile = 4 * 1024;
    private const char Mark = ';';

    public IReadOnlyList<TimeSpan> Read(string kind)
    {
        try
        {
            return Parse(ReadAll(PathOf(kind)));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    public void Add(string kind, TimeSpan duration)
    {
        StateFolder.Create(folder);
        string path = PathOf(kind);
        string line = Line(duration);
        if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
        {
            TimeSpan[] known = Parse(ReadAll(path));
            IEnumerable<string> latest = known.Skip(Math.Max(0, known.Length - Kept + 1)).Select(Line);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(Head(kind) + string.Concat(latest) + line), overwrite: true, ownerOnly: true, durable: false);
            return;
        }

        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        bool fresh = file.Length == 0;
        file.Seek(0, SeekOrigin.End);
        byte[] bytes = Encoding.UTF8.GetBytes(fresh ? Head(kind) + line : "\n" + line); // The first break ends a line that was cut short.
        file.Write(bytes, 0, bytes.Length);
    }

    private static string Line(TimeSpan duration) => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + Mark + "\n";

    private static string Head(string kind) => "# " + kind + "\n";

    private static string ReadAll(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static TimeSpan[] Parse(string text)
    {
        List<TimeSpan> durations = [];
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 1 && line[line.Length - 1] == Mark
                && double.TryParse(line.Substring(0, line.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                && seconds is > 0 and < 1e7)
            {
                durations.Add(TimeSpan.FromSeconds(seconds));
            }
        }

        return [.. durations.Skip(Math.Max(0, durations.Count - Kept))];
    }

    private string PathOf(string kind) => Path.Combine(folder, AccountKey.Hash(kind).Substring(0, 24));
}
