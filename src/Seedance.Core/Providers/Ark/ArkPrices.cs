using Seedance.Models;

namespace Seedance.Providers.Ark;

/// <summary>
/// What a house asks per second of output, by neutral name. BytePlus publishes seconds at 16:9 (price page, as transcribed 2026-08-13) and
/// dollars per million tokens; Volcengine yuan per million tokens. A second takes 24 frames of width x height / 1024 tokens.
/// </summary>
internal static class ArkPrices
{
    private const string List = "BytePlus price page, 2026-08-13, at 16:9; other ratios differ by a few percent";
    private const string Promotions = "; promotions until 7 September 2026 were lower";

    private const string Millions =
        "; dollars per million tokens, and 1080p of 2.5, as in ComfyUI's price table of 2026-11 and a public tariff table of 2026-10-02";

    private const string YuanOfOctober =
        "ByteDance's prices in yuan per million tokens, from a reseller's list that names its factor, read 2026-10-14; seconds as for the others";

    private const string Yuan =
        "ByteDance's prices in yuan per million tokens, read 2026-08-13; 24 frames of width x height / 1024 tokens a second, at 16:9; the bill may count one frame more";

    private static readonly OptionFactor s_flex = new("service_tier", "flex", 0.5m);
    private static readonly OptionFactor s_draft = new("draft", "true", 0.6m, SilentFactor: 0.7m) { MayBeInTheTokens = true };

    private static readonly Dictionary<string, PriceRule> s_volcengine = new(StringComparer.Ordinal)
    {
        ["seedance-2.5"] = Tokens("seedance-2-5", YuanOfOctober, ("480p", 70), ("720p", 70), ("1080p", 77))
            .WithVideo("seedance-2-5", 30, ("480p", 42), ("720p", 42), ("1080p", 46)),
        ["seedance-2.0"] = Tokens("seedance-2-0", Yuan, ("480p", 46), ("720p", 46), ("1080p", 51))
            .WithVideo("seedance-2-0", 15, ("480p", 28), ("720p", 28), ("1080p", 31)),
        ["seedance-2.0-fast"] = Tokens("seedance-2-0", Yuan, ("480p", 37), ("720p", 37))
            .WithVideo("seedance-2-0", 15, ("480p", 22), ("720p", 22)),
        ["seedance-2-mini"] = Tokens("seedance-2-0", YuanOfOctober, ("480p", 23), ("720p", 23))
            .WithVideo("seedance-2-0", 15, ("480p", 14), ("720p", 14)),
        ["seedance-1.5-pro"] = Tokens("seedance-1-5", Yuan, ("480p", 16), ("720p", 16), ("1080p", 16)) with { SilentFactor = 0.5m,
            OptionFactors = [s_draft, s_flex] },
        ["seedance-1.0-pro"] = Tokens("seedance-1-0", Yuan, ("480p", 15), ("720p", 15), ("1080p", 15)) with { OptionFactors = [s_flex] },
    };

    private static readonly Dictionary<string, PriceRule> s_bytePlus = new(StringComparer.Ordinal)
    {
        ["seedance-2.5"] = Seconds("seedance-2-5", List + Millions, ("480p", 0.103m), ("720p", 0.231m), ("1080p", 0.569m))
            .PerMillion(("480p", 10.7m), ("720p", 10.7m), ("1080p", 11.7m))
                .WithVideo("seedance-2-5", 30, ("480p", 6.4m), ("720p", 6.4m), ("1080p", 7.0m)),
        ["seedance-2.0"] = Seconds("seedance-2-0", List + Millions, ("480p", 0.07m), ("720p", 0.15m), ("1080p", 0.37m), ("4k", 0.78m))
            .PerMillion(("480p", 7.0m), ("720p", 7.0m), ("1080p", 7.7m), ("4k", 4.0m))
                .WithVideo("seedance-2-0", 15, ("480p", 4.3m), ("720p", 4.3m), ("1080p", 4.7m), ("4k", 2.4m)),
        ["seedance-2.0-fast"] = Seconds("seedance-2-0", List + Promotions + Millions, ("480p", 0.06m), ("720p", 0.12m))
            .PerMillion((PriceRule.AnyResolution, 5.6m)).WithVideo("seedance-2-0", 15, ("480p", 3.3m), ("720p", 3.3m)),
        ["seedance-2-mini"] = Seconds("seedance-2-0", List + Promotions + Millions, ("480p", 0.04m), ("720p", 0.08m))
            .PerMillion((PriceRule.AnyResolution, 3.5m)).WithVideo("seedance-2-0", 15, ("480p", 2.1m), ("720p", 2.1m)),
        ["seedance-1.5-pro"] = Seconds("seedance-1-5", List, ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.116m))
            .PerMillion((PriceRule.AnyResolution, 2.4m)) with
        {
            SilentFactor = 0.5m, OptionFactors = [s_draft, s_flex],
        },
        ["seedance-1.0-pro"] = Seconds("seedance-1-0", List, ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.122m))
            .PerMillion((PriceRule.AnyResolution, 2.5m)) with { OptionFactors = [s_flex] },
        ["seedance-1.0-pro-fast"] = Seconds("seedance-1-0", List + Millions, ("480p", 0.01m), ("720p", 0.02m), ("1080p", 0.048m))
            .PerMillion((PriceRule.AnyResolution, 1.0m)) with
        {
            OptionFactors = [s_flex],
        },
        ["seedance-1.0-lite"] = Seconds(
            "seedance-1-0",
            "BytePlus price page, 2026-08-13: 1.8 USD per million tokens, 24 frames of width x height / 1024 tokens a second, at 16:9",
            ("480p", 0.0175m),
            ("720p", 0.0371m),
            ("1080p", 0.0881m)).PerMillion((PriceRule.AnyResolution, 1.8m)) with { OptionFactors = [s_flex] },
    };

    public static PriceRule? BytePlus(string name) => s_bytePlus.TryGetValue(name, out PriceRule? rule) ? rule : null;

    public static PriceRule? Volcengine(string name) => s_volcengine.TryGetValue(name, out PriceRule? rule) ? rule : null;

    private static PriceRule Tokens(string generation, string source, params (string Resolution, decimal PerMillion)[] rates) => new()
    {
        Unit = "CNY",
        Source = source,
        PerSecond = PerSecond(generation, rates),
        PerMillionTokens = Table(rates),
        ReferenceVideoFactor = null,
    };

    private static PriceRule Seconds(string generation, string source, params (string Resolution, decimal Dollars)[] rates) => new()
    {
        Unit = "USD",
        Source = source,
        PerSecond = Table(rates),
        PerMillionTokens =
            Table([.. rates.Select(
            rate => (rate.Resolution, rate.Dollars * 1_000_000 / ArkPixels.TokensPerSecond(generation, rate.Resolution)))]),
        ReferenceVideoFactor = null,
    };

    private static PriceRule PerMillion(this PriceRule rule, params (string Resolution, decimal Rate)[] rates) =>
        rule with { PerMillionTokens = Table(rates) };

    /// <summary>
    /// The seconds of reference videos are billed as well, at the lower rate that holds for all seconds then; how many they are, only the
    /// host knows.
    /// </summary>
    private static PriceRule WithVideo(
        this PriceRule rule, string generation, int longest, params (string Resolution, decimal PerMillion)[] rates) => rule with
    {
        PerMillionTokensWithVideo = Table(rates),
        PerSecondWithVideo = PerSecond(generation, rates),
        ReferenceSeconds = longest,
        ReferenceVideoFactor = 1,
    };

    private static Dictionary<string, decimal> PerSecond(string generation, (string Resolution, decimal PerMillion)[] rates) =>
        Table([.. rates.Select(
            rate => (rate.Resolution, rate.PerMillion * ArkPixels.TokensPerSecond(generation, rate.Resolution) / 1_000_000))]);

    private static Dictionary<string, decimal> Table(params (string Resolution, decimal Rate)[] rates) =>
        rates.ToDictionary(rate => rate.Resolution, rate => rate.Rate, StringComparer.OrdinalIgnoreCase);
}
