using Seedance.Simulator.Wire;
using static Seedance.Simulator.Dialects.Muapi.MuapiFields;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>
/// Muapi's Seedance 2 endpoints and newer; a name that is not here is a 404 (sheet, sections 3, 4 and 9, 2026-09). So are the two of 2.5
/// that edit and extend: no document says what they take, and the vendor's says that they do not exist yet.
/// </summary>
internal static class MuapiCatalogue
{
    public static IReadOnlyDictionary<string, MuapiEndpoint> All { get; } =
        Seedance21().Concat(Mini()).Concat(Standard()).Concat(Vip()).Concat(Seedance25()).Concat(MuapiOlderModels.All)
            .Concat(MuapiTools.All)
            .ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    private static IEnumerable<MuapiEndpoint> Seedance21()
    {
        // The guide's sample is 0.90 USD for 6 s at 720p; the other two rates are guesses in proportion.
        Dictionary<string, decimal> prices = new(StringComparer.Ordinal) { ["480p"] = 0.08m, ["720p"] = 0.15m, ["1080p"] = 0.30m };
        FieldRule[] common = [Prompt, SixRatios, Resolution("480p", "720p", "1080p"), Seconds(4, 12), Audio, CameraFixed];
        yield return new("seedance-2.1-text-to-video", 0.15m, common) { UsdPerSecondByResolution = prices };
        yield return new("seedance-2.1-image-to-video", 0.15m, [.. common, Image, LastImage]) { UsdPerSecondByResolution = prices };
    }

    private static IEnumerable<MuapiEndpoint> Mini()
    {
        Dictionary<string, decimal> prices = new(StringComparer.Ordinal) { ["480p"] = 0.08m, ["720p"] = 0.15m };
        FieldRule[] common = [FieldRule.Text("prompt", longest: 20_000).Require(), SixRatios, Resolution("480p", "720p"), Seconds(4, 15),
            Audio, FieldRule.Flag("high_bitrate")];
        FieldRule[] omni = [.. common, Images(0, 9), FieldRule.Urls("video_files", 0, 3), FieldRule.Urls("audio_files", 0, 3)];
        yield return new("seedance-2-mini-omni-reference", 0.15m, omni) { UsdPerSecondByResolution = prices };
        foreach (string family in new[] { "seedance-2-mini", "seedance-2-mini-spicy" })
        {
            yield return new(family + "-text-to-video", 0.15m, common) { UsdPerSecondByResolution = prices };
            yield return new(family + "-image-to-video", 0.15m, [.. common, Image]) { UsdPerSecondByResolution = prices };
        }
    }

    private static IEnumerable<MuapiEndpoint> Standard()
    {
        // No document limits the duration here; the model's own 4 to 15 s are taken.
        FieldRule[] common = [Prompt, SixRatios, Seconds(4, 15)];
        foreach ((string speed, decimal price) in new[] { (string.Empty, 0.25m), ("-fast", 0.15m) })
        {
            foreach (string family in new[] { "seedance-2", "seedance-2-spicy" })
            {
                yield return new($"{family}-text-to-video{speed}", price, common);
                yield return new($"{family}-image-to-video{speed}", price, [.. common, OneOrMoreImages]);
            }

            yield return new($"seedance-2-first-last-frame{speed}", price, [.. common, FirstAndLast]);
            yield return new(
                $"seedance-2-omni-reference-no-video{speed}", price, [.. common, Images(0, 9), FieldRule.Urls("audio_files", 0, 3)]);
        }
    }

    private static IEnumerable<MuapiEndpoint> Vip()
    {
        FieldRule[] common = [Prompt, SixRatios, Seconds(4, 15)];
        FieldRule[] omni = [.. common, Images(0, 9), FieldRule.Urls("video_files", 0, 3), FieldRule.Urls("audio_files", 0, 3)];

        // The vendor's CLI and SDK disagree on the prefix of the sharper ones; both are taken.
        (string Prefix, string Suffix, decimal Price, string Resolution)[] variants =
        [
            ("seedance-2-vip", string.Empty, 0.30m, "720p"), ("seedance-2-vip", "-fast", 0.21m, "720p"),
            ("seedance-2-vip", "-1080p", 0.675m, "1080p"), ("seedance-2-vip", "-4k", 1.35m, "4k"),
            ("sd-2-vip", "-1080p", 0.675m, "1080p"), ("sd-2-vip", "-4k", 1.35m, "4k"), ("sd-2-vip", "-fast-1080p", 0.675m, "1080p"),
            ("sd-2-vip", "-fast-4k", 1.35m, "4k"),
        ];
        foreach ((string prefix, string suffix, decimal price, string resolution) in variants)
        {
            yield return new($"{prefix}-text-to-video{suffix}", price, common) { DefaultResolution = resolution };
            yield return new($"{prefix}-image-to-video{suffix}", price, [.. common, OneOrMoreImages]) { DefaultResolution = resolution };
            yield return new($"{prefix}-first-last-frame{suffix}", price, [.. common, FirstAndLast]) { DefaultResolution = resolution };
            yield return new($"{prefix}-omni-reference{suffix}", price, omni) { DefaultResolution = resolution };
        }

        FieldRule[] extend = [FieldRule.Text("request_id").Require(), Prompt, Seconds(4, 15)];
        yield return new("seedance-2-vip-extend", 0.21m, extend);
        yield return new("seedance-2-vip-extend-1080p", 0.4725m, extend) { DefaultResolution = "1080p" };
    }

    private static IEnumerable<MuapiEndpoint> Seedance25()
    {
        FieldRule[] common = [Prompt, SevenRatios, Seconds(4, 30), Seed];

        // The SDK has 20, 6 and 6, third-party clients the wider counts (sheet, section 4): what is in doubt is taken.
        FieldRule[] omni = [.. common, Images(0, 30), FieldRule.Urls("videos_list", 0, 10), FieldRule.Urls("audios_list", 0, 10)];

        // The SDK of August 2026 says that the two sharper ones do not exist yet; the clients that call them name these prices.
        (string Suffix, string Resolution, decimal Price, decimal OmniPrice)[] variants =
        [
            (string.Empty, "720p", 0.60m, 0.72m), ("-480p", "480p", 0.30m, 0.36m), ("-1080p", "1080p", 0.85m, 0.85m),
            ("-4k", "4k", 1.70m, 1.70m),
        ];
        foreach ((string suffix, string resolution, decimal price, decimal omniPrice) in variants)
        {
            yield return new("seedance-2.5-text-to-video" + suffix, price, common) { DefaultResolution = resolution };
            yield return new("seedance-2.5-image-to-video" + suffix, price, [.. common, Image]) { DefaultResolution = resolution };
            yield return new("seedance-2.5-first-last-frame" + suffix, price, [.. common, FirstAndLast]) { DefaultResolution = resolution };
            yield return new("seedance-2.5-omni-reference" + suffix, omniPrice, omni) { DefaultResolution = resolution };
        }

        yield return new("seedance-2.5-spicy-text-to-video", 0.60m, common);
        yield return new("seedance-2.5-spicy-image-to-video", 0.60m, [.. common, Image]);
    }
}
