using Seedance.Models;

namespace Seedance.Providers.Seedance2Ai;

/// <summary>Both models in all four modes (seedance2-ai.ai API page, read 2026-09).</summary>
internal static class Seedance2AiModels
{
    public const string Provider = "Seedance2Ai";

    /// <summary>"Up to 12 files in reference mode", less than its 9 + 3 + 3 add up to.</summary>
    public const int MaxReferences = 12;

    private const string Page = "https://seedance2-ai.ai (API page)";
    private const string Date = "2026-09";

    private static readonly SeedanceModel s_model = new()
    {
        Provider = Provider,
        MinDuration = 4,
        MaxDuration = 15,
        DefaultDuration = 5,
        Resolutions = ["720p", "2k", "4k"],
        DefaultResolution = "720p",
        AspectRatios = [.. Seedance2AiSizes.Ratios],
        DefaultAspectRatio = "16:9",
        Features = ["Upscale", "Callback"],
        Upscales = ["2k", "4k"],
        Concurrency = 3,
        TypicalSeconds = 45, // The task of the page's sample.
        Notes = "2k and 4k are made at 720p and upscaled. The ratio names of the six sizes are inferred; the default size and whether an image "
            + "overrides it are not documented. The shortest side of an image is at least 400 pixels; reference videos and audio are at most 15 s. "
            + "There is no switch for sound.",
        Source = Page,
        SourceDate = Date,
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        .. Modes("seedance-2.0", "seedance2", Price("200 credits for 5 s", 40)),
        .. Modes("seedance-2.0-fast", "seedance2-fast", Price("160 credits for 5 s; its general formula says 40 a second", 32)),
    ];

    private static IEnumerable<ModelCapability> Modes(string name, string wireModel, PriceRule price)
    {
        SeedanceModel model = s_model with { Name = name, WireModel = wireModel, PromptOptional = true };

        // The page has the prompt as optional everywhere. With nothing else either, a blank cell would be paid for.
        yield return ModelCapability.Priced(model with { StartsFrom = GenerationMode.TextToVideo, PromptOptional = false }, price);
        yield return ModelCapability.Priced(model with { StartsFrom = GenerationMode.ImageToVideo }, price);
        yield return ModelCapability.Priced(model with { StartsFrom = GenerationMode.FirstLastFrame }, price);
        yield return ModelCapability.Priced(
            model with
            {
                StartsFrom = GenerationMode.Reference,
                MaxReferenceImages = 9,
                MaxReferenceVideos = 3,
                MaxReferenceAudios = 3,
                MaxReferences = MaxReferences,
            },
            price);
    }

    private static PriceRule Price(string figures, decimal perSecond) => new()
    {
        Unit = "credits",
        Source = "seedance2-ai.ai API page, read " + Date + ", " + figures
            + "; the surcharge for upscaling is taken per clip, the page names it for 5 s only",
        PerSecond = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceRule.AnyResolution] = perSecond },
        ReferenceVideoFactor = 2,
        Upscale = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { ["2k"] = 100, ["4k"] = 200 },
    };
}
