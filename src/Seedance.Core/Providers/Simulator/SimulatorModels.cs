using Seedance.Models;

namespace Seedance.Providers.Simulator;

/// <summary>One pretended model under several names, so that a script runs unchanged against the simulator.</summary>
internal static class SimulatorModels
{
    public const string Provider = "Simulator";

    private static readonly string[] s_names = ["seedance-sim", "seedance-2.1", "seedance-2-mini", "seedance-2.0"];

    private static readonly GenerationMode[] s_modes =
        [GenerationMode.TextToVideo, GenerationMode.ImageToVideo, GenerationMode.FirstLastFrame, GenerationMode.Reference];

    private static readonly PriceRule s_price = new()
    {
        Unit = "credits",
        Source = "The simulator's pretended price list",
        PerSecond = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { ["480p"] = 4, ["720p"] = 6, ["1080p"] = 9 },
    };

    private static readonly SeedanceModel s_model = new()
    {
        Provider = Provider,
        MinDuration = 2,
        MaxDuration = 30,
        DefaultDuration = 5,
        Resolutions = ["480p", "720p", "1080p"],
        DefaultResolution = "720p",
        AspectRatios = ["16:9", "9:16", "1:1", "3:4", "4:3", "21:9"],
        DefaultAspectRatio = "16:9",
        MaxPromptLength = 20_000,
        Features = ["Audio", "Seed", "CameraFixed", "HighBitrate", "Sandbox"],
        TypicalSeconds = 2,
        PriceRule = s_price.Describe() + "; nobody is charged",
        UrlLifetime = TimeSpan.FromHours(24),
        Concurrency = 10,
        Notes = "Makes no real video and costs nothing. A fixed camera and a high bitrate are accepted, so that scripts run unchanged, and change nothing.",
        Source = "Seedance.PowerShell",
        SourceDate = "2026-09",
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } = [.. s_names.SelectMany(Modes)];

    private static IEnumerable<ModelCapability> Modes(string name) => s_modes.Select(mode =>
    {
        bool references = mode == GenerationMode.Reference;
        SeedanceModel row = s_model with
        {
            Name = name,
            WireModel = name,
            StartsFrom = mode,
            MaxReferenceImages = references ? 9 : 0,
            MaxReferenceVideos = references ? 3 : 0,
            MaxReferenceAudios = references ? 3 : 0,
        };
        return new ModelCapability(row, s_price);
    });
}
