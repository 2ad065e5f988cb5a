namespace Seedance.Storage;

/// <summary>
/// Files that are there whole or not at all: written beside the target, flushed to the disk, then renamed. When a durable write returns,
/// the new name has reached the disk, too, so that no power cut brings the old one back.
/// </summary>
internal static class AtomicFile
{
    /// <summary>
    /// Without <paramref name="overwrite"/> an <see cref="IOException"/> is thrown when the target exists. <paramref name="ownerOnly"/> is
    /// mode 0600 from the first moment; folders decide on Windows. Without <paramref name="durable"/> the time of the write is the
    /// system's, for what may be lost but not torn.
    /// </summary>
    public static void Write(string path, byte[] bytes, bool overwrite, bool ownerOnly = false, bool durable = true)
    {
        string draft = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        try
        {
            using (FileStream file = Create(draft, ownerOnly))
            {
                file.Write(bytes, 0, bytes.Length);
                DiskBarrier.Note(DiskAction.Write, draft);
                file.Flush(durable);
            }

            if (durable)
            {
                DiskBarrier.Note(DiskAction.FlushFile, draft);
                MoveIntoPlace(draft, path, overwrite);
            }
            else
            {
                Rename(draft, path, overwrite);
            }
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
    }

    /// <summary>Renames a finished file of the same folder, for good; its bytes must have been flushed.</summary>
    public static void MoveIntoPlace(string part, string path, bool overwrite) => DiskBarrier.Move(part, path, overwrite);

    /// <summary>Renames; a power cut may bring the old name back.</summary>
    internal static void Rename(string part, string path, bool overwrite)
    {
#if NETSTANDARD2_0
        if (overwrite && File.Exists(path))
        {
            File.Replace(part, path, destinationBackupFileName: null); // The only rename over a file that .NET Framework has.
        }
        else
        {
            File.Move(part, path);
        }
#else
        File.Move(part, path, overwrite);
#endif
        DiskBarrier.Note(DiskAction.Rename, path, part);
    }

    /// <summary>Deletes a file with the drafts that processes left which were killed while they wrote it.</summary>
    public static void TryDeleteWithDrafts(string path)
    {
        TryDelete(path);
        try
        {
            foreach (string draft in Directory.EnumerateFiles(
                Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + ".????????.tmp"))
            {
                TryDelete(draft);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // They stay.
        }
    }

    /// <summary>Deletes what is no longer needed; a file that stays does no harm.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }
    }

    private static FileStream Create(string path, bool ownerOnly) => ownerOnly
        ? OwnFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None)
        : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
}
