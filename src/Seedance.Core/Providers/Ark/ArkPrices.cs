using System;
using System.Collections.Generic;
using Seedance.Capabilities;

namespace Seedance.Providers.Ark;

/// <summary>
/// What a house asks per second of output, by neutral name. BytePlus publishes seconds at 16:9 (price page, as transcribed 2026-08-13); Volcengine
/// publishes yuan per million tokens, and a second takes 24 frames of width x height / 1024 tokens.
/// </summary>
internal static class ArkPrices
{
    private const string List = "BytePlus price page, 2026-08-13, at 16:9; other ratios differ by a few percent";

    private const string Yuan = "ByteDance's prices in yuan per million tokens, read 2026-08-13; 24 frames of width x height / 1024 tokens a second, at 16:9; the bill may count one frame more";

    private static readonly Dictionary<string, PriceRule> s_volcengine = new(StringComparer.Ordinal)
    {
        ["seedance-2.0"] = Tokens("seedance-2-0", ("480p", 46), ("720p", 46), ("1080p", 51)),
        ["seedance-2.0-fast"] = Tokens("seedance-2-0", ("480p", 37), ("720p", 37)),
        ["seedance-1.5-pro"] = Tokens("seedance-1-5", ("480p", 16), ("720p", 16), ("1080p", 16)) with { SilentFactor = 0.5m },
        ["seedance-1.0-pro"] = Tokens("seedance-1-0", ("480p", 15), ("720p", 15), ("1080p", 15)),
    };

    private static readonly Dictionary<string, PriceRule> s_bytePlus = new(StringComparer.Ordinal)
    {
        ["seedance-2.5"] = Seconds(List, ("480p", 0.103m), ("720p", 0.231m)),
        ["seedance-2.0"] = Seconds(List, ("480p", 0.07m), ("720p", 0.15m), ("1080p", 0.37m), ("4k", 0.78m)),
        ["seedance-2.0-fast"] = Seconds(List + "; promotions until 7 September 2026 were lower", ("480p", 0.06m), ("720p", 0.12m)),
        ["seedance-2-mini"] = Seconds(List + "; promotions until 7 September 2026 were lower", ("480p", 0.04m), ("720p", 0.08m)),
        ["seedance-1.5-pro"] = Seconds(List + "; drafts and the flex tier are cheaper", ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.116m)) with { SilentFactor = 0.5m },
        ["seedance-1.0-pro"] = Seconds(List + "; the flex tier is half", ("480p", 0.024m), ("720p", 0.052m), ("1080p", 0.122m)),
        ["seedance-1.0-pro-fast"] = Seconds(List + "; the flex tier is half", ("480p", 0.01m), ("720p", 0.02m), ("1080p", 0.048m)),
        ["seedance-1.0-lite"] = Seconds(
            "BytePlus price page, 2026-08-13: 1.8 USD per million tokens, 24 frames of width x height / 1024 tokens a second, at 16:9; the flex tier is half",
            ("480p", 0.0175m),
            ("720p", 0.0371m),
            ("1080p", 0.0881m)),
    };

    public static PriceRule? BytePlus(string name) => s_bytePlus.TryGetValue(name, out PriceRule? rule) ? rule : null;

    public static PriceRule? Volcengine(string name) => s_volcengine.TryGetValue(name, out PriceRule? rule) ? rule : null;

    private static PriceRule Tokens(string generation, params (string Resolution, decimal PerMillion)[] rates)
    {
        Dictionary<string, decimal> seconds = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string resolution, decimal perMillion) in rates)
        {
            seconds[resolution] = perMillion * ArkPixels.TokensPerSecond(generation, resolution) / 1_000_000;
        }

        return new PriceRule { Unit = "CNY", Source = Yuan, PerSecond = seconds, ReferenceVideoFactor = null };
    }

    private static PriceRule Seconds(string source, params (string Resolution, decimal Dollars)[] rates)
    {
        Dictionary<string, decimal> table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string resolution, decimal dollars) in rates)
        {
            table[resolution] = dollars;
        }

        // The seconds of a reference video are billed too, at another rate and with a floor.
        return new PriceRule { Unit = "USD", Source = source, PerSecond = table, ReferenceVideoFactor = null };
    }
}
