using Seedance.Models;

namespace Seedance.Providers.Ark;

/// <summary>
/// ByteDance's models, a row per mode (create page and capability matrix of BytePlus, read 2026-08). No page knows a Seedance 2.1.
/// </summary>
internal static class ArkModels
{
    private const string Adaptive = "adaptive";
    private const string SeedNote =
        "The page lists seed for 1.x only; resellers offer it for 2.x. It is sent, and the answer names the seed that was used. ";
    private const string EditNote = "A prompt extends or edits the reference videos; people's faces are refused in references. ";

    private static readonly string[] s_ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", Adaptive];
    private static readonly string[] s_upTo720 = ["480p", "720p"];
    private static readonly string[] s_upTo1080 = ["480p", "720p", "1080p"];
    private static readonly string[] s_upTo4k = ["480p", "720p", "1080p", "4k"];

    private static readonly SeedanceModel s_common = new()
    {
        DefaultDuration = 5,
        AspectRatios = s_ratios,
        DefaultAspectRatio = Adaptive,
        MinSeed = -1,
        MaxSeed = uint.MaxValue, // Volcengine's page; the other has half of it.
        UrlLifetime = TimeSpan.FromHours(24),
        Concurrency = ArkHosts.Concurrency,
    };

    private static readonly SeedanceModel s_generation2 = s_common with
    {
        MinDuration = 4,
        MaxDuration = 15,
        AutomaticDuration = true,
        DefaultResolution = "720p",
        Features = ["Audio", "Seed", "Callback"],
        Disputed = [Disputes.Existence(Disputes.Seed, "ByteDance's page lists seed for 1.x only; resellers offer it for 2.x")],
        Notes = SeedNote,
    };

    private static readonly SeedanceModel s_generation1 = s_common with
    {
        MinDuration = 2,
        MaxDuration = 12,
        Resolutions = s_upTo1080,
        DefaultResolution = "1080p",
        Features = ["Seed", "CameraFixed", "Callback"],
        Disputed = [Disputes.Range(Disputes.Seed, null, int.MaxValue, "BytePlus's page ends at 2147483647, Volcengine's at 4294967295")],
        Notes = "A fixed camera is a phrase added to the prompt and not guaranteed. ",
    };

    /// <summary>
    /// <paramref name="spell"/> is the provider's spelling of an id, and <paramref name="price"/> its price by neutral name.
    /// </summary>
    public static IReadOnlyList<ModelCapability> Of(string provider, Func<string, string> spell, Func<string, PriceRule?> price) =>
        [.. Rows().Select(row => Capability(row, provider, spell, price(row.Name)))];

    private static ModelCapability Capability(SeedanceModel row, string provider, Func<string, string> spell, PriceRule? price)
    {
        bool international = provider == ArkHosts.BytePlus;
        SeedanceModel model = row with
        {
            Provider = provider,
            WireModel = spell(row.WireModel),
            Notes = row.Notes?.Trim(),
            Source = international ? "https://docs.byteplus.com/en/docs/ModelArk/2298881" : "https://www.volcengine.com/docs/82379/1520757",
            SourceDate = international ? "2026-08" : "2026-09",
        };
        return ModelCapability.Priced(model, price) with
        {
            // The id of the other house, which this one answers with 404.
            Aliases = [.. new[] { ArkNames.BytePlus(row.WireModel),
                ArkNames.Volcengine(row.WireModel) }.Where(id => id != model.WireModel)],
        };
    }

    private static IEnumerable<SeedanceModel> Rows() =>
    [
        .. Seedance25(),
        .. Generation2(
            s_generation2 with { Name = "seedance-2.0", WireModel = "seedance-2-0-260128", Resolutions = s_upTo4k,
            TypicalSeconds = 90 /* The task of the get page's sample. */ }),
        .. Generation2(s_generation2 with { Name = "seedance-2.0-fast", WireModel = "seedance-2-0-fast-260128", Resolutions = s_upTo720 }),
        .. Generation2(s_generation2 with { Name = "seedance-2-mini", WireModel = "seedance-2-0-mini-260615", Resolutions = s_upTo720 }),
        .. Frames(s_generation1 with
        {
            Name = "seedance-1.5-pro",
            WireModel = "seedance-1-5-pro-251215",
            MinDuration = 4,
            AutomaticDuration = true,
            DefaultResolution = "720p",
            Features = ["Audio", "Seed", "CameraFixed", "Callback"],
            PromptReplacedBy = [ArkDraft.Final],
            Notes = s_generation1.Notes + "The option draft makes a preview at 480p, the option draft_task its final video.",
        }),
        .. Generation1(Frames(s_generation1 with { Name = "seedance-1.0-pro", WireModel = "seedance-1-0-pro-250528" })),
        .. Generation1(Frames(s_generation1 with { Name = "seedance-1.0-pro-fast", WireModel = "seedance-1-0-pro-fast-251015" }))
            .Where(row => row.StartsFrom != GenerationMode.FirstLastFrame),
        .. Lite(),
    ];

    private static IEnumerable<SeedanceModel> Seedance25()
    {
        SeedanceModel model = s_generation2 with
        {
            Name = "seedance-2.5",
            WireModel = "seedance-2-5-260628",
            MaxDuration = 30,
            Resolutions = s_upTo1080,
            Notes = SeedNote
                + "1080p since about October 2026 (price tables of both houses). First and last frames, edit and extend take the ratio adaptive only. ",
        };
        foreach (SeedanceModel row in Frames(model))
        {
            yield return row.StartsFrom == GenerationMode.TextToVideo ? row : row with { AspectRatios = [Adaptive] };
        }

        yield return model with
        {
            StartsFrom = GenerationMode.Reference,
            MaxReferenceImages = 30,
            MaxReferenceVideos = 10,
            MaxReferenceAudios = 10,
            Notes = model.Notes + EditNote
                + "The option omni_reference_task_type (reference, edit, extend) has the host check the task; edit and extend take the ratio adaptive only.",
        };
    }

    private static IEnumerable<SeedanceModel> Generation2(SeedanceModel model) =>
    [
        .. Frames(model),
        model with
        {
            StartsFrom = GenerationMode.Reference,
            MaxReferenceImages = 9,
            MaxReferenceVideos = 3,
            MaxReferenceAudios = 3,
            AudioNeedsPicture = true,
            Notes = model.Notes + EditNote,
        },
    ];

    /// <summary>1.0 takes a ratio of its own for text, where nothing is there to adapt to.</summary>
    private static IEnumerable<SeedanceModel> Generation1(IEnumerable<SeedanceModel> rows) =>
        rows.Select(row => row.StartsFrom == GenerationMode.TextToVideo ? row with { DefaultAspectRatio = "16:9" } : row);

    private static IEnumerable<SeedanceModel> Lite()
    {
        SeedanceModel model = s_generation1 with { Name = "seedance-1.0-lite", WireModel = "seedance-1-0-lite-i2v-250428" };
        yield return model with { WireModel = "seedance-1-0-lite-t2v-250428", StartsFrom = GenerationMode.TextToVideo,
            DefaultAspectRatio = "16:9" };
        yield return model with { StartsFrom = GenerationMode.ImageToVideo };
        yield return model with { StartsFrom = GenerationMode.FirstLastFrame };
        yield return model with
        {
            StartsFrom = GenerationMode.Reference,
            DefaultResolution = "720p",
            MaxReferenceImages = 4,
            Features = ["Seed", "Callback"],
            Notes = "An older copy of the page has no 1080p with reference images.",
        };
    }

    private static IEnumerable<SeedanceModel> Frames(SeedanceModel model) =>
    [
        model with { StartsFrom = GenerationMode.TextToVideo },
        model with { StartsFrom = GenerationMode.ImageToVideo },
        model with { StartsFrom = GenerationMode.FirstLastFrame },
    ];
}
