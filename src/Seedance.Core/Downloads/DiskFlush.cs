#if !NETSTANDARD2_0
using Microsoft.Win32.SafeHandles;
#endif

namespace Seedance.Downloads;

/// <summary>Brings a growing file to the disk: where the system can, most of it while more arrives, so that the flush at the end has little left to do.</summary>
internal sealed class DiskFlush
{
    private readonly FileStream _file;
#if !NETSTANDARD2_0
    private const int Every = 16 * 1024 * 1024;

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
    /// <summary>So much was added.</summary>
    public void Begin(int count)
    {
        _unflushed += count;
        if (_unflushed >= Every && _flushing.IsCompletedSuccessfully)
        {
            _unflushed = 0;
            _flushing = Task.Factory.StartNew(() => RandomAccess.FlushToDisk(_handle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }
#endif

    public void Finish()
    {
#if !NETSTANDARD2_0
        _flushing.GetAwaiter().GetResult(); // The system reports a failed write to one flush only; it may have been this one.
#endif
        _file.Flush(flushToDisk: true);
    }
}
