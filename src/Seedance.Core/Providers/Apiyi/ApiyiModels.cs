using Seedance.Models;
using Seedance.Providers.Ark;

namespace Seedance.Providers.Apiyi;

/// <summary>The four Seedance 2 models that APIYI resells, with its own limits and list (vendor pages, read 2026-09).</summary>
internal static class ApiyiModels
{
    public const string Provider = "Apiyi";
    public const int Concurrency = 15;

    private const string Page = "https://docs.apiyi.com (SeeDance 2 pages)";
    private const string Date = "2026-09";
    private const string List = "APIYI price list, read " + Date + ", the price of 5 s in the group SeeDance2; other lengths are linear";
    private const string List25 = "APIYI price list, read " + Date + ", the price of 5 s in the group SeeDance25; other lengths are linear";
    private const string Seed = "Whether the seed reaches 2.x is not documented. ";
    private const string Tokens =
        "The token's group must sell the model: SeeDance2 sells 2.0, 2.0 fast and Mini, SD2Mini and SD2Fast theirs for less. " + Seed;

    private const string Tokens25 =
        "The token's group must be SeeDance25 since 2026-08-30; one with SeeDance2 alone fails with 'no available channel' (APIYI's notice of that day). "
        + "1080p is H.265. One third-party page says that 2.5 is not open to everybody. " + Seed;

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        .. Model("seedance-2.5", ["480p", "720p", "1080p"], Price(("720p", 1.3721m / 5), ("1080p", 3.09m / 5)) with { Source = List25 },
            Tokens25),
        .. Model("seedance-2.0", ["480p", "720p", "1080p"], Price(("720p", 0.9074m / 5)), Tokens),
        .. Model("seedance-2.0-fast", ["480p", "720p"], Price(("720p", 0.7253m / 5)), Tokens),
        .. Model("seedance-2-mini", ["480p", "720p"], Price(("720p", 0.4508m / 5)), Tokens),
    ];

    /// <summary>Modes, lengths, ratios and counts are ByteDance's own; the ids are those of its house in China.</summary>
    private static IEnumerable<ModelCapability> Model(string name, string[] resolutions, PriceRule price, string note) =>
        ArkModels.Of(Provider, ArkNames.Volcengine, _ => price)
            .Where(row => row.Model.Name == name)
            .Select(row => row with
            {
                Model = row.Model with
                {
                    Resolutions = resolutions,
                    Features = ["Audio", "Seed"],
                    Concurrency = Concurrency,
                    Disputed = [Disputes.Existence(
                        Disputes.Seed, "APIYI's pages do not say whether a seed reaches 2.x, and ByteDance's lists it for 1.x only")],
                    Notes = note.Trim(),
                    Source = Page,
                    SourceDate = Date,
                },
            });

    private static PriceRule Price(params (string Resolution, decimal Dollars)[] rates)
    {
        Dictionary<string, decimal> table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string resolution, decimal dollars) in rates)
        {
            table[resolution] = dollars;
        }

        return new PriceRule { Unit = "USD", Source = List, PerSecond = table, ReferenceVideoFactor = null };
    }
}
