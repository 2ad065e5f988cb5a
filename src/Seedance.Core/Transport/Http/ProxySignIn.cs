using Seedance.Accounts;

namespace Seedance.Transport;

/// <summary>Status 407 is a proxy's own word: the host behind it was not asked.</summary>
internal static class ProxySignIn
{
    public const int Status = 407;

    public static string Describe(NetworkSettings network) => Name(network) + " wants a sign-in (HTTP 407)";

    /// <summary>Without anything but its place: a system's setting may hold a password.</summary>
    private static string Name(NetworkSettings network) =>
        network.Proxy is { } own
            ? "the proxy " + own.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : "the proxy of this machine";
}
