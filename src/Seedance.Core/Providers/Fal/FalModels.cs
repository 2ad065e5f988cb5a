using Seedance.Models;

namespace Seedance.Providers.Fal;

/// <summary>The Seedance models of fal.ai, one path per model and mode.</summary>
internal static class FalModels
{
    public const string Provider = "Fal";

    private const string Pages = "https://fal.ai/models/bytedance (model pages and vendor OpenAPI)";
    private const string Date = "2026-08";
    private const string Billed = "; whether the seconds of reference videos are billed too is not said";

    private static readonly string[] s_ratios = ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    // Text alone: nothing is there to take a ratio from.
    private static readonly string[] s_ratiosOf10 = ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16", "9:21"];
    private static readonly string[] s_upTo1080 = ["480p", "720p", "1080p"];

    private static readonly SeedanceModel s_common = new()
    {
        Provider = Provider,
        DefaultDuration = 5,
        DefaultResolution = "720p",
        AspectRatios = s_ratios,
        Source = Pages,
        SourceDate = Date,
    };

    private static readonly SeedanceModel s_model20 = s_common with
    {
        MinDuration = 4,
        MaxDuration = 15,
        AutomaticDuration = true,
        Features = ["Audio", "HighBitrate", "Seed", "Callback"],
        MaxReferenceImages = 9,
        MaxReferenceVideos = 3,
        MaxReferenceAudios = 3,
        MaxReferences = 12,
        AudioNeedsPicture = true, // ByteDance's own rule for 2.0.
        Disputed = [Disputes.Existence(Disputes.Seed, "older model pages list a seed, fal's OpenAPI of 2026-08 does not")],
        Notes = "Older pages list a seed, the OpenAPI does not; it is sent and the host decides. References are named @Image1, @Video1, @Audio1 in the prompt; "
            + "reference videos and audio are 2 to 15 s in all of each kind.",
    };

    private static readonly SeedanceModel s_model25 = s_common with
    {
        Name = "seedance-2.5",
        MinDuration = 4,
        MaxDuration = 30,
        AutomaticDuration = true,
        Resolutions = s_upTo1080,
        Features = ["Audio", "HighBitrate", "Callback"],
        MaxReferenceImages = 30,
        MaxReferenceVideos = 10,
        MaxReferenceAudios = 10,
        MaxReferences = 50,
        AudioNeedsPicture = true,
        Notes = "References are at most 30.2 s in all of each kind. fal wants an image or a video beside reference audio; Ark and Atlas Cloud do not.",
    };

    private static readonly SeedanceModel s_model1 = s_common with
    {
        MinDuration = 2,
        MaxDuration = 12,
        Resolutions = s_upTo1080,
        Features = ["CameraFixed", "Seed", "Callback"],
        Source = "Types of @fal-ai/client 1.10.1 (endpoints.d.ts)",
        SourceDate = "2026-11",
    };

    private static readonly PriceRule s_price20 = Price(
        "2.0" + Billed, 0.6m, ("480p", 0.141m), ("720p", 0.3034m), ("1080p", 0.682m), ("4k", 1.555m));
    private static readonly PriceRule s_priceFast = Price("2.0 fast, 720p only" + Billed, 0.6m, ("720p", 0.2419m));
    private static readonly PriceRule s_price25 = Price("2.5" + Billed, 0.6m, ("480p", 0.2205m), ("720p", 0.47m));

    // 24 frames of width x height / 1024 tokens a second, at 16:9.
    private static readonly PriceRule s_price15 = new()
    {
        Unit = "USD",
        Source = "https://fal.ai/models/fal-ai/bytedance/seedance/v1.5/pro/image-to-video/llms.txt, read 2026-11: 2.4 USD per million tokens with sound, 1.2 without",
        PerSecond = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { ["480p"] = 0.0241m, ["720p"] = 0.0518m,
            ["1080p"] = 0.1166m },
        SilentFactor = 0.5m,
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        .. Seedance2(
            s_model20 with { Name = "seedance-2.0", Resolutions = ["480p", "720p", "1080p", "4k"] }, "bytedance/seedance-2.0", s_price20),
        .. Seedance2(
            s_model20 with { Name = "seedance-2.0-fast", Resolutions = ["480p", "720p"] }, "bytedance/seedance-2.0/fast", s_priceFast),
        .. Seedance2(
            s_model20 with { Name = "seedance-2-mini", Resolutions = ["480p", "720p"] }, "bytedance/seedance-2.0/mini", price: null),
        .. Seedance2(s_model25, "bytedance/seedance-2.5", s_price25),
        .. Seedance1(
            s_model1 with { Name = "seedance-1.5-pro", MinDuration = 4, Features = ["Audio", "CameraFixed", "Seed", "Callback"] },
            "fal-ai/bytedance/seedance/v1.5/pro", s_ratios, s_price15),
        .. Seedance1(s_model1 with { Name = "seedance-1.0-pro" }, "fal-ai/bytedance/seedance/v1/pro", s_ratiosOf10, price: null),
        .. Seedance1(s_model1 with { Name = "seedance-1.0-pro-fast" }, "fal-ai/bytedance/seedance/v1/pro/fast", s_ratiosOf10, price: null)
            .Where(row => row.Model.StartsFrom != GenerationMode.FirstLastFrame), // It has no end_image_url.
        .. Seedance1(s_model1 with { Name = "seedance-1.0-lite" }, "fal-ai/bytedance/seedance/v1/lite", s_ratiosOf10, price: null),
        new(s_model1 with
        {
            Name = "seedance-1.0-lite",
            WireModel = "fal-ai/bytedance/seedance/v1/lite/reference-to-video",
            StartsFrom = GenerationMode.Reference,
            Resolutions = ["480p", "720p"],
            DefaultAspectRatio = "auto",
            MaxReferenceImages = 4, // The types name no limit; ByteDance's own model takes so many.
        }),
    ];

    private static IEnumerable<ModelCapability> Seedance2(SeedanceModel model, string stem, PriceRule? price)
    {
        SeedanceModel plain = ModelCapability.WithoutReferences(model);
        SeedanceModel framed = plain with
        {
            WireModel = stem + "/image-to-video",
            AspectRatios = model.Name == "seedance-2.5" ? ["auto"] : s_ratios, // 2.5 takes no other beside a frame.
            DefaultAspectRatio = "auto",
        };
        yield return ModelCapability.Priced(
            plain with { WireModel = stem + "/text-to-video", StartsFrom = GenerationMode.TextToVideo, DefaultAspectRatio = "16:9" },
        price);
        yield return ModelCapability.Priced(framed with { StartsFrom = GenerationMode.ImageToVideo }, price);
        yield return ModelCapability.Priced(framed with { StartsFrom = GenerationMode.FirstLastFrame }, price);
        yield return ModelCapability.Priced(
            model with { WireModel = stem + "/reference-to-video", StartsFrom = GenerationMode.Reference, DefaultAspectRatio = "auto" },
        price);
    }

    private static IEnumerable<ModelCapability> Seedance1(SeedanceModel model, string stem, string[] ratiosOfText, PriceRule? price)
    {
        SeedanceModel framed = model with { WireModel = stem + "/image-to-video", DefaultAspectRatio = "auto" };
        yield return ModelCapability.Priced(
            model with { WireModel = stem + "/text-to-video", StartsFrom = GenerationMode.TextToVideo, AspectRatios = ratiosOfText,
                DefaultAspectRatio = "16:9" }, price);
        yield return ModelCapability.Priced(framed with { StartsFrom = GenerationMode.ImageToVideo }, price);
        yield return ModelCapability.Priced(framed with { StartsFrom = GenerationMode.FirstLastFrame }, price);
    }

    private static PriceRule Price(string what, decimal videoFactor, params (string Resolution, decimal Dollars)[] rates) => new()
    {
        Unit = "USD",
        Source = "fal.ai model page, " + Date + ", " + what,
        PerSecond = rates.ToDictionary(rate => rate.Resolution, rate => rate.Dollars, StringComparer.OrdinalIgnoreCase),
        ReferenceVideoFactor = videoFactor,
    };
}
