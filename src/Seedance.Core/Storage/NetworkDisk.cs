namespace Seedance.Storage;

/// <summary>
/// Disks of other machines, on which the locks of a database do not hold or only seem to (https://sqlite.org/wal.html, "all processes must
/// be on the same host"): two machines would pay for the same job.
/// </summary>
internal static class NetworkDisk
{
    private static readonly HashSet<string> s_formats = new(
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "webdav", "davfs", "9p", "v9fs", "ceph", "lustre", "gpfs",
            "fuse.sshfs", "fuse.davfs", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.rclone", "fuse.s3fs", "fuse.gcsfuse", "fuse.blobfuse",
            "fuse.blobfuse2", "fuse.juicefs", "vboxsf", "prl_fs", "fuse.vmhgfs-fuse"],
        StringComparer.OrdinalIgnoreCase);

    public static void Refuse(string folder)
    {
        if (Format(folder) is { } format)
        {
            throw new SeedanceException(
                ErrorCode.StoreFailure,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The state folder {0} lies on a network disk ({1}), where the store's locks do not hold. Nothing was sent.", folder,
                    format))
            {
                Target = folder,
                RecommendedAction = "Set SEEDANCE_HOME to a folder on a disk of this machine.",
            };
        }
    }

    /// <summary>The type of a file system is as the table of mounts has it.</summary>
    public static bool IsOfAnotherMachine(string format) => s_formats.Contains(format);

    private static string? Format(string folder)
    {
        if (folder.StartsWith(@"\\", StringComparison.Ordinal) || folder.StartsWith("//", StringComparison.Ordinal))
        {
            return "share";
        }

        try
        {
            DriveInfo drive = new(Path.DirectorySeparatorChar == '\\' ? Path.GetPathRoot(folder)! : Existing(folder));
            return drive.DriveType == DriveType.Network || IsOfAnotherMachine(drive.DriveFormat) ? drive.DriveFormat : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // The system does not tell; the database's own checks remain.
        }
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
