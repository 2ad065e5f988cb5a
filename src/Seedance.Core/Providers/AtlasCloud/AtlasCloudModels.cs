using Seedance.Models;

namespace Seedance.Providers.AtlasCloud;

/// <summary>
/// Every Seedance id of Atlas Cloud. None is priced: the catalogue's figures carry no unit, and the same number is shown per run, per
/// second and per million tokens (2026-08).
/// </summary>
internal static class AtlasCloudModels
{
    public const string Provider = "AtlasCloud";

    private const string Schemas = "https://static.atlascloud.ai/model/schema (vendor OpenAPI)";
    private const string Clients = "https://github.com/AtlasCloudAI/mcp-server and sibling vendor clients";
    private const string Date = "2026-08-26";
    private const string Tiers = "-SR, -sr and -esr are upscales of the next lower native render. No price with a unit is published.";

    private static readonly string[] s_sixRatios = ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    private static readonly string[] s_sevenRatios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"];
    private static readonly string[] s_smallTiers = ["480p", "720p", "720p-SR", "1080p-SR", "1440p-SR"];

    private static readonly SeedanceModel s_common = new()
    {
        Provider = Provider,
        DefaultDuration = 5,
        DefaultResolution = "720p",
        Source = Schemas,
        SourceDate = Date,
    };

    private static readonly SeedanceModel s_model20 = s_common with
    {
        MinDuration = 4,
        MaxDuration = 15,
        AutomaticDuration = true,
        AspectRatios = s_sevenRatios,
        Features = ["Audio", "Seed", "HighBitrate"],
        MinSeed = -1,
        MaxSeed = uint.MaxValue,
        MaxReferenceImages = 9,
        MaxReferenceVideos = 3,
        MaxReferenceAudios = 3,
        AudioNeedsPicture = true,
        Notes = Tiers + " References are named 'image 1', 'video 1' in the prompt; reference videos and audio are at most 15 s in all.",
    };

    private static readonly SeedanceModel s_model25 = s_common with
    {
        Name = "seedance-2.5",
        MinDuration = 4,
        MaxDuration = 30,
        AutomaticDuration = true,
        AspectRatios = s_sevenRatios,
        Resolutions =
        [
            "480p", "720p", "720p-sr", "720p-esr", "1080p", "1080p-sr", "1080p-esr", "1080p-esr & 60fps", "1440p-sr", "1440p-esr", "4k-esr",
        ],
        Features = ["Audio"],
        MaxReferenceImages = 30,
        MaxReferenceVideos = 10,
        MaxReferenceAudios = 10,
        Notes = Tiers
            + " References are named @Image1, @Video1, @Audio1 in the prompt, at most 30 s in all of each kind; to edit or extend a video, give it as "
            + "reference with -Duration -1 -Option @{ omni_reference_task_type = 'edit' }.",
    };

    private static readonly SeedanceModel s_model15 = s_common with
    {
        Name = "seedance-1.5-pro",
        MinDuration = 4,
        MaxDuration = 12,
        Resolutions = ["480p", "720p"],
        AspectRatios = s_sixRatios,
        DefaultAspectRatio = "16:9",
        Features = ["Audio", "Seed", "CameraFixed"],
    };

    private static readonly SeedanceModel s_model10 = s_common with
    {
        MinDuration = 2,
        MaxDuration = 12,
        MaxPromptLength = 2000,
        Features = ["Seed"],
        Notes = "The ids come from vendor clients; fields and limits are those of ByteDance's own model, not read from a schema.",
        Source = Clients,
    };

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        .. Rows(
            Seedance2(s_model25, "bytedance/seedance-2.5"),
            Seedance2(
                s_model20 with { Name = "seedance-2.0", Resolutions = ["480p", "720p", "720p-SR", "1080p", "1080p-SR", "1440p-SR", "4k"],
                    Notes = s_model20.Notes + " 4k is HEVC 10-bit." },
                "bytedance/seedance-2.0"),
            Seedance2(s_model20 with { Name = "seedance-2.0-fast", Resolutions = s_smallTiers }, "bytedance/seedance-2.0-fast"),
            Seedance2(s_model20 with { Name = "seedance-2-mini", Resolutions = s_smallTiers }, "bytedance/seedance-2.0-mini"),
            Seedance15(s_model15, string.Empty),
            Seedance15(
                s_model15 with
                {
                    Name = "seedance-1.5-pro-fast",
                    Resolutions = ["480p", "720p", "1080p"],
                    Notes = "The fast schema has resolutions of its own, which were not read; all of the model's are let through.",
                },
                "-fast"),
            Seedance10Fast(),
            Seedance10("seedance-1.0-pro", "bytedance/seedance-v1-pro"),
            Seedance10("seedance-1.0-lite", "bytedance/seedance-v1-lite")),
    ];

    private static IEnumerable<ModelCapability> Rows(params IEnumerable<SeedanceModel>[] families) =>
        families.SelectMany(family => family).Select(model => new ModelCapability(model));

    private static IEnumerable<SeedanceModel> Seedance2(SeedanceModel model, string stem)
    {
        SeedanceModel plain = ModelCapability.WithoutReferences(model);

        // 2.5 takes no other ratio beside a frame; elsewhere, adaptive keeps the frame whole.
        SeedanceModel framed = plain with
        {
            WireModel = stem + "/image-to-video",
            AspectRatios = model.Name == "seedance-2.5" ? ["adaptive"] : model.AspectRatios,
            DefaultAspectRatio = "adaptive",
        };
        yield return plain with { WireModel = stem + "/text-to-video", StartsFrom = GenerationMode.TextToVideo,
            DefaultAspectRatio = "16:9" };
        yield return framed with { StartsFrom = GenerationMode.ImageToVideo };
        yield return framed with { StartsFrom = GenerationMode.FirstLastFrame };
        yield return model with { WireModel = stem + "/reference-to-video", StartsFrom = GenerationMode.Reference,
            DefaultAspectRatio = "adaptive" };
    }

    private static IEnumerable<SeedanceModel> Seedance15(SeedanceModel model, string suffix)
    {
        SeedanceModel framed = model with { WireModel = "bytedance/seedance-v1.5-pro/image-to-video" + suffix };
        yield return model with { WireModel = "bytedance/seedance-v1.5-pro/text-to-video" + suffix,
            StartsFrom = GenerationMode.TextToVideo };
        yield return framed with { StartsFrom = GenerationMode.ImageToVideo };
        yield return framed with { StartsFrom = GenerationMode.FirstLastFrame };
    }

    private static IEnumerable<SeedanceModel> Seedance10Fast()
    {
        SeedanceModel model = s_model10 with
        {
            Name = "seedance-1.0-pro-fast",
            Resolutions = ["480p", "720p", "1080p"],
            AspectRatios = s_sixRatios,
            DefaultAspectRatio = "16:9",
        };
        yield return model with { WireModel = "bytedance/seedance-v1-pro-fast/text-to-video", StartsFrom = GenerationMode.TextToVideo };
        yield return model with { WireModel = "bytedance/seedance-v1-pro-fast/image-to-video", StartsFrom = GenerationMode.ImageToVideo };
    }

    /// <summary>The resolution is part of the id.</summary>
    private static IEnumerable<SeedanceModel> Seedance10(string name, string stem)
    {
        foreach (string resolution in new[] { "720p", "480p", "1080p" })
        {
            SeedanceModel model = s_model10 with { Name = name, Resolutions = [resolution], DefaultResolution = resolution };
            yield return model with
            {
                WireModel = stem + "-t2v-" + resolution, StartsFrom = GenerationMode.TextToVideo, AspectRatios = s_sixRatios,
                DefaultAspectRatio = "16:9",
            };
            yield return model with { WireModel = stem + "-i2v-" + resolution, StartsFrom = GenerationMode.ImageToVideo };
        }
    }
}
