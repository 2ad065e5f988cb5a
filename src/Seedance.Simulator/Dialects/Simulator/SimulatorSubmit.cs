using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Simulator;

/// <summary>What our own dialect takes: every neutral field, and nothing that contradicts itself.</summary>
internal static class SimulatorSubmit
{
    private const int DefaultSeconds = 5;
    private const string DefaultResolution = "720p";
    private const string DefaultRatio = "16:9";

    private static readonly string[] s_modes = ["text-to-video", "image-to-video", "first-last-frame", "reference"];

    private static readonly BodySchema s_schema = new(
        FieldRule.Text("model").Require(),
        FieldRule.Text("prompt", mayBeEmpty: true),
        FieldRule.OneOf("mode", s_modes),
        FieldRule.Whole("duration", 1, 60),
        FieldRule.OneOf("resolution", "360p", "480p", "540p", "720p", "1080p", "2k", "4k"),
        FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21", "adaptive"),
        FieldRule.Flag("audio"),
        FieldRule.Whole("seed", 0, uint.MaxValue),
        FieldRule.Url("image"),
        FieldRule.Url("last_frame"),
        FieldRule.Urls("reference_images", 0, 30),
        FieldRule.Urls("reference_videos", 0, 10),
        FieldRule.Urls("reference_audios", 0, 10)) { NullIsAbsent = true };

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(JsonElement body)
    {
        if (s_schema.Check(body) is { Count: > 0 } problems)
        {
            return string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Message}"));
        }

        bool frames = body.Text("image").Length > 0;
        int references = body.Items("reference_images") + body.Items("reference_videos") + body.Items("reference_audios");
        if (string.IsNullOrWhiteSpace(body.Text("prompt")) && !frames && references == 0)
        {
            return "prompt: Field required when there is no image";
        }

        if (body.Text("last_frame").Length > 0 && !frames)
        {
            return "last_frame: needs image as the first frame";
        }

        if (frames && references > 0)
        {
            return "image: frames and references exclude each other";
        }

        return body.Text("mode") switch
        {
            "image-to-video" or "first-last-frame" when !frames => "image: Field required in this mode",
            "reference" when references == 0 => "reference_images: a reference is required in this mode",
            _ => null,
        };
    }

    public static SimulatorTask ToTask(JsonElement body)
    {
        string resolution = body.Text("resolution", DefaultResolution);
        int seconds = (int)body.Whole("duration", DefaultSeconds);
        (int width, int height) = FrameSize.Of(resolution, body.Text("aspect_ratio", DefaultRatio));
        return new SimulatorTask
        {
            Prompt = body.Text("prompt"),
            Fields = body.Fields(),
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = body.Whole("seed", -1),
            Price = seconds * Math.Max(1, Math.Min(width, height) / 120),
        };
    }
}
