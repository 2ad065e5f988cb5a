using System.Net;
using System.Net.Sockets;

namespace Seedance.TestKit;

/// <summary>A free port of this machine, whose connections are served side by side as they come, until it is disposed of.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<TcpClient, CancellationToken, Task> _serve;

    /// <param name="serve">What is done with a connection, which is then closed. That an end of it goes away is no error.</param>
    public LoopbackListener(Func<TcpClient, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _ = EndingAsync(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private static async Task EndingAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end is gone, or the listener.
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
            _ = EndingAsync(async () =>
            {
                using (client)
                {
                    await _serve(client, _stop.Token).ConfigureAwait(false);
                }
            });
        }
    }
}
