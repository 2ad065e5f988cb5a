using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Seedance.Storage;

/// <summary>
/// Makes a rename, a new file or a new folder outlive a power cut. A flushed file is not enough: its name stands in its folder, which has
/// to reach the disk too. Windows writes a move through; elsewhere the renamed file and then its folder are flushed.
/// </summary>
internal static class DiskBarrier
{
    /// <summary>Hears each step in the order in which it reaches the disk; a test replays it with a power cut after every step.</summary>
    internal static AsyncLocal<Action<DiskStep>?> Watch { get; } = new();

    public static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    public static void Note(DiskAction action, string path, string? from = null) => Watch.Value?.Invoke(new DiskStep(action, path, from));

    /// <summary>Renames and returns when the new name is on the disk.</summary>
    public static void Move(string from, string to, bool overwrite)
    {
        if (IsWindows)
        {
            const int ReplaceExisting = 1, WriteThrough = 8;
            if (!MoveFileEx(from, to, WriteThrough | (overwrite ? ReplaceExisting : 0)))
            {
                int error = Marshal.GetLastWin32Error();
                throw new IOException(new Win32Exception(error).Message + " (" + to + ")", unchecked((int)0x80070000) | error);
            }

            return;
        }

        AtomicFile.Rename(from, to, overwrite);
        FlushFile(to); // Where the system cannot flush a folder, this brings the rename along.
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>
    /// Makes a folder and those above it, so that no power cut takes it with all that was flushed in it. Nothing happens when it is there.
    /// <paramref name="make"/> makes one folder in one that there is.
    /// </summary>
    public static void CreateFolder(string path, Action<string> make)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
        {
            CreateFolder(parent, make);
        }

        make(path);
        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    /// <summary>Brings the names in a folder to the disk. Some systems refuse, such as FAT; they keep what they keep.</summary>
    public static void FlushFolder(string folder)
    {
        if (!IsWindows)
        {
            Flush(folder);
            Note(DiskAction.FlushFolder, folder);
        }
    }

    private static void FlushFile(string path)
    {
        Flush(path);
        Note(DiskAction.FlushFile, path);
    }

    private static void Flush(string path)
    {
        int handle = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        if (handle < 0)
        {
            return;
        }

        try
        {
            const int IOError = 5, NoSpace = 28;
            if (FSync(handle) != 0 && Marshal.GetLastWin32Error() is IOError or NoSpace)
            {
                throw new IOException("The disk did not take " + path + ".");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}

internal enum DiskAction
{
    Write,
    FlushFile,
    Rename,
    FlushFolder,
}

/// <summary>What was asked of the disk.</summary>
internal sealed record DiskStep(DiskAction Action, string Path, string? From);
