using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Seedance.Storage;

/// <summary>
/// A lock between the processes of a machine. The system holds it on an open file, so a killed holder does not keep it; the file itself stays. Its time is the
/// system's whatever clock the rest runs on, since so is that of whoever holds it.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    public static async Task<IDisposable> TakeAsync(string path, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException error) when (IsHeld(error)) // Anything else, such as a disk that cannot be written, would be waited for without end.
            {
                await TimeProvider.System.After(s_pause, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsHeld(IOException error) => error.HResult is
        unchecked((int)0x80070020) or unchecked((int)0x80070021) // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
        or 11 or 35; // EWOULDBLOCK of Linux and of macOS.
}
