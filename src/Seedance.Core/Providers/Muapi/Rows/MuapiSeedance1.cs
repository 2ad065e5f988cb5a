using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 1.5 Pro, 1.0 Pro and 1.0 Lite.</summary>
internal static class MuapiSeedance1
{
    private const MuapiSwitches Plain = MuapiSwitches.Duration | MuapiSwitches.Resolution | MuapiSwitches.Camera;
    private const MuapiSwitches WithRatio = Plain | MuapiSwitches.AspectRatio;
    private const MuapiSwitches Pro15 = WithRatio | MuapiSwitches.Audio;

    /// <summary>
    /// The schemas name image_url; the CLI of 2026-07-24 sends images_list to all of these. The schema is the host's own.
    /// </summary>
    private const string Image = "image_url";

    private const string Last = "last_image";

    private static readonly string[] s_upTo1080 = ["480p", "720p", "1080p"];
    private static readonly string[] s_ratioOfLite = ["16:9", "9:16", "1:1", "4:3", "3:4", "9:21"];

    private static readonly SeedanceModel s_pro15 = Common with
    {
        Name = "seedance-1.5-pro",
        MinDuration = 4,
        MaxDuration = 12,
        Resolutions = s_upTo1080,
        DefaultResolution = "720p",
        Features = [Audio, Camera, Callback],
        Source = Schemas,
        SourceDate = SchemasDate,
    };

    private static readonly SeedanceModel s_pro15Fast = s_pro15 with { Name = "seedance-1.5-pro-fast", Resolutions = ["720p", "1080p"] };

    private static readonly SeedanceModel s_pro = Common with
    {
        Name = "seedance-1.0-pro",
        MinDuration = 3,
        MaxDuration = 12,
        Resolutions = s_upTo1080,
        DefaultResolution = "480p",
        Features = [Camera, Callback],
        Source = Schemas,
        SourceDate = SchemasDate,
    };

    private static readonly SeedanceModel s_proFast = s_pro with { Name = "seedance-1.0-pro-fast", MinDuration = 2 };

    private static readonly SeedanceModel s_lite = s_pro with { Name = "seedance-1.0-lite", AspectRatios = s_ratioOfLite };

    private static readonly PriceRule s_pro15Price = FiveSeconds("720p", 0.34m);
    private static readonly PriceRule s_pro15FastPrice = FiveSeconds("720p", 0.26m);
    private static readonly PriceRule s_proPrice = FiveSeconds("480p", 0.18m);
    private static readonly PriceRule s_proFastPrice = FiveSeconds("480p", 0.06m);
    private static readonly PriceRule s_litePrice = FiveSeconds("480p", 0.10m);

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        .. Generation15(s_pro15, string.Empty, s_pro15Price),
        .. Generation15(s_pro15Fast, "-fast", s_pro15FastPrice),
        Extend15(s_pro15 with { WireModel = "seedance-v1.5-pro-video-extend", Resolutions = ["480p", "720p"] }),
        Extend15(s_pro15Fast with { WireModel = "seedance-v1.5-pro-video-extend-fast" }),
        Text(s_pro with { WireModel = "seedance-pro-t2v" }, s_proPrice),
        Framed(s_pro with { WireModel = "seedance-pro-i2v", StartsFrom = GenerationMode.ImageToVideo }, lastFrame: null, s_proPrice),
        Text(s_proFast with { WireModel = "seedance-pro-t2v-fast" }, s_proFastPrice),
        Framed(s_proFast with { WireModel = "seedance-pro-i2v-fast", StartsFrom = GenerationMode.ImageToVideo }, lastFrame: null,
            s_proFastPrice),
        Text(s_lite with { WireModel = "seedance-lite-t2v" }, s_litePrice),
        Framed(s_lite with { WireModel = "seedance-lite-i2v", StartsFrom = GenerationMode.ImageToVideo }, Last, s_litePrice),
        Framed(s_lite with { WireModel = "seedance-lite-i2v", StartsFrom = GenerationMode.FirstLastFrame }, Last, s_litePrice),
        new(
            WithoutRatio(s_lite) with
            {
                WireModel = "seedance-lite-reference-to-video",
                StartsFrom = GenerationMode.Reference,
                Resolutions = ["480p", "720p"],
                MaxReferenceImages = 4,
                Features = [Callback],
            },
            new MuapiFields { Images = "images_list", Switches = MuapiSwitches.Duration | MuapiSwitches.Resolution },
            s_litePrice)
        {
            CatalogueName = "seedance-lite-reference-video",
        },
    ];

    private static IEnumerable<MuapiEndpoint> Generation15(SeedanceModel model, string suffix, PriceRule price)
    {
        MuapiFields image = new() { FirstFrame = Image, LastFrame = Last, Switches = Pro15 };
        yield return new(model with { WireModel = "seedance-v1.5-pro-t2v" + suffix, StartsFrom = GenerationMode.TextToVideo },
            new() { Switches = Pro15 }, price);
        yield return new(
            model with { WireModel = "seedance-v1.5-pro-i2v" + suffix, StartsFrom = GenerationMode.ImageToVideo }, image, price);
        yield return new(
            model with { WireModel = "seedance-v1.5-pro-i2v" + suffix, StartsFrom = GenerationMode.FirstLastFrame }, image, price);
    }

    private static MuapiEndpoint Extend15(SeedanceModel model) => new(
        WithoutRatio(model) with
        {
            StartsFrom = GenerationMode.Extend,
            MaxReferenceVideos = 1,
            Notes = "Give the video to go on from as the one reference video.",
        },
        new() { Video = "video_url", Switches = Plain | MuapiSwitches.Audio });

    private static MuapiEndpoint Text(SeedanceModel model, PriceRule price) => new(model, new() { Switches = WithRatio }, price);

    private static MuapiEndpoint Framed(SeedanceModel model, string? lastFrame, PriceRule price) =>
        new(WithoutRatio(model), new() { FirstFrame = Image, LastFrame = lastFrame, Switches = Plain }, price);

    private static SeedanceModel WithoutRatio(SeedanceModel model) =>
        model with { AspectRatios = [], DefaultAspectRatio = null,
            Notes = "There is no ratio field: the picture keeps the ratio of the image." };
}
