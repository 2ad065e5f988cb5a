namespace Seedance.Simulator.Tasks;

/// <summary>Where a simulated job is.</summary>
public enum SimulatorTaskState
{
    /// <summary>Accepted, not started.</summary>
    Queued,

    /// <summary>Started.</summary>
    Running,

    /// <summary>Ended with a video.</summary>
    Succeeded,

    /// <summary>Ended without one.</summary>
    Failed,

    /// <summary>Ended on request.</summary>
    Cancelled,
}
