namespace Seedance.Storage;

/// <summary>Files that only their owner may read: mode 0600 from the first moment. On Windows their folder decides.</summary>
internal static class OwnFile
{
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = mode,
                Access = access,
                Share = share,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
#endif
        return new FileStream(path, mode, access, share);
    }
}
