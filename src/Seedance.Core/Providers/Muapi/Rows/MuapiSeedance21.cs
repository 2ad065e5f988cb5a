using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 2.1: one endpoint per mode, everything in fields.</summary>
internal static class MuapiSeedance21
{
    private const MuapiSwitches Switches =
        MuapiSwitches.Duration | MuapiSwitches.AspectRatio | MuapiSwitches.Resolution | MuapiSwitches.Audio | MuapiSwitches.Camera;

    private static readonly MuapiFields s_text = new() { Switches = Switches };

    private static readonly MuapiFields s_image = new() { FirstFrame = "image_url", LastFrame = "last_image", Switches = Switches };

    private static readonly SeedanceModel s_model = Common with
    {
        Name = "seedance-2.1",
        MinDuration = 4,
        MaxDuration = 12,
        Resolutions = ["480p", "720p", "1080p"],
        DefaultResolution = "720p",
        Features = [Audio, Camera, Callback, Sandbox],
        TypicalSeconds = 75,
        PriceRule = "from 0.4 credits a job, rises with the resolution; no list is published (" + Guide21 + ")",
        Notes = "The guide warns that more than 5 images or 1 video are cut silently, but its schema has no reference fields, so references are "
            + "refused. Whether is_test works with an ordinary key is documented nowhere else. The guide says 'coming soon' of endpoints that answer.",
        Source = Guide21,
        SourceDate = NoDate,
    };

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        new(s_model with { WireModel = "seedance-2.1-text-to-video", StartsFrom = GenerationMode.TextToVideo }, s_text),
        new(s_model with { WireModel = "seedance-2.1-image-to-video", StartsFrom = GenerationMode.ImageToVideo }, s_image),
        new(s_model with { WireModel = "seedance-2.1-image-to-video", StartsFrom = GenerationMode.FirstLastFrame }, s_image),
    ];
}
