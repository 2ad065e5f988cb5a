using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 2.5: the endpoint's suffix is the resolution, and its reference lists have names of their own.</summary>
internal static class MuapiSeedance25
{
    private const MuapiSwitches Switches = MuapiSwitches.Duration | MuapiSwitches.AspectRatio | MuapiSwitches.Seed;

    private const string Doubts =
        "Needs a Pro or Business plan. The SDK says 4-30 s, the 2.1 guide up to 16 s. References are limited to 20/6/6 (SDK) or 30/10/10 (third-party).";

    private const string Unlisted = " The SDK of " + Sdk25Date + " says that 1080p and 4k do not exist yet; third-party clients name them.";

    private const string SdkPrices = "Seedance 2.5 SDK, " + Sdk25Date + "; third-party lists of 2026-07 are 40 % lower";
    private const string ClientPrices = "Third-party Muapi clients, 2026-07; for lower resolutions the SDK's prices are about 75 % higher";

    private static readonly DisputedLimit s_length = Disputes.Range(
        Disputes.Duration, null, 16, "Muapi's 2.1 guide has up to 16 s, its SDK 4 to 30 s");

    private static readonly DisputedLimit[] s_counts =
    [
        .. new[] { (Disputes.ReferenceImages, 20), (Disputes.ReferenceVideos, 6), (Disputes.ReferenceAudios, 6) }
            .Select(limit =>
                Disputes.Range(
                limit.Item1, null, limit.Item2, "the SDK has 20 images, 6 videos and 6 audio files, third-party clients 30, 10 and 10")),
    ];

    private static readonly MuapiFields s_text = new() { Switches = Switches };
    private static readonly MuapiFields s_image = new() { FirstFrame = "image_url", Switches = Switches };

    private static readonly PriceRule s_price720 = Price(SdkPrices, ("720p", 0.60m));

    private static readonly (GenerationMode Mode, string Stem, MuapiFields Fields)[] s_modes =
    [
        (GenerationMode.TextToVideo, "text-to-video", s_text),
        (GenerationMode.ImageToVideo, "image-to-video", s_image),
        (GenerationMode.FirstLastFrame, "first-last-frame", new() { Frames = "images_list", Switches = Switches }),
        (GenerationMode.Reference, "omni-reference",
            new() { Images = "images_list", Videos = "videos_list", Audios = "audios_list", Switches = Switches }),
    ];

    private static readonly SeedanceModel s_model = Common with
    {
        Name = "seedance-2.5",
        MinDuration = 4,
        MaxDuration = 30,
        AspectRatios = [.. SixRatios, "9:21"],
        Features = [Seed, Callback],
        MinSeed = -1,
        MaxSeed = uint.MaxValue,
        Disputed = [s_length],
        Notes = Doubts,
        Source = Sdk25,
        SourceDate = Sdk25Date,
    };

    private static readonly SeedanceModel s_unlisted = s_model with { Notes = Doubts + Unlisted, Source = Clients, SourceDate = NoDate };

    private static readonly SeedanceModel s_spicy = s_model with { Name = "seedance-2.5-spicy", Resolutions = ["720p"],
        DefaultResolution = "720p" };

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        .. Tier(s_model, string.Empty, "720p", s_price720, Price(SdkPrices, ("720p", 0.72m))),
        .. Tier(s_model, "-480p", "480p", Price(SdkPrices, ("480p", 0.30m)), Price(SdkPrices, ("480p", 0.36m))),
        .. Tier(s_unlisted, "-1080p", "1080p", Price(ClientPrices, ("1080p", 0.85m)), referencePrice: null),
        .. Tier(s_unlisted, "-4k", "4k", Price(ClientPrices, ("4k", 1.70m)), referencePrice: null),
        new(s_spicy with { WireModel = "seedance-2.5-spicy-text-to-video", StartsFrom = GenerationMode.TextToVideo }, s_text, s_price720),
        new(s_spicy with { WireModel = "seedance-2.5-spicy-image-to-video", StartsFrom = GenerationMode.ImageToVideo }, s_image,
            s_price720),
        Undocumented("seedance-2.5-video-edit", GenerationMode.Edit),
        Undocumented("seedance-2.5-video-extend", GenerationMode.Extend),
    ];

    /// <summary>Nothing but the name is known, so nothing is sent that was not asked for.</summary>
    private static MuapiEndpoint Undocumented(string endpoint, GenerationMode mode) => new(
        s_unlisted with
        {
            WireModel = endpoint,
            StartsFrom = mode,
            MinDuration = null,
            MaxDuration = null,
            DefaultDuration = null,
            AspectRatios = [],
            DefaultAspectRatio = null,
            Disputed = [],
            MaxReferenceImages = mode == GenerationMode.Edit ? 20 : 0,
            MaxReferenceVideos = 1,
            Notes = "Third-party clients name this endpoint, the SDK of " + Sdk25Date
                + " says that it does not exist yet. Its fields are not documented; "
                + "they are spelled as at the older endpoints of this kind. Give the video as the one reference video.",
        },
        MuapiGuess.Fields(endpoint));

    private static IEnumerable<MuapiEndpoint> Tier(
        SeedanceModel model, string suffix, string resolution, PriceRule price, PriceRule? referencePrice)
    {
        foreach ((GenerationMode mode, string stem, MuapiFields fields) in s_modes)
        {
            bool references = mode == GenerationMode.Reference;
            SeedanceModel row = model with
            {
                WireModel = "seedance-2.5-" + stem + suffix,
                StartsFrom = mode,
                Resolutions = [resolution],
                DefaultResolution = resolution,
                MaxReferenceImages = references ? 30 : 0,
                MaxReferenceVideos = references ? 10 : 0,
                MaxReferenceAudios = references ? 10 : 0,
                Disputed = references ? [s_length, .. s_counts] : model.Disputed,
            };
            yield return new(row, fields, references ? referencePrice : price);
        }
    }

    private static PriceRule Price(string source, params (string Resolution, decimal Dollars)[] rates) =>
        PerSecond(source, rates) with { IsDisputed = true };
}
