using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Endpoints;

/// <summary>One host's way of speaking: it checks requests, spells answers, and leaves jobs, money and faults to the engine.</summary>
internal interface IDialect : IEndpoint
{
    /// <summary>The provider's name.</summary>
    string Name { get; }

    /// <summary>What an account starts with, in the host's unit.</summary>
    decimal StartBalance { get; }

    /// <summary>Unfinished jobs the host allows an account; 0 means no such rule.</summary>
    int Concurrency { get; }

    /// <summary>An id as the host makes them; <paramref name="entropy"/> is different for every job.</summary>
    string NewId(SimulatorTask task, ulong entropy);
}
