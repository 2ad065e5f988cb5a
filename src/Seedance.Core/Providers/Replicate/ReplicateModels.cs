using Seedance.Models;

namespace Seedance.Providers.Replicate;

/// <summary>The Seedance models of Replicate; a model serves every mode under one name.</summary>
internal static class ReplicateModels
{
    public const string Provider = "Replicate";

    private const string Pages = "https://replicate.com/bytedance (model pages)";
    private const string Date = "2026-09";

    private static readonly string[] s_upTo1080 = ["480p", "720p", "1080p"];

    private static readonly SeedanceModel s_common = new()
    {
        Provider = Provider,
        DefaultDuration = 5,
        DefaultResolution = "720p",
        AspectRatios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"],
        DefaultAspectRatio = "16:9",
        UrlLifetime = TimeSpan.FromHours(1),
        Source = Pages,
        SourceDate = Date,
    };

    private static readonly SeedanceModel s_model20 = s_common with
    {
        MinDuration = 4,
        MaxDuration = 15,
        AutomaticDuration = true,
        Features = ["Audio", "Seed", "Callback"],
        MaxReferenceImages = 9,
        MaxReferenceVideos = 3,
        MaxReferenceAudios = 3,
        TypicalSeconds = 71, // The prediction of the reference's sample.
        Notes = "Reference videos are at most 15 s in all. How long a result is kept is inferred: about an hour.",
    };

    private static readonly SeedanceModel s_model1 = s_common with
    {
        MinDuration = 2,
        MaxDuration = 12,
        Resolutions = s_upTo1080,
        AspectRatios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"],
        Features = ["Seed", "CameraFixed", "Callback"],
        Notes = "Limits are those of ByteDance's own model. Whether a last frame is taken depends on the model.",
    };

    private static readonly PriceRule s_price20 = new()
    {
        Unit = "USD",
        Source = "Replicate model page, read " + Date + ", per second of output",
        PerSecond = Rates(("480p", 0.08m), ("720p", 0.18m), ("1080p", 0.45m), ("4k", 1.00m)),
        PerSecondWithVideo = Rates(("480p", 0.10m), ("720p", 0.22m), ("1080p", 0.45m), ("4k", 1.00m)),
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        .. Modes(s_model20 with { Name = "seedance-2.0", WireModel = "bytedance/seedance-2.0",
            Resolutions = ["480p", "720p", "1080p", "4k"] }, s_price20),
        .. Modes(s_model20 with { Name = "seedance-2.0-fast", WireModel = "bytedance/seedance-2.0-fast", Resolutions = ["480p", "720p"] },
            price: null),
        .. Modes(
            s_model20 with
            {
                Name = "seedance-2.5",
                WireModel = "bytedance/seedance-2.5",
                MaxDuration = 30,
                Resolutions = s_upTo1080,
                MaxPromptLength = 2000,
                MaxReferenceImages = 30,
                MaxReferenceVideos = 10,
                MaxReferenceAudios = 10,
                AudioNeedsPicture = true,
                PromptOptional = true,
                TypicalSeconds = null,
                Notes = "References are named [Image1], [Video1], [Audio1] in the prompt, at most 30 s in all of each kind. A longer prompt would be cut without a word.",
                Source = "https://replicate.com/bytedance/seedance-2.5 (version fa8b2706)",
                SourceDate = "2026-11",
            },
            price: null),
        .. Modes(
            s_model1 with
            {
                Name = "seedance-1.5-pro",
                WireModel = "bytedance/seedance-1.5-pro",
                Resolutions = [],
                DefaultResolution = null,
                Features = ["Audio", "Seed", "CameraFixed", "Callback"],
                Notes = "The model chooses the resolution. Its sound is off by default at Replicate; here it is on unless -NoAudio is given, as at every other provider.",
                Source = "https://replicate.com/bytedance/seedance-1.5-pro/versions/78c1986f/api",
                SourceDate = "2026-11",
            },
            price: null),
        .. Modes(
            s_model1 with
            {
                Name = "seedance-1.0-pro-fast",
                WireModel = "bytedance/seedance-1-pro-fast",
                Notes = "Limits are those of ByteDance's own model, which takes no last frame.",
            },
            price: null).Where(row => row.Model.StartsFrom != GenerationMode.FirstLastFrame),
        .. Modes(s_model1 with { Name = "seedance-1.0-pro", WireModel = "bytedance/seedance-1-pro" }, price: null),
        .. Modes(s_model1 with { Name = "seedance-1.0-lite", WireModel = "bytedance/seedance-1-lite" }, price: null),
    ];

    private static IEnumerable<ModelCapability> Modes(SeedanceModel model, PriceRule? price)
    {
        SeedanceModel plain = ModelCapability.WithoutReferences(model);
        yield return ModelCapability.Priced(plain with { StartsFrom = GenerationMode.TextToVideo, PromptOptional = false }, price);
        yield return ModelCapability.Priced(plain with { StartsFrom = GenerationMode.ImageToVideo }, price);
        yield return ModelCapability.Priced(plain with { StartsFrom = GenerationMode.FirstLastFrame }, price);
        if (model.MaxReferenceImages > 0)
        {
            yield return ModelCapability.Priced(model with { StartsFrom = GenerationMode.Reference }, price);
        }
    }

    private static Dictionary<string, decimal> Rates(params (string Resolution, decimal Dollars)[] rates) =>
        rates.ToDictionary(rate => rate.Resolution, rate => rate.Dollars, StringComparer.OrdinalIgnoreCase);
}
