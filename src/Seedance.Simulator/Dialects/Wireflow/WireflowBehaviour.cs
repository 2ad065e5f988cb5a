namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>How the simulated Wireflow behaves where its documents leave room.</summary>
public sealed record WireflowBehaviour : IHostBehaviour
{
    /// <summary>Which of Wireflow's routes exist.</summary>
    public WireflowRoutes Routes { get; init; }

    /// <summary>Makes <c>/wireflow</c> the bare domain, which redirects every request to <c>/wireflow/www</c>.</summary>
    public bool Redirects { get; init; }

    /// <summary>
    /// The vendor's script reads the answer of <c>/poll</c> without the envelope that the vendor's page shows (wf.sh against api.md,
    /// 2026-11).
    /// </summary>
    public bool PollsWithoutEnvelope { get; init; }

    /// <summary>A 429 has no Retry-After, as the vendor's script says; the page shows one.</summary>
    public bool HidesRetryAfter { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
