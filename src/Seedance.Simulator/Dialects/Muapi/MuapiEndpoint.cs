using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>One model and mode: its own url, its own fields, its own price.</summary>
internal sealed record MuapiEndpoint(string Name, decimal UsdPerSecond, FieldRule[] Fields)
{
    /// <summary>What the host calls a video that names no resolution.</summary>
    public string DefaultResolution { get; init; } = "720p";

    /// <summary>Where the price depends on the resolution.</summary>
    public IReadOnlyDictionary<string, decimal>? UsdPerSecondByResolution { get; init; }

    /// <summary>Where the price is one, whatever is made.</summary>
    public decimal? UsdPerJob { get; init; }

    /// <summary>Fields of which one is enough and one has to be there.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Its first frame is one address.</summary>
    public bool TakesOneImage => Array.Exists(Fields, rule => rule.Name == "image_url");

    /// <summary>Makes a picture and no video.</summary>
    public bool MakesImage { get; init; }

    public decimal PriceOf(string resolution, int seconds) => UsdPerJob ?? seconds *
        (UsdPerSecondByResolution is { } prices && prices.TryGetValue(resolution, out decimal price) ? price : UsdPerSecond);
}
