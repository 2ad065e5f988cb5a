namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>How the simulated Replicate behaves where its documents leave room.</summary>
public sealed record ReplicateBehaviour : IHostBehaviour
{
    /// <summary>Replicate's <c>output</c> is a list with one url instead of the url.</summary>
    public bool OutputIsList { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
