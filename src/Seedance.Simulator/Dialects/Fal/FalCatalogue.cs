using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Fal;

/// <summary>fal's Seedance models (model pages and vendor OpenAPI of July and August 2026; sheet).</summary>
internal static class FalCatalogue
{
    private static readonly string[] s_ratios = ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    private static readonly FieldRule s_prompt = FieldRule.Text("prompt").Require();
    private static readonly FieldRule s_image = FieldRule.Media("image_url", IsFile).Require();
    private static readonly FieldRule s_endImage = FieldRule.Media("end_image_url", IsFile);
    private static readonly FieldRule s_ratio = FieldRule.OneOf("aspect_ratio", s_ratios);
    private static readonly FieldRule s_audio = FieldRule.Flag("generate_audio");
    private static readonly FieldRule s_bitrate = FieldRule.OneOf("bitrate_mode", "standard", "high");
    private static readonly FieldRule s_endUser = FieldRule.Text("end_user_id");
    private static readonly FieldRule s_seed = FieldRule.Whole("seed", -1, uint.MaxValue);

    public static IReadOnlyDictionary<string, FalModel> All { get; } =
        Seedance20().Concat(Seedance25()).Concat(Older()).ToDictionary(model => model.Id, StringComparer.Ordinal);

    private static IEnumerable<FalModel> Seedance20()
    {
        Dictionary<string, decimal> full = Prices(("480p", 0.141m), ("720p", 0.3034m), ("1080p", 0.682m), ("4k", 1.555m));
        Dictionary<string, decimal> fast = Prices(("480p", 0.112m), ("720p", 0.2419m)); // 480p is a guess in proportion, as are Mini's prices.
        foreach ((string variant, Dictionary<string, decimal> prices) in new[] { (string.Empty, full), ("/fast", fast), ("/mini", fast) })
        {
            // Older pages have a seed, the OpenAPI of 2026-07 has none; it is taken.
            FieldRule[] common = [s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(4, 15), s_audio, s_bitrate, s_seed, s_endUser];
            string family = "bytedance/seedance-2.0" + variant;
            yield return new(family + "/text-to-video", prices, [.. common, s_ratio]);
            yield return new(family + "/image-to-video", prices, [.. common, s_ratio, s_image, s_endImage]);
            yield return new(family + "/reference-to-video", prices, [.. common, s_ratio, .. References(9, 3, 3)]) { TakesReferences = true, MostFiles = 12 };
        }
    }

    private static IEnumerable<FalModel> Seedance25()
    {
        Dictionary<string, decimal> prices = Prices(("480p", 0.2205m), ("720p", 0.47m), ("1080p", 1.06m)); // 1080p is a guess.
        FieldRule[] common = [s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(4, 30), s_audio, s_bitrate, s_endUser];
        const string Family = "bytedance/seedance-2.5";
        yield return new(Family + "/text-to-video", prices, [.. common, s_ratio]);
        yield return new(Family + "/image-to-video", prices, [.. common, FieldRule.OneOf("aspect_ratio", "auto"), s_image, s_endImage]);
        yield return new(Family + "/reference-to-video", prices, [.. common, s_ratio, .. References(30, 10, 10)]) { TakesReferences = true, MostFiles = 50 };
    }

    // The sheet has the ids of 1.x and no fields; these are the common ones, with the model's own 2 to 12 s.
    private static IEnumerable<FalModel> Older()
    {
        Dictionary<string, decimal> prices = Prices(("480p", 0.03m), ("720p", 0.06m), ("1080p", 0.12m));
        FieldRule[] common = [s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(2, 12), s_ratio, s_seed, FieldRule.Flag("camera_fixed")];
        foreach (string variant in new[] { "v1.5/pro", "v1/pro", "v1/pro/fast", "v1/lite" })
        {
            FieldRule[] fields = variant == "v1.5/pro" ? [.. common, s_audio] : common;
            yield return new($"fal-ai/bytedance/seedance/{variant}/text-to-video", prices, fields);
            yield return new($"fal-ai/bytedance/seedance/{variant}/image-to-video", prices, [.. fields, s_image, s_endImage]);
        }
    }

    private static FieldRule[] References(int images, int videos, int audios) =>
    [
        FieldRule.MediaList("image_urls", 0, images, IsFile),
        FieldRule.MediaList("video_urls", 0, videos, IsFile),
        FieldRule.MediaList("audio_urls", 0, audios, IsFile),
    ];

    /// <summary>Text, "auto" or whole seconds: a number is refused.</summary>
    private static FieldRule Seconds(int least, int most) => FieldRule.OneOf(
        "duration", ["auto", .. Enumerable.Range(least, most - least + 1).Select(seconds => seconds.ToString(CultureInfo.InvariantCulture))]);

    private static Dictionary<string, decimal> Prices(params (string Resolution, decimal Usd)[] rows) =>
        rows.ToDictionary(row => row.Resolution, row => row.Usd, StringComparer.Ordinal);

    private static bool IsFile(string? text) => WebAddress.IsHttp(text) || WebAddress.IsData(text);
}
