using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Endpoints;

/// <summary>A host that calls an address of the user's when a job has ended.</summary>
internal interface ICallsBack : IDialect
{
    CallbackTerms Callbacks { get; }

    /// <summary>Where the job's owner wants to be called; null where nowhere.</summary>
    string? CallbackAddress(SimulatorTask task);

    /// <summary>Whether the host calls for this state.</summary>
    bool Tells(SimulatorTask task, SimulatorTaskState state);

    CallbackMessage SpellCallback(CallbackEvent told);
}

/// <summary>
/// What a call is about. <paramref name="View"/> is the job as the call has it; <paramref name="IsForged"/> where it is somebody else's,
/// who has not the host's secret.
/// </summary>
internal sealed record CallbackEvent(TaskView View, Uri Origin, DateTimeOffset Now, bool IsForged, SimulatorOptions Options)
{
    public bool IsEnd => View.Ended;
}
