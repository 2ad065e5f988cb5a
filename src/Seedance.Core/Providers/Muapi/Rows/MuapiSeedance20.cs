using Seedance.Models;
using static Seedance.Providers.Muapi.MuapiSources;

namespace Seedance.Providers.Muapi;

/// <summary>Seedance 2.0 standard and its sibling with relaxed moderation: frames and references share images_list.</summary>
internal static class MuapiSeedance20
{
    private static readonly SeedanceModel s_model = Common with
    {
        MinDuration = 4,
        MaxDuration = 15,
        Resolutions = ["720p"],
        DefaultResolution = "720p",
        Notes = "There is no resolution field; 720p is inferred from the VIP endpoints, the catalogue says 'up to 2K'. Ratios are assumed to be the usual six.",
        Source = Cli,
        SourceDate = CliDate,
    };

    private static readonly PriceRule s_price =
        PerSecond("Muapi CLI catalogue, " + CliDate + ", 1.25 USD for 5 s; the Mini guide says about 0.30 a second", ("720p", 0.25m));

    private static readonly PriceRule s_fastPrice = FiveSeconds("720p", 0.75m);

    public static IReadOnlyList<MuapiEndpoint> Endpoints { get; } =
    [
        .. new[]
        {
            Standard("seedance-2.0", string.Empty, s_price),
            Standard("seedance-2.0-fast", "-fast", s_fastPrice),
            Spicy("seedance-2.0-spicy", string.Empty),
            Spicy("seedance-2.0-spicy-fast", "-fast"),
        }.SelectMany(rows => rows)
            .Select(row => row with { Model = Disputes.Guess(row.Model, "no document of Muapi names this limit for 2.0; it is assumed") }),
    ];

    private static IEnumerable<MuapiEndpoint> Standard(string name, string suffix, PriceRule price)
    {
        SeedanceModel model = s_model with { Name = name };
        yield return new(
            model with { WireModel = "seedance-2-text-to-video" + suffix, StartsFrom = GenerationMode.TextToVideo },
            MuapiSharedFields.Text, price);
        yield return new(
            model with { WireModel = "seedance-2-image-to-video" + suffix, StartsFrom = GenerationMode.ImageToVideo },
            MuapiSharedFields.FrameList, price);
        yield return new(
            model with { WireModel = "seedance-2-first-last-frame" + suffix, StartsFrom = GenerationMode.FirstLastFrame },
            MuapiSharedFields.FrameList, price);
        yield return new(
            model with
            {
                WireModel = "seedance-2-omni-reference-no-video" + suffix,
                StartsFrom = GenerationMode.Reference,
                MaxReferenceImages = 9,
                MaxReferenceAudios = 3,
                Notes = s_model.Notes + " Field names are third-party.",
            },
            MuapiSharedFields.References with { Videos = null },
            price);
    }

    private static IEnumerable<MuapiEndpoint> Spicy(string name, string suffix)
    {
        SeedanceModel model = s_model with
        {
            Name = name,
            Notes = "Known from third-party clients only; limits are those of the standard model.",
            Source = Clients,
            SourceDate = NoDate,
        };
        yield return new(
            model with { WireModel = "seedance-2-spicy-text-to-video" + suffix, StartsFrom = GenerationMode.TextToVideo },
            MuapiSharedFields.Text);
        yield return new(
            model with { WireModel = "seedance-2-spicy-image-to-video" + suffix, StartsFrom = GenerationMode.ImageToVideo },
            MuapiSharedFields.FrameList);
    }
}
