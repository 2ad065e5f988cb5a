namespace Seedance.Simulator.Dialects.Fal;

/// <summary>How the simulated Fal behaves where its documents leave room.</summary>
public sealed record FalBehaviour : IHostBehaviour
{
    /// <summary>fal tells of a failed job when its result is asked for, and not in its status.</summary>
    public bool HidesErrors { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
