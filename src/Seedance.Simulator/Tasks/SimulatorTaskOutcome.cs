namespace Seedance.Simulator.Tasks;

/// <summary>How a simulated job is going to end.</summary>
public enum SimulatorTaskOutcome
{
    /// <summary>With a video.</summary>
    Succeeds,

    /// <summary>Failed, because of what the prompt asks for.</summary>
    ContentRefused,

    /// <summary>Failed, because of the host.</summary>
    HostError,

    /// <summary>Not at all.</summary>
    NeverEnds,
}
