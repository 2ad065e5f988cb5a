using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 2 Mini and its sibling with relaxed moderation.</summary>
internal static class MuapiSeedanceMini
{
    private const MuapiSwitches Switches =
        MuapiSwitches.Duration | MuapiSwitches.AspectRatio | MuapiSwitches.Resolution | MuapiSwitches.Audio | MuapiSwitches.Bitrate;

    private static readonly MuapiFields s_text = new() { Switches = Switches };

    private static readonly MuapiFields s_image = new() { FirstFrame = "image_url", Switches = Switches };

    private static readonly MuapiFields s_omni = new() { Images = "images_list", Videos = "video_files", Audios = "audio_files",
        Switches = Switches };

    private static readonly PriceRule s_price = PerSecond(
        GuideMini + ", read " + NoDate + "; sound is free", ("480p", 0.08m), ("720p", 0.15m));

    private static readonly SeedanceModel s_model = Common with
    {
        Name = "seedance-2-mini",
        MinDuration = 4,
        MaxDuration = 15,
        Resolutions = ["480p", "720p"],
        DefaultResolution = "720p",
        Features = [Audio, Bitrate, Callback],
        TypicalSeconds = 48,
        Source = GuideMini,
        SourceDate = NoDate,
    };

    private static readonly SeedanceModel s_spicy = s_model with
    {
        Name = "seedance-2-mini-spicy",
        TypicalSeconds = null,
        Notes = "Known from third-party clients only; limits are those of Mini.",
        Source = Clients,
    };

    private const string ImageNote = "The guide names image_url; third-party clients send images_list.";

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        new(s_model with { WireModel = "seedance-2-mini-text-to-video", StartsFrom = GenerationMode.TextToVideo }, s_text, s_price),
        new(s_model with { WireModel = "seedance-2-mini-image-to-video", StartsFrom = GenerationMode.ImageToVideo, Notes = ImageNote },
            s_image, s_price),
        new(
            s_model with
            {
                WireModel = "seedance-2-mini-omni-reference",
                StartsFrom = GenerationMode.Reference,
                MaxReferenceImages = 9,
                MaxReferenceVideos = 3,
                MaxReferenceAudios = 3,
                Notes = "The guide names the endpoint; its fields and limits are third-party. Videos and audio are at most 15 s in all; the prompt "
                    + "names them as @image1 @video1 @audio1.",
            },
            s_omni,
            s_price),
        new(s_spicy with { WireModel = "seedance-2-mini-spicy-text-to-video", StartsFrom = GenerationMode.TextToVideo }, s_text),
        new(s_spicy with { WireModel = "seedance-2-mini-spicy-image-to-video", StartsFrom = GenerationMode.ImageToVideo }, s_image),
    ];
}
