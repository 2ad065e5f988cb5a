using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>The rules of a submit in each form (sheet, sections 2 and 3).</summary>
internal static class WireflowRequest
{
    /// <summary>Of one execution (guide, 2026-06; whether credits or dollars is not said).</summary>
    public const decimal Price = 0.42m;

    /// <summary>The vendor's sample has 138 credits for 1.02 USD (api.md, 2026-11).</summary>
    private const decimal CreditsPerDollar = 138m / 1.02m;

    private static readonly BodySchema s_inputs = new(FieldRule.Nested("inputs").Require());

    private static readonly BodySchema s_graph = new(
        Nodes("nodes").Require(),
        Nodes("edges").Require(),
        FieldRule.Text("targetNodeId"),
        FieldRule.Nested("triggerData"),
        FieldRule.Nested("iteratorConfigs"),
        FieldRule.Flag("force"));

    private static readonly BodySchema s_node = new(
        FieldRule.Text("id").Require(), FieldRule.OneOf("type", "basedNode").Require(), FieldRule.Nested("position"),
        FieldRule.Nested("data").Require());

    private static readonly BodySchema s_data = new(
        FieldRule.Text("label"), FieldRule.Text("nodeType").Require(), FieldRule.Text("category"), FieldRule.Nested("config"));

    /// <summary>The same price in credits, which are no dollars.</summary>
    public static decimal Credits => InCredits(Price);

    public static decimal InCredits(decimal dollars) => Math.Round(dollars * CreditsPerDollar);

    public static (int Status, string? Problem) Problem(WireflowGraph graph, WireflowForm form, JsonElement body)
    {
        List<FieldProblem> problems = (form == WireflowForm.Graph ? s_graph : s_inputs).Check(body);
        if (problems.Count > 0)
        {
            return (400, Text(problems));
        }

        if (form == WireflowForm.Graph)
        {
            return (422, GraphProblem(body));
        }

        JsonElement inputs = body.GetProperty("inputs");
        problems = form == WireflowForm.Run ? graph.ByNode.Check(inputs, "inputs.") : graph.ByName.Check(inputs, "inputs.");
        return (400, problems.Count == 0 ? null : Text(problems));
    }

    public static SimulatorTask ToTask(WireflowGraph graph, WireflowForm form, JsonElement body)
    {
        Dictionary<string, string> fields = body.Fields();
        fields["workflow"] = graph.Id;
        string Value(string name, string otherwise) => form switch
        {
            WireflowForm.Run =>
                body.GetProperty("inputs").Text(graph.Inputs.FirstOrDefault(input => input.Name == name)?.NodeId ?? name, otherwise),
            WireflowForm.Graph => body.GetProperty("nodes").EnumerateArray()
                .Select(node => node.GetProperty("data").TryGetProperty("config", out JsonElement config)
                    ? config.Text(name)
                    : string.Empty)
                .FirstOrDefault(text => text.Length > 0) ?? otherwise,
            _ => body.GetProperty("inputs").Text(name, otherwise),
        };
        string resolution = Value("resolution", "1080p");
        (int width, int height) = FrameSize.Of(resolution.ToLowerInvariant(), Value("aspect_ratio", "16:9"));
        fields["resolved.resolution"] = resolution;
        return new SimulatorTask { Prompt = Value("prompt", string.Empty), Fields = fields, Seconds = 5, Width = width, Height = height,
            Seed = -1, Price = Price };
    }

    private static string? GraphProblem(JsonElement body)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        bool generates = false;
        foreach (JsonElement node in body.GetProperty("nodes").EnumerateArray())
        {
            List<FieldProblem> problems = s_node.Check(node, "nodes.");
            if (node.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object)
            {
                problems.AddRange(s_data.Check(data, "nodes.data."));
            }

            if (problems.Count > 0)
            {
                return Text(problems);
            }

            ids.Add(node.Text("id"));
            generates |= data.Text("nodeType").StartsWith("generate:", StringComparison.Ordinal);
        }

        return !generates ? "The graph has no node that generates"
            : body.GetProperty("edges").EnumerateArray()
                .Any(edge => !ids.Contains(edge.Text("source")) || !ids.Contains(edge.Text("target")))
                ? "An edge leads to a node that is not there"
            : body.Text("targetNodeId") is { Length: > 0 } target && !ids.Contains(target) ? "targetNodeId: there is no such node"
            : null;
    }

    private static FieldRule Nodes(string name) => new(name, value =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? null
            : (FieldProblemKind.Type, "Input should be a list of objects"));

    private static string Text(IEnumerable<FieldProblem> problems) =>
        string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Message}"));
}
