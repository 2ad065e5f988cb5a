using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 2.0 with priority: the endpoint's suffix is the resolution.</summary>
internal static class MuapiSeedanceVip
{
    private const string PriceSource = "Third-party Muapi clients, read 2026-09; the CLI catalogue of 2026-07-24 agrees where it lists";

    /// <summary>
    /// Two vendor documents of mid 2026 spell the 1080p prefix differently (CLI: seedance-2-vip, Seedance-2.5 SDK: sd-2-vip). Each row
    /// takes the spelling of a document that lists exactly it; the other one works when given as the model's id.
    /// </summary>
    private const string PrefixNote =
        " The 1080p and 4k endpoints are spelled seedance-2-vip-... in one vendor document and sd-2-vip-... in another.";

    private const string Assumed = "no document of Muapi names this limit for VIP; it is assumed";

    private static readonly SeedanceModel s_model = Common with
    {
        Name = "seedance-2.0-vip",
        MinDuration = 4,
        MaxDuration = 15,
        Notes = "There is no resolution field; 720p without a suffix is inferred. Ratios are assumed to be the usual six.",
        Source = Cli,
        SourceDate = CliDate,
    };

    private static readonly SeedanceModel s_fast = s_model with { Name = "seedance-2.0-vip-fast" };

    private static readonly (GenerationMode Mode, string Stem, MuapiFields Fields)[] s_modes =
    [
        (GenerationMode.TextToVideo, "text-to-video", MuapiSharedFields.Text),
        (GenerationMode.ImageToVideo, "image-to-video", MuapiSharedFields.FrameList),
        (GenerationMode.FirstLastFrame, "first-last-frame", MuapiSharedFields.FrameList),
        (GenerationMode.Reference, "omni-reference", MuapiSharedFields.References),
    ];

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        .. Tier(s_model, "seedance-2-vip-", string.Empty, "720p", PerSecond(PriceSource, ("720p", 0.30m))),
        .. Tier(Suffixed(s_model), "seedance-2-vip-", "-1080p", "1080p", PerSecond(PriceSource, ("1080p", 0.675m))),
        .. Tier(Suffixed(s_model) with { Source = Clients, SourceDate = NoDate }, "sd-2-vip-", "-4k", "4k",
            PerSecond(PriceSource, ("4k", 1.35m))),
        .. Tier(s_fast, "seedance-2-vip-", "-fast", "720p", PerSecond(PriceSource, ("720p", 0.21m))),
        .. Tier(Suffixed(s_fast) with { Source = Sdk25, SourceDate = Sdk25Date }, "sd-2-vip-", "-fast-1080p", "1080p", price: null),
        .. Tier(Suffixed(s_fast) with { Source = Clients, SourceDate = NoDate }, "sd-2-vip-", "-fast-4k", "4k", price: null),
        Extend("seedance-2-vip-extend", "720p", 1.05m),
        Extend("seedance-2-vip-extend-1080p", "1080p", 2.3625m),
    ];

    private static SeedanceModel Suffixed(SeedanceModel model) => model with { Notes = model.Notes + PrefixNote };

    private static IEnumerable<MuapiEndpoint> Tier(SeedanceModel model, string prefix, string suffix, string resolution, PriceRule? price)
    {
        foreach ((GenerationMode mode, string stem, MuapiFields fields) in s_modes)
        {
            bool references = mode == GenerationMode.Reference;
            SeedanceModel row = model with
            {
                WireModel = prefix + stem + suffix,
                StartsFrom = mode,
                Resolutions = [resolution],
                DefaultResolution = resolution,
                MaxReferenceImages = references ? 9 : 0,
                MaxReferenceVideos = references ? 3 : 0,
                MaxReferenceAudios = references ? 3 : 0,
            };
            yield return new(Disputes.Guess(row, Assumed), fields, price);
        }
    }

    private static MuapiEndpoint Extend(string endpoint, string resolution, decimal fiveSeconds) => new(
        s_model with
        {
            WireModel = endpoint,
            StartsFrom = GenerationMode.Extend,
            Resolutions = [resolution],
            DefaultResolution = resolution,
            AspectRatios = [],
            DefaultAspectRatio = null,
            Disputed = [Disputes.Range(Disputes.Duration, s_model.MinDuration, s_model.MaxDuration, Assumed)],
            Notes = "Name the job to go on from with -Option @{ request_id = '...' }; it must be a Seedance job of Muapi.",
        },
        MuapiSharedFields.ExtendByRequest,
        FiveSeconds(resolution, fiveSeconds));
}
