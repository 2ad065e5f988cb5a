using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>What Muapi sells around the videos: sheets of a character to refer to, and removers of watermarks.</summary>
internal static class MuapiTools
{
    private static readonly SeedanceModel s_model = Common with
    {
        DefaultDuration = null,
        DefaultAspectRatio = null,
        AspectRatios = [],
        Source = Sdk25,
        SourceDate = Sdk25Date,
    };

    private static readonly PriceRule s_characterPrice = new()
    {
        Unit = "USD",
        Source = "Muapi CLI catalogue, " + CliDate,
        PerClip = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceRule.AnyResolution] = 0.18m },
    };

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        new(
            s_model with
            {
                Name = "seedance-2-character",
                WireModel = "seedance-2-character",
                StartsFrom = GenerationMode.Reference,
                MaxReferenceImages = 3,
                PromptReplacedBy = ["outfit_description"],
                Notes = "Makes an image, not a video: a sheet of the character in 1 to 3 pictures, which later prompts call @character:<provider job id>. "
                    + "Its name goes with -Option @{ character_name = '...' }, an outfit with outfit_description, which the host takes instead of a prompt.",
            },
            new() { Images = "images_list" },
            s_characterPrice),
        WatermarkRemover("seedance-2.0-watermark-remover"),
        WatermarkRemover("seedance-2-video-watermark-remover-pro"),
    ];

    private static MuapiEndpoint WatermarkRemover(string endpoint) => new(
        s_model with
        {
            Name = endpoint,
            WireModel = endpoint,
            StartsFrom = GenerationMode.Edit,
            MaxReferenceVideos = 1,
            PromptOptional = true,
            Notes = "Give the video to clean as the one reference video and an empty prompt: the vendor's SDK sends nothing else. No price is documented.",
        },
        new() { Video = "video_url", HasNoPrompt = true });
}
