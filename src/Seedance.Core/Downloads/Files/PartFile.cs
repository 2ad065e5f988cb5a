using System.Security.Cryptography;
using Seedance.Storage;

namespace Seedance.Downloads;

/// <summary>
/// The file that a download grows in, held by one process at a time. Its hash grows with it on another thread. All of its errors are
/// <see cref="ErrorCode.SaveFailed"/>, so that whoever sees an <see cref="IOException"/> knows that the network threw it.
/// </summary>
internal sealed class PartFile : IDisposable
{
    // How much a killed process may lose; fast downloads end before the first and pay nothing.
    private static readonly TimeSpan s_checkpoint = TimeSpan.FromSeconds(2);

    private const int RoomForState = 64 * 1024;

    private readonly FileStream _file;
    private readonly DiskFlush _disk;
    private readonly TimeProvider _time;
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ResumeState _state;
    private long _checkpointAt;
    private long _hashed;

    private PartFile(string path, string source, FileStream file, TimeProvider time)
    {
        Path = path;
        _file = file;
        _disk = new DiskFlush(file);
        _time = time;
        _state = new ResumeState { Source = source };
        _checkpointAt = time.GetTimestamp();
    }

    public string Path { get; }

    private bool HashIsAhead => _hashed > Length; // A block could not be written, and a hash cannot go back.

    /// <summary>Bytes written; hashed too, once whoever adds them has come to an end.</summary>
    public long Length { get; private set; }

    public long? Total => _state.Total;

    public MediaValidator Validator => _state.Validator;

    /// <summary>Where an answer may go on; zero when nothing could prove that it belongs to these bytes.</summary>
    public long ResumeAt => Validator.IsStrong ? Length : 0;

    /// <summary>Nothing is missing, as far as the host's figures say.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>For looking into the finished file; never written through.</summary>
    public Stream Content => _file;

    /// <summary>Waits a while for another process that saves the same file, then takes up what an earlier one left.</summary>
    public static async Task<PartFile> OpenAsync(string path, string source, TimeProvider time, CancellationToken stop)
    {
        MarkAsOurs(path, source);
        PartFile part = new(path, source, await LockedFile.OpenAsync(path, time, stop).ConfigureAwait(false), time);
        try
        {
            await Task.Run(() => part.TakeUp(stop), stop).ConfigureAwait(false);
            return part;
        }
        catch (Exception error)
        {
            part.Dispose();
            if (IsError(error, stop))
            {
                throw DiskErrors.Describe(path, error);
            }

            throw;
        }
    }

    /// <summary>Begins an object anew; nothing of an earlier one stays.</summary>
    public void Begin(MediaValidator validator, long? total) => OnDisk(() =>
    {
        Empty();
        _state = new ResumeState { Source = _state.Source, Validator = validator, Total = total };
        _state.Write(Path);
    });

    public void StartOver() => Begin(MediaValidator.None, total: null);

    public void MarkComplete() => IsComplete = true;

    /// <summary>Adds to the file. Each block is also hashed, on whatever thread; writes keep to their order, and so do hashes.</summary>
    public void Write(byte[] block, int count) => OnDisk(() => Append(block, count));

    public void Hash(byte[] block, int count)
    {
        _hash.AppendData(block, 0, count);
        _hashed += count;
    }

    /// <summary>Notes what there is, for whoever goes on. Does not flush, so that Ctrl+C is quick; the hash makes up for it.</summary>
    public void Keep()
    {
        if (!_state.Validator.IsStrong || Length == 0)
        {
            return;
        }

        if (HashIsAhead)
        {
            GiveWay();
        }

        _state = _state with { Kept = Length, Sha256 = HashIsAhead ? null : TakeHash() };
        OnDisk(() => _state.Write(Path));
    }

    /// <summary>Flushes the finished file to the disk and says what its hash is; nothing can be appended after it.</summary>
    public Task<string> FinishAsync() => Task.Run(() =>
    {
        _state = _state with { Total = Length, Kept = Length, Sha256 = TakeHash() };
        OnDisk(() =>
        {
            _disk.Finish();
            _state.Write(Path);
        });
        return _state.Sha256!;
    });

    /// <summary>Leaves nothing behind.</summary>
    public void Discard()
    {
        AtomicFile.TryDelete(Path);
        AtomicFile.TryDelete(ResumeState.PathFor(Path));
    }

    public void Dispose()
    {
        _hash.Dispose();
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // All bytes were written with errors seen; closing has none of its own to add.
        }
    }

    /// <summary>
    /// Before there is a part: should this process end at once, an empty file without its state would be somebody else's for ever.
    /// </summary>
    private static void MarkAsOurs(string path, string source)
    {
        try
        {
            if (ResumeState.Read(path) is null)
            {
                new ResumeState { Source = source }.Write(path);
            }
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(path, error);
        }
    }

    private static bool IsError(Exception error, CancellationToken stop) =>
        !stop.IsCancellationRequested && error is not SeedanceException && DiskErrors.IsDiskError(error);

    private void TakeUp(CancellationToken stop)
    {
        if (ResumeState.Read(Path) is not { } state || state.Source != _state.Source || !state.Validator.IsStrong
            || _file.Length < state.Kept || state.Kept < 0 || state.Kept > state.Total)
        {
            Empty();
            return;
        }

        _file.SetLength(state.Kept);
        _file.Position = 0;
        FileHash.Append(_hash, _file, stop);
        if (state.Sha256 is { } expected)
        {
#if NETSTANDARD2_0
            string found = TakeHash();
            _file.Position = 0;
            FileHash.Append(_hash, _file, stop); // .NET Framework cannot look at a hash without ending it.
#else
            string found = FileHash.Text(_hash.GetCurrentHash());
#endif
            if (found != expected)
            {
                Empty();
                return;
            }
        }

        _state = state;
        Length = state.Kept;
        _hashed = Length;
        IsComplete = Length > 0 && Length == state.Total;
    }

    private void Empty()
    {
        if (_file.Length > 0)
        {
            _file.SetLength(0);
        }

        _file.Position = 0;
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hashed = 0;
        Length = 0;
        IsComplete = false;
    }

    private void Append(byte[] block, int count)
    {
        _file.Write(block, 0, count);
        Length += count;
#if !NETSTANDARD2_0
        _disk.Begin(count);
#endif
        if (_state.Validator.IsStrong && _time.GetElapsedTime(_checkpointAt) >= s_checkpoint)
        {
            _disk.Finish();
            _state = _state with { Kept = _file.Position, Sha256 = null };
            _state.Write(Path);
            _checkpointAt = _time.GetTimestamp();
        }
    }

    /// <summary>
    /// The last write failed, most often on a full disk: a little of the part makes room for the state that saves the rest.
    /// </summary>
    private void GiveWay() => OnDisk(() =>
    {
        Length = Math.Max(0, Length - RoomForState);
        _file.SetLength(Length);
        _disk.Finish();
    });

    private string TakeHash() => FileHash.Text(_hash.GetHashAndReset());

    private void OnDisk(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is not SeedanceException && DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(Path, error);
        }
    }
}
