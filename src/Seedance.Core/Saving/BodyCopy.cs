using System;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Seedance.Saving;

/// <summary>
/// Moves an answer's body into the part: while one buffer is written and hashed, the other is filled from the network. Whatever arrived
/// before a cut is in the part when the cut is reported.
/// </summary>
internal sealed class BodyCopy(PartFile part, IdleWatch watch, Action<long> report)
{
    public const int BufferSize = 256 * 1024;

    private readonly byte[][] _buffers = [new byte[BufferSize], new byte[BufferSize]];
    private ExceptionDispatchInfo? _cut;
    private long _skip;
    private long _left;
    private bool _ended;

    /// <returns>How far the body fell short of what was announced; negative when it went beyond.</returns>
    public async Task<long> RunAsync(Stream body, RangeVerdict verdict)
    {
        _skip = verdict.Skip;
        _left = verdict.Expected ?? long.MaxValue;
        Task pending = Task.CompletedTask;
        for (int turn = 0; !_ended; turn ^= 1)
        {
            int filled = await FillAsync(body, _buffers[turn]).ConfigureAwait(false);
            await pending.ConfigureAwait(false);
            pending = filled == 0 ? Task.CompletedTask : part.AppendAsync(_buffers[turn], filled);
        }

        await pending.ConfigureAwait(false);
        _cut?.Throw();
        return verdict.Expected is null ? 0 : _left;
    }

    private async Task<int> FillAsync(Stream body, byte[] buffer)
    {
        int filled = 0;
        try
        {
            while (filled < buffer.Length && !_ended)
            {
                int read = await ReadAsync(body, buffer, filled).ConfigureAwait(false);
                watch.Seen();
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
                filled = DropOverlap(buffer, filled, read);
                report(filled);
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

    private Task<int> ReadAsync(Stream body, byte[] buffer, int filled) =>
#if NETSTANDARD2_0
        body.ReadAsync(buffer, filled, buffer.Length - filled, watch.Token).OrStop(watch.Token); // .NET Framework's stream ignores the token.
#else
        body.ReadAsync(buffer, filled, buffer.Length - filled, watch.Token);
#endif
}
