using System.Text.Json;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>Every model id and its schema (vendor OpenAPI, snapshot of 2026-08-26; sheet, sections 2 and 3).</summary>
internal static class AtlasCloudCatalogue
{
    private static readonly string[] s_ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];
    private static readonly FieldRule s_model = FieldRule.Text("model").Require();
    private static readonly FieldRule s_prompt = FieldRule.Text("prompt", mayBeEmpty: true);
    private static readonly FieldRule s_neededPrompt = FieldRule.Text("prompt").Require();
    private static readonly FieldRule s_image = FieldRule.Media("image", IsFile).Require();
    private static readonly FieldRule s_lastImage = FieldRule.Media("last_image", IsFile);
    private static readonly FieldRule s_audio = FieldRule.Flag("generate_audio");
    private static readonly FieldRule s_seed = FieldRule.Whole("seed", -1, uint.MaxValue);
    private static readonly FieldRule s_ratio = FieldRule.OneOf("ratio", [.. s_ratios, "adaptive"]);

    public static IReadOnlyDictionary<string, AtlasCloudModel> All { get; } =
        Seedance25().Concat(Seedance20()).Concat(Seedance15()).Concat(Seedance10()).ToDictionary(model => model.Id, StringComparer.Ordinal);

    // "-sr" here, "-SR" on 2.0: the schemas differ, and so does the host.
    private static IEnumerable<AtlasCloudModel> Seedance25()
    {
        const string Family = "bytedance/seedance-2.5/";
        FieldRule[] common =
        [
            s_model, Seconds(30),
            FieldRule.OneOf(
                "resolution", "480p", "720p", "720p-sr", "720p-esr", "1080p", "1080p-sr", "1080p-esr", "1080p-esr & 60fps", "1440p-sr",
                "1440p-esr", "4k-esr"),
            s_audio, FieldRule.OneOf("output_format", "mp4", "mov"), FieldRule.Flag("watermark"), FieldRule.Flag("return_last_frame"),
        ];
        yield return new(Family + "text-to-video", 0.134m, [.. common, s_neededPrompt, s_ratio]);
        yield return new(
            Family + "image-to-video", 0.134m, [.. common, s_prompt, s_image, s_lastImage, FieldRule.OneOf("ratio", "adaptive")]);
        FieldRule task = FieldRule.OneOf("omni_reference_task_type", "auto", "reference", "edit", "extend");
        yield return new(Family + "reference-to-video", 0.134m,
            [.. common, s_prompt, s_ratio, task, .. References(30, 10, 10)]) { TakesReferences = true, AudioAlone = true };
    }

    private static IEnumerable<AtlasCloudModel> Seedance20()
    {
        string[] fast = ["480p", "720p", "720p-SR", "1080p-SR", "1440p-SR"];
        (string Name, decimal Price, string[] Resolutions)[] families =
        [
            ("seedance-2.0", 0.112m, [.. fast, "1080p", "4k"]), ("seedance-2.0-fast", 0.072m, fast), ("seedance-2.0-mini", 0.039m, fast),
        ];
        foreach ((string name, decimal price, string[] resolutions) in families)
        {
            FieldRule[] common =
            [
                s_model, Seconds(15), FieldRule.OneOf("resolution", resolutions), s_ratio, s_audio, s_seed,
                FieldRule.OneOf("bitrate_mode", "standard", "high"),
                FieldRule.Flag("watermark"), FieldRule.Flag("return_last_frame"),
            ];
            yield return new($"bytedance/{name}/text-to-video", price, [.. common, s_neededPrompt]);
            yield return new($"bytedance/{name}/image-to-video", price, [.. common, s_prompt, s_image, s_lastImage]);
            yield return new(
                $"bytedance/{name}/reference-to-video", price, [.. common, s_prompt, .. References(9, 3, 3)]) { TakesReferences = true };
        }
    }

    private static IEnumerable<AtlasCloudModel> Seedance15()
    {
        FieldRule[] common = [s_model, FieldRule.Whole("duration", 4, 12), FieldRule.OneOf("aspect_ratio", s_ratios), s_audio, s_seed,
            FieldRule.Flag("camera_fixed")];
        foreach ((string suffix, decimal price) in new[] { (string.Empty, 0.047m), ("-fast", 0.018m), ("-spicy", 0.047m) })
        {
            // The fast schema has another set that the snapshot does not show; 1080p is a guess.
            FieldRule resolution = suffix == "-fast"
                ? FieldRule.OneOf("resolution", "480p", "720p", "1080p")
                : FieldRule.OneOf("resolution", "480p", "720p");
            yield return new("bytedance/seedance-v1.5-pro/image-to-video" + suffix, price,
                [.. common, resolution, s_prompt, s_image, s_lastImage]) { HasResultRoute = true };
            if (suffix != "-spicy")
            {
                yield return new("bytedance/seedance-v1.5-pro/text-to-video" + suffix, price,
                    [.. common, resolution, s_neededPrompt]) { HasResultRoute = true };
            }
        }
    }

    // No schema of 1.0 is in the snapshot: fields as of 1.5 without sound, and the model's own 2 to 12 s, are a guess.
    private static IEnumerable<AtlasCloudModel> Seedance10()
    {
        FieldRule[] common = [
            s_model, FieldRule.Whole("duration", 2, 12), FieldRule.OneOf("aspect_ratio", s_ratios), s_seed, FieldRule.Flag("camera_fixed")];
        FieldRule prompt = FieldRule.Text("prompt", longest: 2000);
        FieldRule resolution = FieldRule.OneOf("resolution", "480p", "720p", "1080p");
        yield return new("bytedance/seedance-v1-pro-fast/text-to-video", 0.02m, [.. common, resolution, prompt.Require()]);
        yield return new("bytedance/seedance-v1-pro-fast/image-to-video", 0.02m, [.. common, resolution, prompt, s_image]);
        foreach (string tier in new[] { "pro", "lite" })
        {
            foreach (string size in new[] { "480p", "720p", "1080p" })
            {
                yield return new(
                    $"bytedance/seedance-v1-{tier}-t2v-{size}", 0.03m, [.. common, prompt.Require()]) { DefaultResolution = size };
                yield return new($"bytedance/seedance-v1-{tier}-i2v-{size}", 0.03m,
                    [.. common, prompt, s_image, s_lastImage]) { DefaultResolution = size };
            }
        }
    }

    private static FieldRule[] References(int images, int videos, int audios) =>
    [
        FieldRule.MediaList("reference_images", 0, images, IsFile),
        FieldRule.MediaList("reference_videos", 0, videos, IsAddress),
        FieldRule.MediaList("reference_audios", 0, audios, IsAddress),
    ];

    /// <summary>-1 leaves the length to the model.</summary>
    private static FieldRule Seconds(int most) => new("duration", value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number)
            ? (FieldProblemKind.Type, "Input should be a valid integer")
        : number == -1 || (number >= 4 && number <= most) ? null
        : (FieldProblemKind.Value, FormattableString.Invariant($"Input should be -1, or from 4 to {most}")));

    private static bool IsAddress(string? text) =>
        WebAddress.IsHttp(text) || text?.StartsWith("asset://", StringComparison.Ordinal) == true;

    private static bool IsFile(string? text) => IsAddress(text) || WebAddress.IsData(text);
}
