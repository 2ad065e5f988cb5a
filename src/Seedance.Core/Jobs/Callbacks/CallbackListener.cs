using System.Net;
using System.Net.Sockets;

namespace Seedance.Jobs.Callbacks;

/// <summary>
/// Listens on loopback for what a proxy or tunnel of the user passes on: a plain socket, so that no address has to be reserved and no
/// administrator asked.
/// </summary>
internal sealed class CallbackListener : IDisposable
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15); // As long as fal waits for an answer (2026-07).
    private readonly TcpListener _listener;
    private readonly TimeProvider _time;
    private readonly string _path;
    private int _open;

    /// <summary><paramref name="port"/> 0 takes any that is free; <paramref name="path"/> is the only one that is answered.</summary>
    public CallbackListener(int port, string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start(backlog: 512);
        }
        catch (SocketException error)
        {
            throw new SeedanceException(
                ErrorCode.InvalidRequest,
                string.Format(CultureInfo.InvariantCulture, "Nobody can listen on port {0} of this machine: {1}", port, error.Message),
                error)
            {
                RecommendedAction = "Choose another -Port, or end what listens there.",
            };
        }

        Address = new Uri(
            string.Format(CultureInfo.InvariantCulture, "http://127.0.0.1:{0}{1}", ((IPEndPoint)_listener.LocalEndpoint).Port, path));
    }

    public Uri Address { get; }

    /// <summary>Until it is stopped; hands on each body that came whole to that path.</summary>
    public async Task RunAsync(Action<ReceivedCallback> take, CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(_listener.Stop);
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
#if NETSTANDARD2_0
                client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
#else
                client = await _listener.AcceptTcpClientAsync(stop).ConfigureAwait(false);
#endif
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException
                or OperationCanceledException)
            {
                continue; // Stopped, or a peer that gave up before it was accepted.
            }

            if (Interlocked.Increment(ref _open) > MostAtOnce)
            {
                Close(client); // A host calls again, and polling finds the job in any case.
            }
            else
            {
                _ = Task.Run(() => ServeAsync(client, take), CancellationToken.None);
            }
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync(TcpClient client, Action<ReceivedCallback> take)
    {
        using ITimer patience = _time.CreateTimer(
            static state => ((TcpClient)state!).Close(), client, s_patience, Timeout.InfiniteTimeSpan);
        ReceivedCallback? callback = null;
        try
        {
            callback = await new CallbackConnection(client, _path).ServeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone, or took too long.
        }
        finally
        {
            Close(client);
        }

        if (callback is not null)
        {
            take(callback);
        }
    }

    private void Close(TcpClient client)
    {
        client.Close();
        Interlocked.Decrement(ref _open);
    }
}
