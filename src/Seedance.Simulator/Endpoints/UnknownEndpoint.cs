using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Endpoints;

/// <summary>Paths that no dialect claims: most likely a base address without its prefix.</summary>
internal sealed class UnknownEndpoint(string knownPrefixes) : IEndpoint
{
    public string Prefix => string.Empty;

    public SimulatorRequestKind Classify(string method, string path) => SimulatorRequestKind.Other;

    public SimulatorResponse Answer(SimulatorCall call) =>
        Refuse(404, $"Nothing is simulated at {call.Request.Path}. Base addresses end with one of: {knownPrefixes}.");

    public SimulatorResponse Refuse(int status, string message) => SimulatorResponse.Json(status, new JsonObject { ["message"] = message });
}
