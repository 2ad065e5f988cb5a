using System.Runtime.InteropServices;
using Seedance.Storage;

#if NETSTANDARD2_0
#endif

namespace Seedance.Downloads;

/// <summary>A file that one process holds at a time and may move away while it does.</summary>
internal static class LockedFile
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits a while for another process that saves the same file.</summary>
    public static async Task<FileStream> OpenAsync(string path, TimeProvider time, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } file)
            {
                return file;
            }

            if (time.GetElapsedTime(begun) >= s_longestWait)
            {
                const string Action = "Let it finish, then save again; a file that is there by then is recognised.";
                throw new SeedanceException(ErrorCode.SaveFailed, "Another process is saving the same file: " + path + ".")
                {
                    RecommendedAction = Action,
                    Target = path,
                };
            }

            await time.After(s_lookAgain, stop).ConfigureAwait(false);
        }
    }

    private static FileStream? TryOpen(string path)
    {
#if NETSTANDARD2_0
        bool windows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#else
        bool windows = OperatingSystem.IsWindows();
#endif
        // Windows lets a held file be renamed where deletion is shared; elsewhere only None is an exclusive lock.
        FileShare share = windows ? FileShare.Delete : FileShare.None;
        try
        {
            // One that was made here is new: what somebody puts there meanwhile, such as a link to another file, is not opened in its
            // place.
            FileMode mode = PartName.IsTaken(path) ? FileMode.Open : FileMode.CreateNew;
            FileStream file = new(path, mode, FileAccess.ReadWrite, share, bufferSize: 1);
            if (PartName.IsTaken(path) && PartName.IsPlain(path))
            {
                return file;
            }

            file.Dispose(); // Its holder moved it into place between our opening and our locking, or a link took its place.
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException error) when (FileLock.IsHeld(error) || PartName.IsTaken(path))
        {
            return null;
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(path, error);
        }
    }
}
