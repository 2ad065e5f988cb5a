using System.Text.Json;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>Replicate's Seedance models (model pages, 2026-09).</summary>
internal static class ReplicateCatalogue
{
    private static readonly string[] s_ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "9:21"];
    private static readonly FieldRule s_prompt = FieldRule.Text("prompt").Require();
    private static readonly FieldRule s_image = FieldRule.Media("image", IsFile);
    private static readonly FieldRule s_lastFrame = FieldRule.Media("last_frame_image", IsFile);
    private static readonly FieldRule s_seed = FieldRule.Whole("seed", int.MinValue, uint.MaxValue);

    public static IReadOnlyDictionary<string, ReplicateModel> All { get; } = Models()
        .ToDictionary(model => model.Name, StringComparer.Ordinal);

    private static IEnumerable<ReplicateModel> Models()
    {
        Dictionary<string, decimal> full = Prices(("480p", 0.08m), ("720p", 0.18m), ("1080p", 0.45m), ("4k", 1.00m));
        Dictionary<string, decimal> withVideo = Prices(("480p", 0.10m), ("720p", 0.22m), ("1080p", 0.45m), ("4k", 1.00m));
        yield return new("bytedance/seedance-2.0", full, Second(full, 15, 9, 3, 3)) { WithVideo = withVideo };

        // The page prices the standard model alone; the others' prices and the wider limits of 2.5 are guesses.
        Dictionary<string, decimal> fast = Prices(("480p", 0.06m), ("720p", 0.14m), ("1080p", 0.35m));
        yield return new("bytedance/seedance-2.0-fast", fast, Second(fast, 15, 9, 3, 3));
        // Optional beside media.
        yield return new("bytedance/seedance-2.5", full,
            [.. Second(full, 30, 30, 10, 10).Where(field => field.Name != "prompt"), FieldRule.Text("prompt")]) { CutsPromptAt = 2000 };
        Dictionary<string, decimal> first = Prices(("480p", 0.03m), ("720p", 0.06m), ("1080p", 0.15m));
        FieldRule[] older =
        [
            s_prompt, s_image, s_lastFrame, FieldRule.Whole("duration", 2, 12), Resolution(first),
            FieldRule.OneOf("aspect_ratio", s_ratios),
            FieldRule.WholeOneOf("fps", 24), FieldRule.Flag("camera_fixed"), s_seed,
        ];
        // Version page of 1.5 Pro, read 2026-11: sound, off by default, and no resolution. No price is on it.
        yield return new(
            "bytedance/seedance-1.5-pro",
            first,
            [
                s_prompt, s_image, s_lastFrame, FieldRule.Whole("duration", 2, 12), FieldRule.OneOf("aspect_ratio", s_ratios),
                FieldRule.WholeOneOf("fps", 24),
                FieldRule.Flag("camera_fixed"), FieldRule.Flag("generate_audio"), s_seed,
            ]);
        yield return new("bytedance/seedance-1-pro-fast", first, [.. older.Where(field => field.Name != "last_frame_image")]);
        yield return new("bytedance/seedance-1-pro", first, older);
        yield return new("bytedance/seedance-1-lite", first, older);
    }

    private static FieldRule[] Second(Dictionary<string, decimal> prices, int longest, int images, int videos, int audios) =>
    [
        s_prompt, s_image, s_lastFrame,
        FieldRule.MediaList("reference_images", 0, images, IsFile),
        FieldRule.MediaList("reference_videos", 0, videos, IsFile),
        FieldRule.MediaList("reference_audios", 0, audios, IsFile),
        new FieldRule("duration", value =>
            value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number)
                ? (FieldProblemKind.Type, "Invalid type. Expected: integer")
            : number == -1 || (number >= 4 && number <= longest) ? null
            : (FieldProblemKind.Value, FormattableString.Invariant($"Must be -1, or from 4 to {longest}"))),
        Resolution(prices), FieldRule.OneOf("aspect_ratio", [.. s_ratios, "adaptive"]), FieldRule.Flag("generate_audio"), s_seed,
    ];

    private static FieldRule Resolution(Dictionary<string, decimal> prices) => FieldRule.OneOf("resolution", [.. prices.Keys]);

    private static Dictionary<string, decimal> Prices(params (string Resolution, decimal Usd)[] rows) =>
        rows.ToDictionary(row => row.Resolution, row => row.Usd, StringComparer.Ordinal);

    private static bool IsFile(string? text) => WebAddress.IsHttp(text) || WebAddress.IsData(text);
}
