namespace Seedance.Simulator.Wire;

/// <summary>What a host takes for an address it can fetch.</summary>
internal static class WebAddress
{
    public static bool IsHttp(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>A file inside the message.</summary>
    public static bool IsData(string? text) =>
        text?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true
            && text.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase) > 0;

    /// <summary>Hosts call https only; an address of this machine, which no host could reach, may do without.</summary>
    public static bool IsCallback(string? text) => IsHttps(text) || (IsHttp(text) && new Uri(text!).IsLoopback);

    public static bool IsHttps(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps;
}
