using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that prices a request before it is made.</summary>
internal interface IEstimatesCost
{
    /// <summary>Whether the media of a request go into its price, so that they would have to be there first.</summary>
    bool PricesMedia { get; }

    WireRequest BuildEstimate(VideoRequest request, SeedanceModel model);

    /// <summary>Reads a 2xx; null when the answer names no price.</summary>
    SeedanceCost? ReadEstimate(WireResponse response);
}
