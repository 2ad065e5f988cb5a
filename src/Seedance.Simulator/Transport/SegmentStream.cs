using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Transport;

/// <summary>A body as a forward-only stream, which breaks where the transport shall fail.</summary>
internal sealed class SegmentStream(SimulatorBody body, long? cutAfter) : Stream
{
    private readonly IEnumerator<ArraySegment<byte>> _segments = body.Segments.GetEnumerator();
    private ArraySegment<byte> _current = new([]);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Take(buffer.AsSpan(offset, count)));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _segments.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        while (_current.Count == 0)
        {
            if (!_segments.MoveNext())
            {
                return 0;
            }

            _current = _segments.Current;
        }

        int count = (int)Math.Min(Math.Min(buffer.Length, _current.Count), (cutAfter ?? long.MaxValue) - _position);
        if (count == 0 && buffer.Length > 0)
        {
            throw TransportFaults.EndedEarly();
        }

        _current.AsSpan(0, count).CopyTo(buffer);
        _current = new ArraySegment<byte>(_current.Array!, _current.Offset + count, _current.Count - count);
        _position += count;
        return count;
    }
}
