using Seedance.Downloads;
using Seedance.Storage;

namespace Seedance.Jobs.Save;

/// <summary>
/// Where files are saved to. It is proved when a pipeline begins, before its first command has paid for anything: a folder that turns out
/// unwritable afterwards leaves paid videos at hosts that soon delete them.
/// </summary>
internal sealed class SaveFolder(Func<string, long?> freeBytes)
{
    private const long LeastFree = 64L * 1024 * 1024; // A clip in 4K, with its part and its sidecar.

    // As long as the longest name that a save uses, the draft of a part's note, since some file systems take fewer characters than others.
    private const int LongestName = FileNameTemplate.MostBytes + 23;

    public static SaveFolder OfSystem { get; } = new(FreeBytes);

    /// <summary>Makes the folder and writes to it; what was written is gone again.</summary>
    public string Prove(string path)
    {
        string folder = Open(path);
        string probe = Path.Combine(folder, ("seedance-write-test-" + Guid.NewGuid().ToString("N")).PadRight(LongestName, '-'));
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.Write(new byte[4096], 0, 4096);
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(folder, error);
        }

        if (freeBytes(folder) is { } free and < LeastFree)
        {
            string text = string.Format(CultureInfo.InvariantCulture,
                "Only {0:0.#} MiB are free where {1} is, which is less than one video may need.", free / 1048576.0, folder);
            throw new SeedanceException(
                ErrorCode.SaveFailed, text) { RecommendedAction = "Free some space or choose another -Destination.", Target = folder };
        }

        return folder;
    }

    /// <summary>For a rehearsal, which makes no folder: whether something other than a folder is in the way.</summary>
    public static void LookAt(string path)
    {
        string? place = Full(path);
        while (place is not null && !Directory.Exists(place))
        {
            if (File.Exists(place))
            {
                throw DiskErrors.Describe(path, new IOException("The file " + place + " is where a folder must be"));
            }

            place = Path.GetDirectoryName(place);
        }
    }

    /// <summary>Makes the folder where it is missing.</summary>
    public static string Open(string path)
    {
        try
        {
            string folder = Full(path);
            DiskBarrier.CreateFolder(folder, static place => Directory.CreateDirectory(place));
            return folder;
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(path, error);
        }
    }

    private static string Full(string path) => Path.IsPathRooted(path)
        ? Path.GetFullPath(path)
        : throw new SeedanceException(ErrorCode.SaveFailed,
            "'" + path + "' is no folder of a file system.") { RecommendedAction = "Choose another -Destination.", Target = path };

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            return null; // Such as a share without a drive letter: nobody says how much is free there.
        }
    }
}
