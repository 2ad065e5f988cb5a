using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>The rules of generateVideo.</summary>
internal static class AtlasCloudRequest
{
    /// <summary>The field under which a task keeps its body as it came, which the history shows.</summary>
    public const string RawBody = "atlas.body";

    private const int DefaultSeconds = 5;

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(AtlasCloudModel model, JsonElement body)
    {
        List<FieldProblem> problems = new BodySchema(model.Fields).Check(body);
        return problems.Count > 0 ? string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Message}"))
            : model.TakesReferences ? References(model, body)
            : null;
    }

    public static SimulatorTask ToTask(AtlasCloudModel model, JsonElement body)
    {
        int seconds = (int)body.Whole("duration", DefaultSeconds);
        seconds = seconds < 0 ? DefaultSeconds : seconds;
        string resolution = body.Text("resolution", model.DefaultResolution).Split('-')[0];
        (int width, int height) = FrameSize.Of(resolution, body.Text("ratio", body.Text("aspect_ratio", "16:9")));
        return new SimulatorTask
        {
            Prompt = body.Text("prompt"),
            Fields = new Dictionary<string, string>(body.Fields(), StringComparer.Ordinal) { [RawBody] = body.GetRawText() },
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = body.Whole("seed", -1),
            Price = model.UsdPerSecond * seconds,
        };
    }

    private static string? References(AtlasCloudModel model, JsonElement body)
    {
        int pictures = body.Items("reference_images") + body.Items("reference_videos");
        int audios = body.Items("reference_audios");
        return pictures + audios == 0 ? "reference_images: at least one reference is required"
            : pictures == 0 && !model.AudioAlone ? "reference_audios: needs an image or a video"
            : body.Text("omni_reference_task_type") == "edit" && body.Whole("duration", DefaultSeconds) != -1 ? "duration: an edit needs -1"
            : null;
    }
}
