using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Seedance.Simulator.Transport;

/// <summary>The loopback door: HTTP/1.1 on 127.0.0.1, never on another address.</summary>
public sealed class SimulatorServer : IDisposable
{
    private readonly SimulatorEngine _engine;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ServerConnection, bool> _connections = new();

    private SimulatorServer(SimulatorEngine engine, TcpListener listener)
    {
        _engine = engine;
        _listener = listener;
        BaseUri = new Uri(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
    }

    /// <summary>Where it listens; dialects are at the prefixes below, e.g. <c>muapi</c>.</summary>
    public Uri BaseUri { get; }

    /// <summary>The engine behind it.</summary>
    public SimulatorEngine Engine => _engine;

    /// <summary>Listens on <paramref name="port"/>, or on any free one.</summary>
    public static SimulatorServer Start(SimulatorEngine engine, int port = 0)
    {
        if (engine is null)
        {
            throw new ArgumentNullException(nameof(engine));
        }

        TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start(backlog: 512);
        SimulatorServer server = new(engine, listener);
        _ = server.AcceptAsync();
        return server;
    }

    /// <summary>Stops listening and closes every connection.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _listener.Stop();
        _engine.StopCallbacks();
        foreach (ServerConnection connection in _connections.Keys)
        {
            connection.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                continue; // A peer that gave up before it was accepted.
            }

            _ = Task.Run(() => ServeAsync(new ServerConnection(socket, _engine, BaseUri), stop), CancellationToken.None);
        }
    }

    private async Task ServeAsync(ServerConnection connection, CancellationToken stop)
    {
        _connections[connection] = true;
        try
        {
            if (!stop.IsCancellationRequested)
            {
                await connection.ServeAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }
}
