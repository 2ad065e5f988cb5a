using System.Text.Json;
using Seedance.Simulator.Endpoints;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>Which routes exist, and which form a route and a body are of (sheet, section 2).</summary>
internal static class WireflowRouting
{
    public static bool Exists(SimulatorCall call, string[] segments) => call.Options.Host<WireflowBehaviour>().Routes switch
    {
        WireflowRoutes.Guide => segments is not ["workflows", _, "run"] and not ["workflows", "executions", ..],
        WireflowRoutes.Executions or WireflowRoutes.ExecutionsByLocation =>
            segments is not ["workflows", _, "run"] and not ["executions", _] and not ["workflows", "executions", _, "poll"],
        WireflowRoutes.Run => segments is not ["workflows", _, "execute"] and not ["executions", _] and not ["workflows", "executions", _],
        _ => true,
    };

    /// <summary>Two documents share the route <c>execute</c>; the body tells them apart.</summary>
    public static WireflowForm FormOf(SimulatorCall call, string[] segments, JsonElement body) =>
        segments[2] == "run" ? WireflowForm.Run
        : call.Options.Host<WireflowBehaviour>().Routes is WireflowRoutes.Executions or WireflowRoutes.ExecutionsByLocation
            || body.TryGetProperty("nodes", out _) ? WireflowForm.Graph
        : WireflowForm.Guide;

    public static WireflowForm FormOf(string[] segments) => segments switch
    {
        ["executions", _] => WireflowForm.Guide,
        [.., "poll"] or [.., "run"] => WireflowForm.Run,
        _ => WireflowForm.Graph,
    };
}
