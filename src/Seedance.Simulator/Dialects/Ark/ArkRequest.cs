using System.Text.Json;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>The fields beside <c>content</c>, by model, and what they exclude (sheet, section 4).</summary>
internal static class ArkRequest
{
    public const long DefaultExpiry = 172_800;
    private const int LargestBody = 64 * 1024 * 1024;

    /// <summary>Reads a body that names a model of <paramref name="models"/>.</summary>
    public static ArkProblem? Read(JsonElement body, ArkModel model, bool callbacks, ArkBehaviour behaviour, out ArkContent content)
    {
        content = new ArkContent();
        if (!body.TryGetProperty("content", out JsonElement list))
        {
            return ArkProblem.Missing("content");
        }

        return Fields(body, model, callbacks, behaviour) ?? ArkContent.Read(list, model, behaviour, out content)
            ?? Combination(body, model, content);
    }

    public static ArkProblem? TooLarge(SimulatorRequest request) =>
        request.Body.Length > LargestBody ? new ArkProblem("InvalidParameter", "The request is larger than 64 MB.") : null;

    public static string Resolution(JsonElement body, ArkModel model) =>
        Flag(body, "draft", otherwise: false)
            ? "480p"
            : body.Text("resolution", model.Generation == ArkGeneration.Seedance10 ? "1080p" : "720p");

    public static bool Flag(JsonElement body, string name, bool otherwise) =>
        body.TryGetProperty(name, out JsonElement value) ? value.ValueKind == JsonValueKind.True : otherwise;

    private static ArkProblem? Fields(JsonElement body, ArkModel model, bool callbacks, ArkBehaviour behaviour)
    {
        FieldProblem? wrong = new BodySchema([.. Rules(model, callbacks, behaviour)]).Check(body).FirstOrDefault();
        return wrong is null ? null
            : wrong.Kind == FieldProblemKind.Missing ? ArkProblem.Missing(wrong.Field)
            : ArkProblem.Invalid(
                wrong.Field, "The parameter `" + wrong.Field + "` specified in the request is not valid: " + wrong.Message + ".");
    }

    private static IEnumerable<FieldRule> Rules(ArkModel model, bool callbacks, ArkBehaviour behaviour)
    {
        bool first = model.IsFirst;
        bool tenth = model.Generation == ArkGeneration.Seedance10;
        yield return FieldRule.Text("model").Require();
        yield return new FieldRule("content", _ => null).Require();
        yield return FieldRule.OneOf("resolution", model.Resolutions);
        yield return FieldRule.OneOf("ratio", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive");
        yield return FieldRule.WholeOneOf("duration", [.. Durations(model)]);
        yield return FieldRule.Whole("seed", -1, uint.MaxValue); // Two documents name two upper bounds; on 2.x none is named.
        yield return FieldRule.Flag("watermark");
        yield return FieldRule.Flag("return_last_frame");
        yield return FieldRule.Whole("execution_expires_after", 3600, 259_200);
        yield return FieldRule.Text("safety_identifier", longest: 64);
        if (callbacks)
        {
            yield return FieldRule.Url("callback_url");
        }

        if (tenth)
        {
            yield return FieldRule.WholeOneOf("frames", [.. Enumerable.Range(1, 66).Select(n => 25L + (4 * n))]);
        }
        else
        {
            yield return FieldRule.Flag("generate_audio");
        }

        if (first)
        {
            yield return FieldRule.Flag("camera_fixed");
            yield return FieldRule.OneOf("service_tier", "default", "flex");
        }
        else
        {
            yield return FieldRule.Whole("priority", 0, 9);
            if (!behaviour.RefusesDefaults)
            {
                yield return FieldRule.OneOf("service_tier", "default");
                yield return new FieldRule("camera_fixed",
                    value => value.ValueKind == JsonValueKind.False ? null : (FieldProblemKind.Value, "Input should be false"));
            }
        }

        switch (model.Generation)
        {
            case ArkGeneration.Seedance15:
                yield return FieldRule.Flag("draft");
                break;
            case ArkGeneration.Seedance20:
                yield return new FieldRule("tools", Tools);
                break;
            case ArkGeneration.Seedance25:
                yield return FieldRule.OneOf("output_format", "mp4", "mov");
                yield return FieldRule.OneOf("omni_reference_task_type", "auto", "reference", "edit", "extend");
                break;
        }
    }

    private static IEnumerable<long> Durations(ArkModel model)
    {
        IEnumerable<long> seconds = Enumerable.Range(model.Shortest, model.Longest - model.Shortest + 1).Select(second => (long)second);
        return model.ChoosesDuration ? seconds.Prepend(-1) : seconds;
    }

    private static (FieldProblemKind Kind, string Message)? Tools(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(tool => tool.ValueKind == JsonValueKind.Object && tool.Text("type") == "web_search")
            ? null
            : (FieldProblemKind.Value, "the only tool is web_search");

    private static ArkProblem? Combination(JsonElement body, ArkModel model, ArkContent content)
    {
        string task = body.Text("omni_reference_task_type", "auto");
        bool ratio = body.Text("ratio", "adaptive") != "adaptive";
        return model.Generation == ArkGeneration.Seedance25 && ratio && content.Frames > 0
            ? ArkProblem.Invalid("ratio", "with a frame the ratio is adaptive")
            : task is "edit" or "extend" && ratio ? Constraint("ratio", "to edit or extend a video the ratio is adaptive")
            : task is "edit" or "extend" && content.Videos == 0 ? Constraint("content", "to edit or extend needs a reference video")
            : task == "reference" && !content.HasReferences ? Constraint("content", "reference needs reference media")
            : body.TryGetProperty("tools", out _) && !content.IsText ? ArkProblem.Invalid("tools", "tools go with text alone")
            : Flag(body, "camera_fixed", otherwise: false) && content.Images > 0
                ? ArkProblem.Invalid("camera_fixed", "not with reference images")
            : Flag(body, "draft", otherwise: false) && body.Text("resolution", "480p") != "480p"
                ? ArkProblem.Invalid("resolution", "a draft is 480p")
            : Flag(body, "draft", otherwise: false) && content.Draft is not null
                ? ArkProblem.Invalid("draft", "a draft is not made of a draft")
            : null;
    }

    private static ArkProblem Constraint(string parameter, string message) =>
        new("InvalidParameter.TaskTypeConstraint", message, parameter);
}
