using System.Text.Json;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Seedance2Ai;

/// <summary>The rules of createTask (vendor API page, 2026-09).</summary>
internal static class Seedance2AiRequest
{
    public const string DefaultDuration = "5s";
    public const string DefaultResolution = "1280x720"; // The page names no default; 16:9 is a guess.
    private const int MostFiles = 12;
    private const int MostKeyframes = 2;

    private static readonly BodySchema s_outer = new(
        FieldRule.OneOf("model", "seedance2", "seedance2-fast").Require(),
        FieldRule.Url("callBackUrl"),
        FieldRule.Nested("inputs").Require());

    private static readonly BodySchema s_inputs = new(
        FieldRule.Text("prompt", mayBeEmpty: true),
        FieldRule.Urls("urls", 0, 9),
        FieldRule.Urls("videoUrls", 0, 3),
        FieldRule.Urls("audioUrls", 0, 3),
        // A string with its unit: a bare number is refused.
        FieldRule.OneOf("duration", [.. Enumerable.Range(4, 12).Select(seconds => seconds.ToString(CultureInfo.InvariantCulture) + "s")]),
        FieldRule.OneOf("resolution", "720x720", "720x960", "960x720", "1280x720", "720x1280", "1280x540"),
        FieldRule.OneOf("videoInputMode", "keyframe", "reference"),
        FieldRule.OneOf("upscaleResolution", "2k", "4k"));

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(JsonElement body)
    {
        List<FieldProblem> problems = s_outer.Check(body);
        if (body.TryGetProperty("inputs", out JsonElement inputs) && inputs.ValueKind == JsonValueKind.Object)
        {
            problems.AddRange(s_inputs.Check(inputs, "inputs."));
            if (problems.Count == 0)
            {
                return Combination(inputs);
            }
        }

        return problems.Count == 0 ? null : string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Message}"));
    }

    private static string? Combination(JsonElement inputs)
    {
        int images = inputs.Items("urls");
        int others = inputs.Items("videoUrls") + inputs.Items("audioUrls");
        if (inputs.Text("videoInputMode", "keyframe") == "keyframe")
        {
            return others > 0 ? "inputs.videoInputMode: videoUrls and audioUrls need reference mode"
                : images > MostKeyframes ? $"inputs.urls: keyframe mode takes at most {MostKeyframes} images"
                : images == 0 && string.IsNullOrWhiteSpace(inputs.Text("prompt")) ? "inputs.prompt: Field required when there is no image"
                : null;
        }

        return images + others > MostFiles ? $"inputs: at most {MostFiles} files in reference mode" : null;
    }
}
