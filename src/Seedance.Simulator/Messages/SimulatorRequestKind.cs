namespace Seedance.Simulator.Messages;

/// <summary>What a request is for, whichever dialect it speaks; faults are numbered by it.</summary>
public enum SimulatorRequestKind
{
    /// <summary>A request that matches no route, or a wrong method on one.</summary>
    Other,

    /// <summary>Creates a job.</summary>
    Submit,

    /// <summary>Asks for the state of one job.</summary>
    Poll,

    /// <summary>Sends a reference file.</summary>
    Upload,

    /// <summary>Asks for the balance.</summary>
    Credits,

    /// <summary>Downloads a video (GET or HEAD).</summary>
    Media,

    /// <summary>Cancels a job.</summary>
    Cancel,

    /// <summary>Lists jobs.</summary>
    List,

    /// <summary>Asks for a price.</summary>
    Estimate,

    /// <summary>Not a request: a call of the host to the address that a request named.</summary>
    Callback,
}
