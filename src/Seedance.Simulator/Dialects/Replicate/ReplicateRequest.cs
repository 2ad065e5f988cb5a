using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>The rules of a prediction.</summary>
internal static class ReplicateRequest
{
    private const int DefaultSeconds = 5;
    private static readonly string[] s_events = ["start", "output", "logs", "completed"];

    private static readonly BodySchema s_outer = new(
        FieldRule.Nested("input").Require(),
        FieldRule.Text("version"),
        FieldRule.Flag("stream"),
        FieldRule.Media("webhook", WebAddress.IsCallback),
        new FieldRule("webhook_events_filter", value =>
            value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && s_events.Contains(item.GetString()))
                ? null
                : (FieldProblemKind.Value, "Must be a list of " + string.Join(", ", s_events))));

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(ReplicateModel model, JsonElement body)
    {
        List<FieldProblem> problems = s_outer.Check(body);
        if (body.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Object)
        {
            problems.AddRange(new BodySchema(model.Inputs).Check(input, "input."));
            if (problems.Count == 0)
            {
                return Combination(input);
            }
        }

        return problems.Count == 0 ? null : string.Join("\n", problems.Select(problem => $"- {problem.Field}: {problem.Message}"));
    }

    public static SimulatorTask ToTask(ReplicateModel model, JsonElement body)
    {
        JsonElement input = body.GetProperty("input");
        string resolution = input.Text("resolution", "720p"); // What a model without a choice of its own makes, too.
        int seconds = (int)input.Whole("duration", DefaultSeconds);
        seconds = seconds < 0 ? DefaultSeconds : seconds;
        (int width, int height) = FrameSize.Of(resolution, input.Text("aspect_ratio", "16:9"));
        IReadOnlyDictionary<string, decimal> prices = input.Items("reference_videos") > 0 && model.WithVideo is { } withVideo
            ? withVideo
            : model.UsdPerSecond;
        Dictionary<string, string> fields = body.Fields();
        fields["model"] = model.Name;
        fields["input"] = input.GetRawText();
        string prompt = input.Text("prompt");
        return new SimulatorTask
        {
            Prompt = prompt.Substring(0, Math.Min(prompt.Length, model.CutsPromptAt)),
            Fields = fields,
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = input.Whole("seed", -1),
            Price = seconds * prices[resolution],
        };
    }

    private static string? Combination(JsonElement input)
    {
        bool frame = input.Text("image").Length > 0;
        bool last = input.Text("last_frame_image").Length > 0;
        int references = input.Items("reference_images") + input.Items("reference_videos") + input.Items("reference_audios");
        return input.Text("prompt").Length == 0 && !frame && references == 0 ? "- input.prompt: Field required"
            : last && !frame ? "- input.last_frame_image: needs image"
            : (frame || last) && references > 0 ? "- input.image: frames and references exclude each other"
            : null;
    }
}
