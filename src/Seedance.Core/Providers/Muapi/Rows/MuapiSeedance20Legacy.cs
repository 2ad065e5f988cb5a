using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>
/// The first 2.0 endpoints. They stay alive beside the newer ones, which is why they have a neutral name of their own: nobody should get
/// the older output without asking for it. Their catalogue names look like the newer endpoints and are not endpoints at all (Muapi CLI,
/// 2026-07-24).
/// </summary>
internal static class MuapiSeedance20Legacy
{
    private const MuapiSwitches Fixed = MuapiSwitches.Duration | MuapiSwitches.AspectRatio;
    private const MuapiSwitches Switches = Fixed | MuapiSwitches.Quality;

    private const string Quality =
        "Quality basic is taken for 720p (the 480p endpoints are priced against 'the 720p variant'), high for 2k (Seedance 2.5 SDK). ";

    private static readonly SeedanceModel s_model = Common with
    {
        Name = "seedance-2.0-legacy",
        Durations = [5, 10, 15],
        MinDuration = 5,
        MaxDuration = 15,
        Resolutions = ["720p", "2k"],
        DefaultResolution = "720p",
        AspectRatios = ["16:9", "9:16", "1:1", "4:3", "3:4"],
        Notes = Quality
            + "One source lists the ratios 16:9 9:16 1:1, another 16:9 9:16 4:3 3:4. A watermark goes with -Option @{ remove_watermark = $true }.",
        Source = Schemas,
        SourceDate = SchemasDate,
    };

    private static readonly SeedanceModel s_draft = s_model with { Resolutions = ["480p"], DefaultResolution = "480p", Source = Clients,
        SourceDate = NoDate };

    private static readonly MuapiFields s_frame = new() { Frames = "images_list" };

    private static readonly MuapiFields s_references = new() { Images = "images_list", Videos = "video_files", Audios = "audio_files" };

    private static readonly PriceRule s_price = FiveSeconds("720p", 0.75m);
    private static readonly PriceRule s_draftPrice = FiveSeconds("480p", 0.60m);

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        new(s_model with { WireModel = "seedance-v2.0-t2v" }, new() { Switches = Switches }, s_price) { CatalogueName = "seedance-2-t2v" },
        new(s_model with { WireModel = "seedance-v2.0-i2v", StartsFrom = GenerationMode.ImageToVideo },
            s_frame with { Switches = Switches }, s_price)
        {
            CatalogueName = "seedance-2-i2v",
        },
        new(
            References(s_model) with { WireModel = "seedance-2.0-omni-reference", Source = Cli, SourceDate = CliDate },
            s_references with { Switches = Switches },
            FiveSeconds("720p", 1.50m))
        {
            CatalogueName = "seedance-2-omni-reference",
        },
        new(s_draft with { WireModel = "seedance-2.0-t2v-480p" }, new() { Switches = Fixed },
            s_draftPrice) { CatalogueName = "seedance-2-t2v-480p" },
        new(s_draft with { WireModel = "seedance-2.0-i2v-480p", StartsFrom = GenerationMode.ImageToVideo },
            s_frame with { Switches = Fixed }, s_draftPrice)
        {
            CatalogueName = "seedance-2-i2v-480p",
        },
        new(
            References(s_draft) with { WireModel = "seedance-2.0-omni-reference-480p" },
            s_references with { Switches = Fixed },
            FiveSeconds("480p", 1.44m))
        {
            CatalogueName = "seedance-2-omni-reference-480p",
        },
        new(
            s_model with
            {
                WireModel = "seedance-v2.0-extend",
                StartsFrom = GenerationMode.Extend,
                AspectRatios = [],
                DefaultAspectRatio = null,
                PromptOptional = true,
                Notes = Quality + "Name the job to go on from with -Option @{ request_id = '...' }; the prompt may be empty.",
                Source = Sdk25,
                SourceDate = Sdk25Date,
            },
            new() { Switches = MuapiSwitches.Duration | MuapiSwitches.Quality },
            FiveSeconds("720p", 1.05m))
        {
            CatalogueName = "seedance-2-extend",
        },
        new(
            s_model with
            {
                WireModel = "seedance-v2.0-video-edit",
                StartsFrom = GenerationMode.Edit,
                Durations = [],
                MinDuration = null,
                MaxDuration = null,
                DefaultDuration = null,
                MaxReferenceImages = 9,
                MaxReferenceVideos = 1,
                PriceRule = "1.50 USD in the CLI catalogue of " + CliDate + ", for an unnamed length",
                Notes = Quality + "Give the video to change as the one reference video; how many the list takes is not documented.",
                Source = Sdk25,
                SourceDate = Sdk25Date,
            },
            new() { Videos = "video_urls", Images = "images_list", Switches = MuapiSwitches.AspectRatio | MuapiSwitches.Quality })
        {
            CatalogueName = "seedance-2-video-edit",
        },
    ];

    private static SeedanceModel References(SeedanceModel model) =>
        model with { StartsFrom = GenerationMode.Reference, MaxReferenceImages = 9, MaxReferenceVideos = 3, MaxReferenceAudios = 3 };
}
