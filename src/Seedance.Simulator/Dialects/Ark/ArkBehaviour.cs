namespace Seedance.Simulator.Dialects.Ark;

/// <summary>How the simulated houses of ByteDance and Apiyi behave where documents and clients disagree (2026-11).</summary>
public sealed record ArkBehaviour : IHostBehaviour
{
    /// <summary>
    /// Takes two images without a role for first and last frame, and the bare role <c>reference</c>: a third-party client says that the
    /// host does (seedance-cli 1.1.2, "validated against the real API"); the create page wants a role for each. Off, which refuses and
    /// costs nothing.
    /// </summary>
    public bool TakesLooseRoles { get; init; }

    /// <summary>
    /// Refuses <c>service_tier: default</c> and <c>camera_fixed: false</c> on 2.x, whose pages do not list the fields. Off: the task object
    /// itself has them with these values, and they change nothing.
    /// </summary>
    public bool RefusesDefaults { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}
