using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Seedance.Downloads;

/// <summary>
/// Moves an answer's body into the part: while blocks are written and hashed, each in a queue of its own, more are filled from the network.
/// Whatever arrived before a cut is in the part when the cut is reported.
/// </summary>
internal sealed class BodyCopy : IDisposable
{
    public const int BlockSize = 256 * 1024;
    private const int MostBlocks = 8; // Enough to bridge a slow write, few enough to stay in the processor's cache.

    private readonly PartFile _part;
    private readonly IdleWatch _watch;
    private readonly Action<long> _report;
    private readonly BlockQueue _writes;
    private readonly BlockQueue _hashes;
    private readonly ConcurrentQueue<Block> _free = new();
    private readonly SemaphoreSlim _room = new(MostBlocks);
    private ExceptionDispatchInfo? _cut;
    private long _have;
    private long _skip;
    private long _left;
    private bool _ended;

    /// <summary>Tells <paramref name="report"/> how many bytes of the file have come.</summary>
    public BodyCopy(PartFile part, IdleWatch watch, Action<long> report)
    {
        _part = part;
        _watch = watch;
        _report = report;
        _writes = new BlockQueue(part.Write);
        _hashes = new BlockQueue(part.Hash);
    }

    /// <returns>How far the body fell short of what was announced; negative when it went beyond.</returns>
    public async Task<long> RunAsync(Stream body, RangeVerdict verdict)
    {
        _have = _part.Length;
        _skip = verdict.Skip;
        _left = verdict.Expected ?? long.MaxValue;
        while (!_ended && !_writes.HasFailed)
        {
            await _room.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            Block block = _free.TryDequeue(out Block? used) ? used : new Block(BlockSize, GiveBack);
            int filled = await FillAsync(body, block.Bytes).ConfigureAwait(false);
            if (filled > 0)
            {
                block.Lend(filled, users: 2);
                _hashes.Add(block);
                _writes.Add(block);
            }
        }

        await Task.WhenAll(_hashes.EndAsync(), _writes.EndAsync()).ConfigureAwait(false);
        _writes.ThrowIfFailed();
        _hashes.ThrowIfFailed();
        _cut?.Throw();
        return verdict.Expected is null ? 0 : _left;
    }

    public void Dispose() => _room.Dispose();

    private void GiveBack(Block block)
    {
        _free.Enqueue(block);
        _room.Release();
    }

    private async Task<int> FillAsync(Stream body, byte[] buffer)
    {
        int filled = 0;
        try
        {
            while (filled < buffer.Length && !_ended)
            {
                int read = await body.ReadOrStopAsync(buffer, filled, buffer.Length - filled, _watch.Token).ConfigureAwait(false);
                _watch.Seen();
                if (read == 0)
                {
                    _ended = true;
                    break;
                }

                if (read > _left)
                {
                    _ended = true; // More than announced; whose bytes these are nobody knows.
                    _left = -1;
                    break;
                }

                _left -= read;
                int before = filled;
                filled = DropOverlap(buffer, filled, read);
                _have += filled - before;
                _report(_have);
            }
        }
        catch (Exception error)
        {
            _cut = ExceptionDispatchInfo.Capture(error); // Reported when all that came before it is safe.
            _ended = true;
        }

        return filled;
    }

    private int DropOverlap(byte[] buffer, int filled, int read)
    {
        if (_skip == 0)
        {
            return filled + read;
        }

        int dropped = (int)Math.Min(_skip, read);
        _skip -= dropped;
        Buffer.BlockCopy(buffer, filled + dropped, buffer, filled, read - dropped);
        return filled + read - dropped;
    }
}
