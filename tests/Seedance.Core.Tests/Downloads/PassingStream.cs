using Seedance.Transport;

namespace Seedance.Core.Tests.Downloads;

/// <summary>A body as the network gives it: forward only, no length.</summary>
internal abstract class PassingStream : ForwardStream
{
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);
}
