using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Endpoints;

/// <summary>What lives under one path prefix.</summary>
internal interface IEndpoint
{
    /// <summary>The first segment of its paths.</summary>
    string Prefix { get; }

    /// <summary>What a request is for; <paramref name="path"/> is below the prefix.</summary>
    SimulatorRequestKind Classify(string method, string path);

    SimulatorResponse Answer(SimulatorCall call);

    /// <summary>An error in this endpoint's own shape.</summary>
    SimulatorResponse Refuse(int status, string message);
}
