namespace Seedance.Downloads;

/// <summary>
/// The name that a part may have beside its target. One is ours only with our resume state beside it: whatever else has that name, a file
/// or a link, is somebody else's, and is neither emptied nor followed.
/// </summary>
internal static class PartName
{
    private const int Most = 100;

    /// <exception cref="SeedanceException">All of them are taken.</exception>
    public static string Choose(string target) => Candidates(target).FirstOrDefault(part => IsFree(part) || IsOurs(part))
        ?? throw DiskErrors.Describe(
            target + ".part", new IOException("Files that this module did not make have all the names that a part may have"));

    /// <summary>The state of an earlier save of the same source.</summary>
    public static (string Part, ResumeState State)? Find(string target, string source) => Candidates(target)
        .TakeWhile(part => !IsFree(part))
        .Where(IsStateOurs)
        .Select(part => (part, ResumeState.Read(part)))
        .Where(found => found.Item2?.Source == source)
        .Select(found => ((string, ResumeState)?)(found.part, found.Item2!))
        .FirstOrDefault();

    /// <summary>Anything at all, also a link that leads nowhere.</summary>
    public static bool IsTaken(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>A file, and neither a folder nor a link.</summary>
    public static bool IsPlain(string path)
    {
#if NETSTANDARD2_0
        FileAttributes attributes = File.GetAttributes(path);
        return !attributes.HasFlag(FileAttributes.ReparsePoint) && !attributes.HasFlag(FileAttributes.Directory);
#else
        // A file that is kept in the cloud is a reparse point and no link.
        return File.Exists(path) && new FileInfo(path).LinkTarget is null;
#endif
    }

    private static IEnumerable<string> Candidates(string target) => Enumerable.Range(1, Most)
        .Select(number => target + (number == 1 ? string.Empty : "." + number.ToString(CultureInfo.InvariantCulture)) + ".part");

    private static bool IsFree(string part) => !IsTaken(part) && !IsTaken(ResumeState.PathFor(part));

    private static bool IsOurs(string part) => IsStateOurs(part) && (!IsTaken(part) || IsPlain(part));

    private static bool IsStateOurs(string part) =>
        IsTaken(ResumeState.PathFor(part)) && IsPlain(ResumeState.PathFor(part)) && ResumeState.Read(part) is not null;
}
