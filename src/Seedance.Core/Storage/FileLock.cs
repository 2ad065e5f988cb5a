namespace Seedance.Storage;

/// <summary>Files that another process holds.</summary>
internal static class FileLock
{
    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsHeld(IOException error) => error.HResult is
        unchecked((int)0x80070020) or unchecked((int)0x80070021) // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
        or 11 or 35; // EWOULDBLOCK of Linux and of macOS.
}
