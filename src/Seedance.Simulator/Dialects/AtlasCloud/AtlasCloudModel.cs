using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>One model id, which is a model and a mode, and the fields its schema has.</summary>
internal sealed record AtlasCloudModel(string Id, decimal UsdPerSecond, FieldRule[] Fields)
{
    public bool TakesReferences { get; init; }

    /// <summary>Reference audio may stand alone (2.5), or needs an image or a video beside it (2.0).</summary>
    public bool AudioAlone { get; init; }

    /// <summary>The schema of 1.5 declares the other spelling of the poll route.</summary>
    public bool HasResultRoute { get; init; }

    /// <summary>Where the id itself names it.</summary>
    public string DefaultResolution { get; init; } = "720p";
}
