using System.Net.Sockets;

namespace Seedance.Simulator.Transport;

/// <summary>What the platform's own handler throws when a connection fails.</summary>
internal static class TransportFaults
{
    public static HttpRequestException Reset() => new(
        "An error occurred while sending the request.",
        new IOException("Unable to read data from the transport connection: Connection reset by peer.",
            new SocketException((int)SocketError.ConnectionReset)));

    public static IOException EndedEarly() => new("The response ended prematurely, with at least one more byte expected.");
}
