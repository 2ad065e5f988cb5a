using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Fal;

/// <summary>The rules of a submit.</summary>
internal static class FalRequest
{
    private const int DefaultSeconds = 5; // What "auto" comes to here.
    private const decimal VideoReferenceFactor = 0.6m;

    public static List<FieldProblem> Problems(FalModel model, JsonElement body)
    {
        List<FieldProblem> problems = new BodySchema(model.Fields).Check(body);
        if (problems.Count == 0 && model.TakesReferences)
        {
            int pictures = body.Items("image_urls") + body.Items("video_urls");
            int audios = body.Items("audio_urls");
            if (pictures + audios > model.MostFiles)
            {
                problems.Add(new FieldProblem(
                    FieldProblemKind.Value, "image_urls", FormattableString.Invariant($"At most {model.MostFiles} files in all")));
            }
            else if (pictures == 0)
            {
                problems.Add(
                    new FieldProblem(FieldProblemKind.Value, audios > 0 ? "audio_urls" : "image_urls",
                    audios > 0 ? "Audio needs an image or a video" : "A reference is required"));
            }
        }

        return problems;
    }

    public static SimulatorTask ToTask(FalModel model, JsonElement body, IReadOnlyDictionary<string, string> query)
    {
        string resolution = body.Text("resolution", "720p");
        int seconds = int.TryParse(body.Text("duration"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
            ? asked
            : DefaultSeconds;
        (int width, int height) = FrameSize.Of(resolution, body.Text("aspect_ratio", "16:9"));
        Dictionary<string, string> fields = body.Fields();
        fields["endpoint"] = model.Id;
        foreach (KeyValuePair<string, string> value in query)
        {
            fields[value.Key] = value.Value;
        }

        return new SimulatorTask
        {
            Prompt = body.Text("prompt"),
            Fields = fields,
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = body.Whole("seed", -1),
            Price = seconds * model.UsdPerSecond[resolution] * (body.Items("video_urls") > 0 ? VideoReferenceFactor : 1),
        };
    }
}
