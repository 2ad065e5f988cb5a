namespace Seedance.Downloads;

/// <summary>Turns what the file system says into an error that names the path and the way out.</summary>
internal static class DiskErrors
{
    public static bool IsDiskError(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    public static SeedanceException Describe(string path, Exception error)
    {
        (string what, string action) = error switch
        {
            IOException io when IsFull(io) =>
                ("The disk is full",
                    "Free some space or choose another -Destination, then save again: the part that arrived is kept and goes on."),
            UnauthorizedAccessException =>
                ("Writing is not allowed", "Choose a -Destination that this account may write to, then save again."),
            PathTooLongException => ("The path is too long", "Choose a shorter -Destination or -Name."),
            DirectoryNotFoundException or FileNotFoundException =>
                ("The folder does not exist and cannot be made", "Choose another -Destination."),
            IOException { HResult: ReadOnlyFileSystem } =>
                ("The file system is read-only", "Choose another -Destination, then save again."),
            _ => (error.Message.TrimEnd('.'), "Choose another -Destination, or put it right and save again."),
        };
        return new SeedanceException(ErrorCode.SaveFailed, what + ": " + path + ".", error) { RecommendedAction = action, Target = path };
    }

    private const int ReadOnlyFileSystem = 30; // EROFS; .NET leaves the number of the Unix error in HResult.

    private static bool IsFull(IOException error) => error.HResult switch
    {
        unchecked((int)0x80070070) or unchecked((int)0x80070027) => true, // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL.
        28 or 122 or 69 => true, // ENOSPC; EDQUOT of Linux and of macOS.
        _ => false,
    };
}
