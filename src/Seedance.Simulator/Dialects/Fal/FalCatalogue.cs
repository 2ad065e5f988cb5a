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
        // 480p is a guess in proportion, as are Mini's prices.
        Dictionary<string, decimal> fast = Prices(("480p", 0.112m), ("720p", 0.2419m));
        foreach ((string variant, Dictionary<string, decimal> prices) in new[] { (string.Empty, full), ("/fast", fast), ("/mini", fast) })
        {
            // Older pages have a seed, the OpenAPI of 2026-07 has none; it is taken.
            FieldRule[] common = [
                s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(4, 15), s_audio, s_bitrate, s_seed, s_endUser];
            string family = "bytedance/seedance-2.0" + variant;
            yield return new(family + "/text-to-video", prices, [.. common, s_ratio]);
            yield return new(family + "/image-to-video", prices, [.. common, s_ratio, s_image, s_endImage]);
            yield return new(family + "/reference-to-video", prices,
                [.. common, s_ratio, .. References(9, 3, 3)]) { TakesReferences = true, MostFiles = 12 };
        }
    }

    private static IEnumerable<FalModel> Seedance25()
    {
        Dictionary<string, decimal> prices = Prices(("480p", 0.2205m), ("720p", 0.47m), ("1080p", 1.06m)); // 1080p is a guess.
        FieldRule[] common = [s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(4, 30), s_audio, s_bitrate, s_endUser];
        const string Family = "bytedance/seedance-2.5";
        yield return new(Family + "/text-to-video", prices, [.. common, s_ratio]);
        yield return new(Family + "/image-to-video", prices, [.. common, FieldRule.OneOf("aspect_ratio", "auto"), s_image, s_endImage]);
        yield return new(Family + "/reference-to-video", prices, [.. common, s_ratio, .. References(30, 10, 10)]) { TakesReferences = true,
            MostFiles = 50 };
    }

    // Types of @fal-ai/client 1.10.1 (2026-11).
    private static IEnumerable<FalModel> Older()
    {
        // 1.5 with sound; those of 1.0 are a guess.
        Dictionary<string, decimal> prices = Prices(("480p", 0.0241m), ("720p", 0.0518m), ("1080p", 0.1166m));
        FieldRule frames = FieldRule.Whole("num_frames", 1, 1000);
        FieldRule ratioOfText = FieldRule.OneOf("aspect_ratio", [.. s_ratios.Where(ratio => ratio != "auto"), "9:21"]);
        foreach (string variant in new[] { "v1.5/pro", "v1/pro", "v1/pro/fast", "v1/lite" })
        {
            bool later = variant == "v1.5/pro";
            FieldRule[] common =
            [
                s_prompt, FieldRule.OneOf("resolution", [.. prices.Keys]), Seconds(later ? 4 : 2, 12, automatic: false), s_seed,
                FieldRule.Flag("camera_fixed"),
                FieldRule.Flag("enable_safety_checker"), later ? s_audio : frames,
            ];
            FieldRule[] framed = variant == "v1/pro/fast" ? [.. common, s_ratio, s_image] : [.. common, s_ratio, s_image, s_endImage];
            yield return new($"fal-ai/bytedance/seedance/{variant}/text-to-video", prices, [.. common, later ? s_ratio : ratioOfText]);
            yield return new($"fal-ai/bytedance/seedance/{variant}/image-to-video", prices, framed);
        }

        yield return new(
            "fal-ai/bytedance/seedance/v1/lite/reference-to-video",
            prices,
            [
                s_prompt, FieldRule.OneOf("resolution", "480p", "720p"), Seconds(2, 12, automatic: false), s_ratio, s_seed,
                FieldRule.Flag("camera_fixed"),
                FieldRule.Flag("enable_safety_checker"), frames, FieldRule.MediaList("reference_image_urls", 1, 4, IsFile).Require(),
            ]);
    }

    private static FieldRule[] References(int images, int videos, int audios) =>
    [
        FieldRule.MediaList("image_urls", 0, images, IsFile),
        FieldRule.MediaList("video_urls", 0, videos, IsFile),
        FieldRule.MediaList("audio_urls", 0, audios, IsFile),
    ];

    /// <summary>Text, "auto" on 2.x, or whole seconds: a number is refused.</summary>
    private static FieldRule Seconds(int least, int most, bool automatic = true)
    {
        IEnumerable<string> seconds = Enumerable.Range(least, most - least + 1)
            .Select(number => number.ToString(CultureInfo.InvariantCulture));
        return FieldRule.OneOf("duration", [.. automatic ? seconds.Prepend("auto") : seconds]);
    }

    private static Dictionary<string, decimal> Prices(params (string Resolution, decimal Usd)[] rows) =>
        rows.ToDictionary(row => row.Resolution, row => row.Usd, StringComparer.Ordinal);

    private static bool IsFile(string? text) => WebAddress.IsHttp(text) || WebAddress.IsData(text);
}
