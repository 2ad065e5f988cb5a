using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that tells its balance.</summary>
internal interface IReportsCredits
{
    WireRequest BuildCredits();

    /// <summary>Reads a 2xx; empty when it names no balance.</summary>
    IReadOnlyList<CreditPool> ReadCredits(WireResponse response);
}

/// <summary>One pool of a balance.</summary>
internal sealed record CreditPool(string Name, decimal Amount, string Unit, decimal? Available = null);
