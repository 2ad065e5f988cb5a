using System.Text.Json.Nodes;

namespace Seedance.Wire;

/// <summary>A message to a provider as data: every attempt builds its own HTTP message from it.</summary>
internal sealed record WireRequest
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Relative to the account's base address, without a leading slash; may carry a query.</summary>
    public string Route { get; init; } = string.Empty;

    /// <summary>
    /// An address that the provider itself named, used instead of <see cref="Route"/>. The pipeline refuses one on another host.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>
    /// Where the host keeps this route apart from its others; an address that the user set in its place counts for this one too.
    /// </summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Signed with the account's second secret instead of its key.</summary>
    public bool NeedsSecondKey { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public JsonObject? Json { get; init; }

    public WireFile? File { get; init; }

    public static WireRequest Get(string route) => new() { Route = route };

    public static WireRequest Post(string route, JsonObject json) => new() { Method = HttpMethod.Post, Route = route, Json = json };

    public WireRequest WithHeader(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}
