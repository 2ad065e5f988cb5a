using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Callbacks;

/// <summary>Who wants to hear of a job, and what its host says.</summary>
/// <param name="Task">The job.</param>
/// <param name="Address">Where its owner wants to be called.</param>
/// <param name="Terms">How the host calls.</param>
/// <param name="Tells">Whether the host calls for this state at all.</param>
/// <param name="Spell">The call about a state; the flag asks for one that somebody else made up.</param>
internal sealed record CallbackPlan(
    SimulatorTask Task,
    Uri Address,
    CallbackTerms Terms,
    Func<SimulatorTaskState, bool> Tells,
    Func<SimulatorTaskState, bool, CallbackMessage> Spell);
