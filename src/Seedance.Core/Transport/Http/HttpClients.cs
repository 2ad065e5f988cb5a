using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using Seedance.Accounts;

namespace Seedance.Transport;

/// <summary>
/// Handles what is sent to an address that no network serves, which is the simulator's; null for all others. Asked once for each host.
/// </summary>
internal delegate HttpMessageHandler? InProcessHosts(Uri address);

/// <summary>
/// The process's connections: one client for each way out of the machine, so that jobs share connections and never settings.
/// </summary>
internal sealed class HttpClients(InProcessHosts inProcess) : IDisposable
{
    private readonly ConcurrentDictionary<Way, HttpClient> _clients = new();
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageHandler?>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public HttpClient For(Uri address, NetworkSettings network, bool ownConnection)
    {
        string host = address.GetLeftPart(UriPartial.Authority);
        if (!_hosts.TryGetValue(host, out Lazy<HttpMessageHandler?>? known))
        {
            known = _hosts.GetOrAdd(host, _ => new Lazy<HttpMessageHandler?>(() => inProcess(address)));
        }

        HttpMessageHandler? handler = known.Value;
        return _clients.GetOrAdd(
            new Way(handler is null ? null : host, network, ownConnection),
            // Each kind of call has its own.
            way => new HttpClient(handler ?? CreateHandler(way.Network)) { Timeout = Timeout.InfiniteTimeSpan });
    }

    public void Dispose()
    {
        foreach (HttpClient client in _clients.Values)
        {
            client.Dispose();
        }

        _clients.Clear();
    }

#if NETSTANDARD2_0
    private static HttpClientHandler CreateHandler(NetworkSettings network)
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false, // A redirected POST becomes a GET, and x-api-key would follow to any host.
            AutomaticDecompression = DecompressionMethods.None, // It believes labels; ContentCoding looks at the bytes.
            UseCookies = false,
            UseProxy = !network.NoProxy,
            MaxConnectionsPerServer = 64,
        };
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
        {
            handler.SslProtocols = SslProtocols.Tls12; // Windows PowerShell's process-wide default may lack it.
        }

        if (network.Proxy is not null)
        {
            handler.Proxy = new WebProxy(network.Proxy);
        }

        return handler;
    }
#else
    private static SocketsHttpHandler CreateHandler(NetworkSettings network)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false, // A redirected POST becomes a GET, and x-api-key would follow to any host.
            AutomaticDecompression = DecompressionMethods.None, // It believes labels; ContentCoding looks at the bytes.
            UseCookies = false,
            UseProxy = !network.NoProxy,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // So that a changed DNS entry is seen.
        };
        if (network.Proxy is not null)
        {
            handler.Proxy = new WebProxy(network.Proxy);
        }

        return handler;
    }
#endif

    private sealed record Way(string? InProcessHost, NetworkSettings Network, bool OwnConnection);
}
