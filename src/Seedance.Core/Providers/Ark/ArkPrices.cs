using Seedance.Models;

namespace Seedance.Providers.Ark;

/// <summary>
/// What a house asks per second of output, by neutral name. BytePlus publishes seconds at 16:9 (price page, as transcribed 2026-08-13); Volcengine
/// publishes yuan per million tokens, and a second takes 24 frames of width x height / 1024 tokens.
/// </summary>
internal static class ArkPrices
{
    private const string List = "BytePlus price page, 2026-08-13, at 16:9; other ratios differ by a few percent";
    private const string Promotions = "; promotions until 7 September 2026 were lower";

    private const string Yuan = "ByteDance's prices in yuan per million tokens, read 2026-08-13; 24 frames of width x height / 1024 tokens a second, at 16:9; the bill may count one frame more";

    private static readonly OptionFactor s_flex = new("service_tier", "flex", 0.5m);
    private static readonly OptionFactor s_draft = new("draft", "true", 0.6m, SilentFactor: 0.7m) { MayBeInTheTokens = true };

    private static readonly Dictionary<string, PriceRule> s_volcengine = new(StringComparer.Ordinal)
    {
        ["seedance-2.0"] = Tokens("seedance-2-0", ("480p", 46), ("720p", 46), ("1080p", 51)) with { PerMillionTokensWithVideo = Table(("480p", 28), ("720p", 28), ("1080p", 31)) },
        ["seedance-2.0-fast"] = Tokens("seedance-2-0", ("480p", 37), ("720p", 37)) with { PerMillionTokensWithVideo = Table((PriceRule.AnyResolution, 22)) },
        ["seedance-1.5-pro"] = Tokens("seedance-1-5", ("480p", 16), ("720p", 16), ("1080p", 16)) with { SilentFactor = 0.5m, OptionFactors = [s_draft, s_flex] },
        ["seedance-1.0-pro"] = Tokens("seedance-1-0", ("480p", 15), ("720p", 15), ("1080p", 15)) with { OptionFactors = [s_flex] },
    };

    private static readonly Dictionary<string, PriceRule> s_bytePlus = new(StringComparer.Ordinal)
    {
        ["seedance-2.5"] = Seconds("seedance-2-5", List, ("480p", 0.103m), ("720p", 0.231m)),
        ["seedance-2.0"] = Seconds("seedance-2-0", List, ("480p", 0.07m), ("720p", 0.15m), ("1080p", 0.37m), ("4k", 0.78m)),
        ["seedance-2.0-fast"] = Seconds("seedance-2-0", List + Promotions, ("480p", 0.06m), ("720p", 0.12m)),
        ["seedance-2-mini"] = Seconds("seedance-2-0", List + Promotions, ("480p", 0.04m), ("720p", 0.08m)) with { PerMillionTokens = Table((PriceRule.AnyResolution, 3.5m)) },
        ["seedance-1.5-pro"] = Seconds("seedance-1-5", List, ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.116m)) with
        {
            PerMillionTokens = Table((PriceRule.AnyResolution, 2.4m)), SilentFactor = 0.5m, OptionFactors = [s_draft, s_flex],
        },
        ["seedance-1.0-pro"] = Seconds("seedance-1-0", List, ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.122m)) with
        {
            PerMillionTokens = Table((PriceRule.AnyResolution, 2.5m)), OptionFactors = [s_flex],
        },
        ["seedance-1.0-pro-fast"] = Seconds("seedance-1-0", List, ("480p", 0.01m), ("720p", 0.02m), ("1080p", 0.048m)) with { OptionFactors = [s_flex] },
        ["seedance-1.0-lite"] = Seconds(
            "seedance-1-0",
            "BytePlus price page, 2026-08-13: 1.8 USD per million tokens, 24 frames of width x height / 1024 tokens a second, at 16:9",
            ("480p", 0.0175m),
            ("720p", 0.0371m),
            ("1080p", 0.0881m)) with
        {
            PerMillionTokens = Table((PriceRule.AnyResolution, 1.8m)), OptionFactors = [s_flex],
        },
    };

    public static PriceRule? BytePlus(string name) => s_bytePlus.TryGetValue(name, out PriceRule? rule) ? rule : null;

    public static PriceRule? Volcengine(string name) => s_volcengine.TryGetValue(name, out PriceRule? rule) ? rule : null;

    private static PriceRule Tokens(string generation, params (string Resolution, decimal PerMillion)[] rates) => new()
    {
        Unit = "CNY",
        Source = Yuan,
        PerSecond = Table([.. rates.Select(rate => (rate.Resolution, rate.PerMillion * ArkPixels.TokensPerSecond(generation, rate.Resolution) / 1_000_000))]),
        PerMillionTokens = Table(rates),
        ReferenceVideoFactor = null,
    };

    /// <summary>Where the page names no price of tokens, it follows from that of a second at 16:9. That of reference videos is another, and not on the page.</summary>
    private static PriceRule Seconds(string generation, string source, params (string Resolution, decimal Dollars)[] rates) => new()
    {
        Unit = "USD",
        Source = source,
        PerSecond = Table(rates),
        PerMillionTokens = Table([.. rates.Select(rate => (rate.Resolution, rate.Dollars * 1_000_000 / ArkPixels.TokensPerSecond(generation, rate.Resolution)))]),
        ReferenceVideoFactor = null, // Their seconds are billed too, at another rate and with a floor.
    };

    private static Dictionary<string, decimal> Table(params (string Resolution, decimal Rate)[] rates) =>
        rates.ToDictionary(rate => rate.Resolution, rate => rate.Rate, StringComparer.OrdinalIgnoreCase);
}
