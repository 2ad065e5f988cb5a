using Seedance.Simulator.Wire;
using static Seedance.Simulator.Dialects.Muapi.MuapiFields;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>
/// Endpoints of Seedance 2.0 as first offered, 1.5 and 1.0: they stay alive and answer with the old model (sheet, section 3).
/// </summary>
internal static class MuapiOlderModels
{
    public static IEnumerable<MuapiEndpoint> All => Seedance20().Concat(Seedance15()).Concat(Seedance10()).Concat(Lite());

    private static IEnumerable<MuapiEndpoint> Seedance20()
    {
        const decimal Price = 0.25m;
        FieldRule[] common = [Prompt, OldRatios, Quality, FieldRule.WholeOneOf("duration", 5, 10, 15), RemoveWatermark];
        FieldRule[] omni = [.. common, Images(0, 9), FieldRule.Urls("video_files", 0, 3), FieldRule.Urls("audio_files", 0, 3)];
        yield return new("seedance-v2.0-t2v", Price, common);
        yield return new("seedance-v2.0-i2v", Price, [.. common, OneOrMoreImages]);
        yield return new("seedance-2.0-omni-reference", Price, omni);
        yield return new("seedance-2.0-t2v-480p", Price, common) { DefaultResolution = "480p" };
        yield return new("seedance-2.0-i2v-480p", Price, [.. common, OneOrMoreImages]) { DefaultResolution = "480p" };
        yield return new("seedance-2.0-omni-reference-480p", Price, omni) { DefaultResolution = "480p" };
        yield return new("seedance-v2.0-extend", 0.21m,
            [FieldRule.Text("request_id").Require(), FieldRule.Text("prompt", mayBeEmpty: true),
                FieldRule.WholeOneOf("duration", 5, 10, 15), Quality, FieldRule.Text("output_format")]);
        yield return new("seedance-v2.0-video-edit", 0.30m,
            [Prompt, FieldRule.Urls("video_urls", 1, 3).Require(), Images(0, 9), OldRatios, Quality, RemoveWatermark,
                FieldRule.Text("output_format")]);
    }

    private static IEnumerable<MuapiEndpoint> Seedance15()
    {
        foreach ((string speed, decimal price, FieldRule resolution) in new[]
        {
            (string.Empty, 0.068m, Resolution("480p", "720p", "1080p")), ("-fast", 0.052m, Resolution("720p", "1080p")),
        })
        {
            FieldRule[] common = [Prompt, SixRatios, resolution, Seconds(4, 12), Audio, CameraFixed];
            yield return new("seedance-v1.5-pro-t2v" + speed, price, common);
            yield return new("seedance-v1.5-pro-i2v" + speed, price, [.. common, Image, LastImage]);

            // The schemas give "extend" 480p and 720p, "fast" 720p and 1080p; the endpoint that is both takes all three. No price: that of
            // its family.
            FieldRule sizes = speed.Length == 0 ? Resolution("480p", "720p") : Resolution("480p", "720p", "1080p");
            yield return new("seedance-v1.5-pro-video-extend" + speed, price,
                [Prompt, FieldRule.Url("video_url").Require(), sizes, Seconds(4, 12), Audio, CameraFixed]);
        }
    }

    private static IEnumerable<MuapiEndpoint> Seedance10()
    {
        foreach ((string speed, decimal price, int shortest) in new[] { (string.Empty, 0.036m, 3), ("-fast", 0.012m, 2) })
        {
            FieldRule[] common = [Prompt, SixRatios, Resolution("480p", "720p", "1080p"), Seconds(shortest, 12), CameraFixed];
            yield return new("seedance-pro-t2v" + speed, price, common) { DefaultResolution = "480p" };
            yield return new("seedance-pro-i2v" + speed, price, [.. common, Image]) { DefaultResolution = "480p" };
        }
    }

    private static IEnumerable<MuapiEndpoint> Lite()
    {
        const decimal Price = 0.02m;
        FieldRule resolution = Resolution("480p", "720p", "1080p");
        FieldRule[] common = [Prompt, LiteRatios, Seconds(3, 12), CameraFixed];
        yield return new("seedance-lite-t2v", Price, [.. common, resolution]) { DefaultResolution = "480p" };
        yield return new("seedance-lite-i2v", Price, [.. common, resolution, Image, LastImage]) { DefaultResolution = "480p" };
        yield return new("seedance-lite-reference-to-video", Price,
            [.. common, Resolution("480p", "720p"), Images(1, 4).Require()]) { DefaultResolution = "480p" };
    }
}
