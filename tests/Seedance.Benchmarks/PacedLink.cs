using System.Net;
using System.Net.Sockets;

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
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Lock _gate = new();
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private TimeSpan _free;

    public PacedLink(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The same over the link.</summary>
    public Uri Over(Uri address) => new UriBuilder(address) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        try
        {
            using TcpClient near = client;
            using TcpClient far = new();
            await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            using NetworkStream asked = near.GetStream();
            using NetworkStream answered = far.GetStream();
            Task asking = asked.CopyToAsync(answered, _stop.Token);
            byte[] block = new byte[BlockSize];
            for (int read; (read = await answered.ReadAsync(block, _stop.Token)) > 0;)
            {
                await PaceAsync(read);
                await asked.WriteAsync(block.AsMemory(0, read), _stop.Token);
            }

            near.Client.Shutdown(SocketShutdown.Send);
            await asking;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end is gone, and with it the other.
        }
    }

    private Task PaceAsync(int bytes)
    {
        TimeSpan now = TimeProvider.System.GetElapsedTime(_begun);
        TimeSpan turn;
        lock (_gate)
        {
            turn = _free > now - s_behind ? _free : now - s_behind;
            _free = turn + TimeSpan.FromSeconds(bytes / BytesPerSecond);
        }

        return turn - now > s_ahead ? Task.Delay(turn - now, TimeProvider.System, _stop.Token) : Task.CompletedTask;
    }
}
