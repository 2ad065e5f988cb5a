using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace Seedance.Wire;

/// <summary>A message to a provider as data: every attempt builds its own HTTP message from it.</summary>
internal sealed record WireRequest
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Relative to the account's base address, without a leading slash; may carry a query.</summary>
    public string Route { get; init; } = string.Empty;

    /// <summary>One of the provider's other base addresses, by its name in <c>ProviderInfo.OtherBases</c>; null means the account's own.</summary>
    public string? Base { get; init; }

    /// <summary>An address that the provider itself named, used instead of <see cref="Route"/>. The pipeline refuses one on another host.</summary>
    public Uri? Address { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public JsonObject? Json { get; init; }

    public WireFile? File { get; init; }

    public static WireRequest Get(string route) => new() { Route = route };

    public static WireRequest Post(string route, JsonObject json) => new() { Method = HttpMethod.Post, Route = route, Json = json };

    public WireRequest WithHeader(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}
