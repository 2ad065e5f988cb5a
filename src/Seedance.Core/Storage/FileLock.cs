namespace Seedance.Storage;

/// <summary>
/// A lock between the processes of a machine. The system holds it on an open file, so a killed holder does not keep it; the file itself stays. Its time is the
/// system's whatever clock the rest runs on, since so is that of whoever holds it.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <param name="path">Of the lock.</param>
    /// <param name="most">How long it may be waited for; then it is an <see cref="ErrorCode.StoreFailure"/> of which <see cref="IsTimeout"/> is true.</param>
    /// <param name="time">The system's clock, but in tests.</param>
    /// <param name="stop">Ends the wait at once.</param>
    public static async Task<IDisposable> TakeAsync(string path, TimeSpan most, TimeProvider time, CancellationToken stop)
    {
        LockProof.Ensure(Path.GetDirectoryName(path)!);
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException error) when (IsHeld(error)) // Anything else, such as a disk that cannot be written, would be waited for without end.
            {
                if (time.GetElapsedTime(begun) >= most)
                {
                    throw TimedOut(path, most);
                }

                await time.After(s_pause, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether this came of a lock that another process did not let go; what was to be done under it was not begun.</summary>
    public static bool IsTimeout(SeedanceException error) => error is { Code: ErrorCode.StoreFailure, InnerException: TimeoutException };

    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsHeld(IOException error) => error.HResult is
        unchecked((int)0x80070020) or unchecked((int)0x80070021) // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
        or 11 or 35; // EWOULDBLOCK of Linux and of macOS.

    private static SeedanceException TimedOut(string path, TimeSpan waited) => new(
        ErrorCode.StoreFailure,
        string.Format(CultureInfo.InvariantCulture, "The lock {0} of the state folder was held by another process for more than {1:0.#} s.", path, waited.TotalSeconds),
        new TimeoutException())
    {
        Target = path,
        RecommendedAction = string.Format(
            CultureInfo.InvariantCulture, "See which process has that file open (on Linux: fuser {0}) and end it if it hangs, then try again. The file itself may stay.", path),
    };
}
