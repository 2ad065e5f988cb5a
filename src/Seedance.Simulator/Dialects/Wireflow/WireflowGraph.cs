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

    public JsonArray Describe() => new([.. Inputs.Select(input => (JsonNode)input.Describe())]);
}
