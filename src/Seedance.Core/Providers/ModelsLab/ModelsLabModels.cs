using Seedance.Models;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// The ids that the vendor's libraries name. Prices are left out: the one guide that has any contradicts itself three to six times over.
/// </summary>
internal static class ModelsLabModels
{
    public const string Provider = "ModelsLab";
    private const string Sdk = "https://github.com/ModelsLab/modelslab-py; https://github.com/ModelsLab/skills";
    private const string Date = "2026-09";

    private const string Common =
        " Lengths are 3-10 s in one guide and 4-30 s in the vendor's skills; resolutions and ratios are all that any document names. The last frame, references and "
        + "a price are documented nowhere.";

    private static readonly SeedanceModel s_common = new()
    {
        Provider = Provider,
        MinDuration = 3,
        MaxDuration = 30,
        DefaultDuration = 5,
        Resolutions = ["480p", "720p", "1080p", "2k"],
        DefaultResolution = "720p",
        AspectRatios = ["16:9", "9:16", "1:1", "4:3", "9:21"],
        DefaultAspectRatio = "16:9",
        Features = ["Seed", "Callback"],
        Disputed = [Disputes.Range(Disputes.Duration, 4, 10, "one guide has 3 to 10 s, the vendor's skills 4 to 30 s")],
        MaxPromptLength = 2000, // The multi-provider guide; no other page names one.
        Notes = Common.TrimStart(),
        UrlLifetime = TimeSpan.FromHours(24),
        Concurrency = 5,
        TypicalSeconds = 52, // The generation time of the reference's sample.
        Source = Sdk,
        SourceDate = Date,
    };

    private static readonly SeedanceModel s_seedance = s_common with
    {
        Name = "seedance",
        Features = ["Audio", "Seed", "Callback"],
        Notes = "Which Seedance this is, nobody says: the vendor's blog calls it 2.0, its libraries leave it open." + Common,
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        new(s_seedance with { WireModel = "seedance-t2v", StartsFrom = GenerationMode.TextToVideo,
            Features = [.. s_seedance.Features, "CameraFixed"] }),
        new(s_seedance with { WireModel = "seedance-i2v", StartsFrom = GenerationMode.ImageToVideo }),
        new(s_common with { Name = "seedance-1.0-pro", WireModel = "seedance-1.0-pro-i2v", StartsFrom = GenerationMode.ImageToVideo }),
        new(s_common with { Name = "seedance-1.0-pro-fast", WireModel = "seedance-1.0-pro-fast-t2v",
            StartsFrom = GenerationMode.TextToVideo }),
        new(s_common with { Name = "seedance-1.0-pro-fast", WireModel = "seedance-1.0-pro-fast-i2v",
            StartsFrom = GenerationMode.ImageToVideo }),
    ];
}
