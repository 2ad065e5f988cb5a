using Seedance.Transport;

namespace Seedance.Core.Tests.Transport;

public sealed class BoundedReaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_MoreThanTheBound_StopsThere()
    {
        using ByteArrayContent content = new(new byte[100_000]);

        Assert.InRange((await BoundedReader.ReadAsync(content, 40_000, Stop)).Length, 40_000, 60_000);
    }

    /// <summary>
    /// A stream that is disposed of under a read is drained beside it, and both take bytes of the next answer on the connection.
    /// </summary>
    [Fact]
    public async Task ReadAsync_StoppedWhileARead_DisposesOfNothingBeforeItEnds()
    {
        using CancellationTokenSource stop = new();
        using WaitingStream body = new();
        using StreamContent content = new(body);
        Task<byte[]> read = BoundedReader.ReadAsync(content, 1000, stop.Token);

        await stop.CancelAsync();
        bool underTheRead = body.IsDisposed;
        body.End.SetException(new OperationCanceledException(stop.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.False(underTheRead);
        Assert.True(body.IsDisposed);
    }

    private sealed class WaitingStream : ForwardStream
    {
        public TaskCompletionSource<int> End { get; } = new();

        public bool IsDisposed { get; private set; }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => End.Task;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(End.Task);

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
