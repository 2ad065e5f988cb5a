using System.Net;
using System.Net.Sockets;

namespace Seedance.Transport;

/// <summary>Whether a connection was ever made, told by the error that came instead of an answer.</summary>
internal static class Reachability
{
    /// <summary>
    /// True only where it surely was not: a name that is unknown, a port that refuses, a handshake or a proxy that failed.
    /// </summary>
    public static bool NeverConnected(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData
                or SocketError.TryAgain })
            {
                return true;
            }
#if NETSTANDARD2_0
            if (cause is WebException { Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ConnectFailure
                or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.TrustFailure })
            {
                return true;
            }
#else
            if (cause is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError,
                })
            {
                return true;
            }
#endif
        }

        return false;
    }
}
