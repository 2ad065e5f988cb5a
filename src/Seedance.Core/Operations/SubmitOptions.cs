using System;

namespace Seedance.Operations;

/// <summary>How a submit goes about it.</summary>
internal sealed record SubmitOptions
{
    /// <summary>How long a submit waits for a free slot or for a provider that throttles.</summary>
    public TimeSpan SlotTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Submits although an earlier submit to the account has an unknown outcome.</summary>
    public bool ContinueUnconfirmed { get; init; }

    /// <summary>The caller's name for the request.</summary>
    public string? ClientToken { get; init; }
}
