#if !NETSTANDARD2_0
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
#endif

namespace Seedance.Downloads;

/// <summary>
/// Brings a growing file to the disk: where the system can, most of it while more arrives, so that the flush at the end has little left to
/// do. Linux is only told to begin, which costs no thread and no entry in the file system's journal; what goes wrong then, the flush at the
/// end says.
/// </summary>
internal sealed class DiskFlush
{
    private readonly FileStream _file;
#if !NETSTANDARD2_0
    private const int Every = 8 * 1024 * 1024;
    private const uint BeginWriting = 2; // SYNC_FILE_RANGE_WRITE

    private readonly SafeFileHandle _handle;
    private Task _flushing = Task.CompletedTask;
    private long _unflushed;
#endif

    public DiskFlush(FileStream file)
    {
        _file = file;
#if !NETSTANDARD2_0
        _handle = file.SafeFileHandle;
#endif
    }

#if !NETSTANDARD2_0
    /// <summary>So much was added at the end.</summary>
    public void Begin(int count)
    {
        _unflushed += count;
        if (_unflushed < Every || !_flushing.IsCompletedSuccessfully)
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            // A file system that cannot leaves all to the end.
            _ = SyncFileRange(_handle, _file.Position - _unflushed, _unflushed, BeginWriting);
        }
        else
        {
            _flushing = Task.Factory.StartNew(
                () => RandomAccess.FlushToDisk(_handle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        _unflushed = 0;
    }
#endif

    public void Finish()
    {
#if !NETSTANDARD2_0
        _flushing.GetAwaiter().GetResult(); // The system reports a failed write to one flush only; it may have been this one.
#endif
        _file.Flush(flushToDisk: true);
    }

#if !NETSTANDARD2_0
    [DllImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long offset, long count, uint flags);
#endif
}
