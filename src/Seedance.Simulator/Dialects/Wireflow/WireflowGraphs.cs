using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>
/// The saved graphs: every id that begins with <c>wf_</c> is the guide's (prompt, image, resolution), one that begins with <c>wf_rich</c>
/// has more inputs, whose names are guesses, since each graph names its own. Any other id is not found.
/// </summary>
internal static class WireflowGraphs
{
    private static readonly WireflowInput[] s_guide =
    [
        new("prompt", "node_prompt", "Prompt", "text", FieldRule.Text("prompt", longest: 2000).Require()),
        new("reference_image", "node_image", "Reference image", "image", UrlOrNull("reference_image")),
        new("resolution", "node_resolution", "Resolution", "select",
            FieldRule.OneOf("resolution", "480p", "720p", "1080p", "2k", "2K")) { Default = "1080p" },
    ];

    private static readonly WireflowInput[] s_rich =
    [
        .. s_guide,
        new("duration", "node_duration", "Duration", "number", FieldRule.Whole("duration", 4, 15)) { Default = 5 },
        new("aspect_ratio", "node_ratio", "Aspect ratio", "select",
            FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9")) { Default = "16:9" },
        new("generate_audio", "node_audio", "Audio", "boolean", FieldRule.Flag("generate_audio")) { Default = true },
        new("seed", "node_seed", "Seed", "number", FieldRule.Whole("seed", 0, uint.MaxValue)),
        new("camera_fixed", "node_camera", "Fixed camera", "boolean", FieldRule.Flag("camera_fixed")) { Default = false },
        new("last_frame", "node_last_frame", "Last frame", "image", UrlOrNull("last_frame")),
    ];

    public static WireflowGraph? Find(string escaped)
    {
        string id = Uri.UnescapeDataString(escaped);
        return id.StartsWith("wf_rich", StringComparison.Ordinal) ? new WireflowGraph(id, s_rich)
            : id.StartsWith("wf_", StringComparison.Ordinal) ? new WireflowGraph(id, s_guide)
            : null;
    }

    public static JsonArray List() => [Listed("wf_1"), Listed("wf_rich")];

    private static JsonObject Listed(string id) => new()
    {
        ["id"] = id,
        ["name"] = "Seedance " + id,
        ["description"] = null,
        ["webhookId"] = null,
        ["webhookUrl"] = null,
        ["isActive"] = true,
        ["isPublished"] = true,
        ["executionCount"] = 0,
        ["lastExecutedAt"] = null,
        ["tags"] = new JsonArray("seedance"),
        ["createdAt"] = "2026-06-01T00:00:00Z",
        ["updatedAt"] = "2026-06-01T00:00:00Z",
    };

    private static FieldRule UrlOrNull(string name)
    {
        FieldRule url = FieldRule.Url(name);
        return new FieldRule(name, value => value.ValueKind == JsonValueKind.Null ? null : url.Check(value));
    }
}
