namespace Seedance.Models;

/// <summary>How much a model makes of a request.</summary>
internal enum RequestShape
{
    AsAsked,

    /// <summary>The cheapest resolution and the shortest length.</summary>
    Draft,

    /// <summary>The best resolution, at the length that was asked for.</summary>
    Final,
}
