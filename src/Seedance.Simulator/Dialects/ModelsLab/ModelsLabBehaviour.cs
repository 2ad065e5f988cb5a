namespace Seedance.Simulator.Dialects.ModelsLab;

/// <summary>How the simulated ModelsLab behaves where its documents leave room.</summary>
public sealed record ModelsLabBehaviour : IHostBehaviour
{
    /// <summary>Answers ModelsLab's errors with 200, as the host may: only the body's status tells.</summary>
    public bool ErrorsIn200 { get; init; }

    /// <summary>Leaves the id out where ModelsLab answers a submit with the video itself, which it does when no time is to pass.</summary>
    public bool OmitsId { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
