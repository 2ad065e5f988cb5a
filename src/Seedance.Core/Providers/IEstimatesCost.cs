using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that prices a request before it is made.</summary>
internal interface IEstimatesCost
{
    WireRequest BuildEstimate(VideoRequest request, SeedanceModel model);

    /// <summary>Reads a 2xx; null when the answer names no price.</summary>
    SeedanceCost? ReadEstimate(WireResponse response);
}
