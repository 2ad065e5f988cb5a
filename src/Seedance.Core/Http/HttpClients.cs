using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;

namespace Seedance.Http;

/// <summary>The process's connections: one client for each way out of the machine, so that jobs share connections and never settings.</summary>
internal sealed class HttpClients : IDisposable
{
    private readonly ConcurrentDictionary<Way, HttpClient> _clients = new();
    private readonly Func<Uri, HttpMessageHandler?> _inProcess;

    /// <param name="inProcess">A handler for addresses that no network serves: the simulator's.</param>
    public HttpClients(Func<Uri, HttpMessageHandler?> inProcess) => _inProcess = inProcess;

    public HttpClient For(Uri address, NetworkSettings network, bool ownConnection)
    {
        string? host = _inProcess(address) is null ? null : address.Host;
        return _clients.GetOrAdd(new Way(host, network, ownConnection), way => Create(way, address));
    }

    public void Dispose()
    {
        foreach (HttpClient client in _clients.Values)
        {
            client.Dispose();
        }

        _clients.Clear();
    }

    private HttpClient Create(Way way, Uri address)
    {
        HttpMessageHandler handler = _inProcess(address) ?? CreateHandler(way.Network);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Each kind of call has its own.
    }

#if NETSTANDARD2_0
    private static HttpClientHandler CreateHandler(NetworkSettings network)
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false, // A redirected POST becomes a GET, and x-api-key would follow to any host.
            AutomaticDecompression = network.Compression ? DecompressionMethods.GZip | DecompressionMethods.Deflate : DecompressionMethods.None,
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
            AutomaticDecompression = network.Compression ? DecompressionMethods.All : DecompressionMethods.None,
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
