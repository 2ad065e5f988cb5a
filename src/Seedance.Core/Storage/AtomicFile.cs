using System;
using System.IO;

namespace Seedance.Storage;

/// <summary>Writes a file so that a reader, a crash or a full disk finds the old one or the new one and nothing between.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary name beside the target, flushes to the disk, then renames.</summary>
    public static void Write(string path, byte[] bytes, bool overwrite, bool ownerOnly = false)
    {
        string temporary = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        try
        {
            using (FileStream stream = Create(temporary, ownerOnly))
            {
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(flushToDisk: true);
            }

            MoveIntoPlace(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Renames; throws <see cref="IOException"/> when the target exists and may not be replaced.</summary>
    public static void MoveIntoPlace(string part, string path, bool overwrite)
    {
#if NETSTANDARD2_0
        if (overwrite && File.Exists(path))
        {
            File.Replace(part, path, destinationBackupFileName: null);
            return;
        }

        File.Move(part, path);
#else
        File.Move(part, path, overwrite);
#endif
    }

    private static FileStream Create(string path, bool ownerOnly)
    {
#if NETSTANDARD2_0
        _ = ownerOnly; // Windows: the state folder under the user's profile is the user's own by inheritance.
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096);
#else
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#endif
    }
}
