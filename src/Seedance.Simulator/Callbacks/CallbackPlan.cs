using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Callbacks;

/// <summary>
/// Who wants to hear of a job, and what its host says. <paramref name="Tells"/> whether the host calls for this state at all.
/// <paramref name="Spell"/> makes the call about a state; the flag asks for one that somebody else made up.
/// </summary>
internal sealed record CallbackPlan(
    SimulatorTask Task,
    Uri Address,
    CallbackTerms Terms,
    Func<SimulatorTaskState, bool> Tells,
    Func<SimulatorTaskState, bool, CallbackMessage> Spell);
