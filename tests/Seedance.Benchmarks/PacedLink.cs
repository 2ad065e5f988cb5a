using System.Net.Sockets;
using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>
/// A way to a server on loopback that is no faster than a network of 1 Gbit/s: what comes back over all connections together is let through
/// at that rate.
/// </summary>
internal sealed class PacedLink : IDisposable
{
    public const string Name = "1 Gbit/s: ";
    private const int BlockSize = 64 * 1024;
    private const double BytesPerSecond = 1e9 / 8;
    private static readonly TimeSpan s_ahead = TimeSpan.FromMilliseconds(2); // Timers are no finer.
    private static readonly TimeSpan s_behind = TimeSpan.FromMilliseconds(10); // What a timer lost is caught up.
    private readonly LoopbackListener _listener;
    private readonly Uri _server;
    private readonly Lock _gate = new();
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private TimeSpan _free;

    public PacedLink(Uri server)
    {
        _server = server;
        _listener = new LoopbackListener(RelayAsync);
    }

    /// <summary>The same over the link.</summary>
    public Uri Over(Uri address) => new UriBuilder(address) { Port = _listener.Port }.Uri;

    public void Dispose() => _listener.Dispose();

    private async Task RelayAsync(TcpClient near, CancellationToken stop)
    {
        using TcpClient far = new();
        await far.ConnectAsync(_server.Host, _server.Port, stop);
        using NetworkStream asked = near.GetStream();
        using NetworkStream answered = far.GetStream();
        Task asking = asked.CopyToAsync(answered, stop);
        byte[] block = new byte[BlockSize];
        for (int read; (read = await answered.ReadAsync(block, stop)) > 0;)
        {
            await PaceAsync(read, stop);
            await asked.WriteAsync(block.AsMemory(0, read), stop);
        }

        near.Client.Shutdown(SocketShutdown.Send);
        await asking;
    }

    private Task PaceAsync(int bytes, CancellationToken stop)
    {
        TimeSpan now = TimeProvider.System.GetElapsedTime(_begun);
        TimeSpan turn;
        lock (_gate)
        {
            turn = _free > now - s_behind ? _free : now - s_behind;
            _free = turn + TimeSpan.FromSeconds(bytes / BytesPerSecond);
        }

        return turn - now > s_ahead ? Task.Delay(turn - now, TimeProvider.System, stop) : Task.CompletedTask;
    }
}
