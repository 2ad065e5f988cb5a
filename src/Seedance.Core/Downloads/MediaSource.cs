using Seedance.Accounts;

namespace Seedance.Downloads;

/// <summary>Where a file is served, and whom to ask for a fresh address when that one has lapsed.</summary>
internal sealed record MediaSource(Uri Address, NetworkSettings Network)
{
    /// <summary>What the media host wants as User-Agent, where it refuses ours.</summary>
    public string? UserAgent { get; init; }

    /// <summary>A simulator made it, whose files end with it.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Asks the provider once; null when it names no file any more.</summary>
    public Func<CancellationToken, Task<Uri?>>? Refresh { get; init; }

    /// <summary>The address without its signature, for people and logs.</summary>
    public static string Describe(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
