namespace Seedance.Simulator.Tasks;

/// <summary>A job as one poll shows it; scripted faults are in it already, so that a dialect only spells it.</summary>
internal sealed record TaskView(SimulatorTask Task, SimulatorTaskState State, int Progress, DateTimeOffset? EndedAt)
{
    /// <summary>A word to show instead of the state's own.</summary>
    public string? Word { get; init; }

    /// <summary>Set when the job has succeeded, unless a fault hides it.</summary>
    public string? Url { get; init; }

    public DateTimeOffset? UrlExpiresAt => State == SimulatorTaskState.Succeeded ? EndedAt + Task.UrlLifetime : null;

    public bool Ended => State is not (SimulatorTaskState.Queued or SimulatorTaskState.Running);
}
