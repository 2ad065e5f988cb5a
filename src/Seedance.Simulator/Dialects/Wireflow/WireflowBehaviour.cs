namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>How the simulated Wireflow behaves where its documents leave room.</summary>
public sealed record WireflowBehaviour : IHostBehaviour
{
    /// <summary>Which of Wireflow's routes exist.</summary>
    public WireflowRoutes Routes { get; init; }

    /// <summary>Makes <c>/wireflow</c> the bare domain, which redirects every request to <c>/wireflow/www</c>.</summary>
    public bool Redirects { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
