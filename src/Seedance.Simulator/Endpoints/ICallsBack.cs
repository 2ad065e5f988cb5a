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

/// <summary>What a call is about.</summary>
/// <param name="View">The job as the call has it.</param>
/// <param name="Origin">Where the host answers.</param>
/// <param name="Now">When it is sent.</param>
/// <param name="IsForged">It is somebody else's, who has not the host's secret.</param>
/// <param name="Options">How the hosts behave.</param>
internal sealed record CallbackEvent(TaskView View, Uri Origin, DateTimeOffset Now, bool IsForged, SimulatorOptions Options)
{
    public bool IsEnd => View.Ended;
}
