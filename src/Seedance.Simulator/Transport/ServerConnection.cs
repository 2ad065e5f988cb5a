using System.Net.Sockets;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Transport;

/// <summary>One connection of the loopback server, from accept to close.</summary>
internal sealed class ServerConnection(Socket socket, SimulatorEngine engine, Uri baseUri) : IDisposable
{
    public async Task ServeAsync(CancellationToken stop)
    {
        try
        {
            socket.NoDelay = true;
            using NetworkStream stream = new(socket, ownsSocket: false);
            RequestReader reader = new(stream, baseUri);
            bool open = true;
            while (open && await reader.ReadAsync(stop).ConfigureAwait(false) is { } next)
            {
                SimulatorResponse answer = await engine.HandleAsync(next.Request, stop).ConfigureAwait(false);
                if (answer.Reset)
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0); // Closing sends RST instead of FIN.
                    return;
                }

                open = await ResponseWriter.WriteAsync(stream, answer, next.KeepAlive, stop).ConfigureAwait(false) && next.KeepAlive;
            }

            // FIN, not RST: all that was sent shall arrive, so that a cut is where the script says.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or InvalidDataException)
        {
            // The peer went away, spoke no HTTP, or the server stops: in each case the connection is closed, and that is the answer.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => socket.Dispose();
}
