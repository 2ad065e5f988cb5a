using System.Collections.Generic;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>One model and mode: its own url, its own fields, its own price.</summary>
internal sealed record MuapiEndpoint(string Name, decimal UsdPerSecond, FieldRule[] Fields)
{
    /// <summary>What the host calls a video that names no resolution.</summary>
    public string DefaultResolution { get; init; } = "720p";

    /// <summary>Where the price depends on the resolution.</summary>
    public IReadOnlyDictionary<string, decimal>? UsdPerSecondByResolution { get; init; }

    public decimal PriceOf(string resolution, int seconds) => seconds *
        (UsdPerSecondByResolution is { } prices && prices.TryGetValue(resolution, out decimal price) ? price : UsdPerSecond);
}
