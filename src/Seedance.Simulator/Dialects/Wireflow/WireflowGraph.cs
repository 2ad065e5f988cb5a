using System.Text.Json.Nodes;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>One input of a saved graph: its name in the guide's form, its node in the run form.</summary>
internal sealed record WireflowInput(string Name, string NodeId, string Label, string Type, FieldRule Rule)
{
    public JsonNode? Default { get; init; }

    public JsonObject Describe() => new()
    {
        ["nodeId"] = NodeId,
        ["label"] = Label,
        ["type"] = Type,
        ["required"] = Rule.Required,
        ["default"] = Default?.DeepClone(),
        ["description"] = Label + " of the video",
    };
}

/// <summary>A saved graph with a Seedance node.</summary>
internal sealed record WireflowGraph(string Id, IReadOnlyList<WireflowInput> Inputs)
{
    public BodySchema ByName => new([.. Inputs.Select(input => input.Rule)]);

    public BodySchema ByNode => new([.. Inputs.Select(input => input.Rule with { Name = input.NodeId })]);

    /// <summary>As it is saved, in the shape that the executions page takes back.</summary>
    public JsonObject Saved() => new()
    {
        ["id"] = Id,
        ["name"] = "Seedance " + Id,
        ["nodes"] = new JsonArray(
        [
            .. Inputs.Select(input => (JsonNode)Node(input.NodeId, input.Label, "input:" + input.Type)),
            Node("seedance", "Seedance", "generate:bytedance/seedance-2.0/text-to-video"),
        ]),
        ["edges"] = new JsonArray([.. Inputs.Select(input => (JsonNode)new JsonObject
        {
            ["id"] = input.NodeId + "-seedance", ["source"] = input.NodeId, ["target"] = "seedance",
            ["sourceHandle"] = "out-" + input.Name, ["targetHandle"] = "in-" + input.Name,
        })]),
    };

    private static JsonObject Node(string id, string label, string type) => new()
    {
        ["id"] = id,
        ["type"] = "basedNode",
        ["position"] = new JsonObject { ["x"] = 0, ["y"] = 0 },
        ["data"] = new JsonObject { ["label"] = label, ["nodeType"] = type, ["category"] = "video", ["config"] = new JsonObject() },
    };

    public JsonArray Describe() => new([.. Inputs.Select(input => (JsonNode)input.Describe())]);
}
