using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.Muapi;

/// <summary>A request in the spelling of one endpoint.</summary>
internal static class MuapiBody
{
    public static JsonObject Build(VideoRequest request, MuapiFields fields)
    {
        JsonObject body = [];
        body.Set("prompt", string.IsNullOrWhiteSpace(request.Prompt) ? null : request.Prompt);
        SetMedia(body, request, fields);
        body.Set("aspect_ratio", fields.Has(MuapiSwitches.AspectRatio) ? request.AspectRatio : null);
        body.Set("resolution", fields.Has(MuapiSwitches.Resolution) ? request.Resolution : null);
        body.Set("quality", fields.Has(MuapiSwitches.Quality) ? Quality(request.Resolution) : null);
        body.Set("duration", fields.Has(MuapiSwitches.Duration) ? request.DurationSeconds : null);
        body.Set("generate_audio", fields.Has(MuapiSwitches.Audio) ? request.GenerateAudio : null);
        body.Set("camera_fixed", fields.Has(MuapiSwitches.Camera) ? request.CameraFixed : null);
        body.Set("high_bitrate", fields.Has(MuapiSwitches.Bitrate) ? request.HighBitrate : null);
        body.Set("seed", fields.Has(MuapiSwitches.Seed) ? request.Seed : null);
        if (request.Sandbox)
        {
            body["is_test"] = true; // Sent to every endpoint: losing it would turn a test run into a paid one.
        }

        JsonValues.Merge(body, request.Options);
        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request, SeedanceModel model, MuapiFields fields)
    {
        bool sized = model.Source.Length == 0 || model.Resolutions.Count > 0
            || fields.Has(MuapiSwitches.Resolution | MuapiSwitches.Quality);
        PricedOptions.Refuse(
            MuapiSources.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("quality", PricedOptions.Resolution),
            ("generate_audio", PricedOptions.NoAudio),
            ("video_url", PricedOptions.ReferenceVideo),
            ("video_urls", PricedOptions.ReferenceVideo),
            ("video_files", PricedOptions.ReferenceVideo),
            ("videos_list", PricedOptions.ReferenceVideo),
            ("is_test", PricedOptions.Sandbox));
        RequestPlaces.Refuse(
            MuapiSources.Provider,
            ("Prompt", fields.HasNoPrompt && !string.IsNullOrWhiteSpace(request.Prompt)),
            ("Image", request.Image is not null && fields.FirstFrame is null && fields.Frames is null),
            ("LastFrame", request.LastFrame is not null && fields.LastFrame is null && fields.Frames is null),
            ("ReferenceImages", request.ReferenceImages.Count > 0 && fields.Images is null),
            ("ReferenceVideos", request.ReferenceVideos.Count > 0 && fields.Videos is null && fields.Video is null),
            ("ReferenceAudios", request.ReferenceAudios.Count > 0 && fields.Audios is null),
            ("Duration", request.DurationSeconds is not null && !fields.Has(MuapiSwitches.Duration)),
            ("Resolution", request.Resolution is not null && !sized),
            ("AspectRatio", request.AspectRatio is not null && !fields.Has(MuapiSwitches.AspectRatio)),
            ("a switch for audio", request.GenerateAudio == false && !fields.Has(MuapiSwitches.Audio)),
            ("Seed", request.Seed is not null && !fields.Has(MuapiSwitches.Seed)),
            ("CameraFixed", request.CameraFixed == true && !fields.Has(MuapiSwitches.Camera)),
            ("HighBitrate", request.HighBitrate == true && !fields.Has(MuapiSwitches.Bitrate)),
            ("Upscale", request.Upscale is not null));
    }

    private static void SetMedia(JsonObject body, VideoRequest request, MuapiFields fields)
    {
        if (fields.FirstFrame is { } first)
        {
            body.Set(first, request.Image);
        }

        if (fields.LastFrame is { } last)
        {
            body.Set(last, request.LastFrame);
        }

        SetList(body, fields.Images, request.ReferenceImages);
        // After the references: where both share a name, frames and references never come together.
        SetList(body, fields.Frames, Frames(request));
        SetList(body, fields.Videos, request.ReferenceVideos);
        SetList(body, fields.Audios, request.ReferenceAudios);
        if (fields.Video is { } source && request.ReferenceVideos.Count > 0)
        {
            body.Set(source, request.ReferenceVideos[0]);
        }
    }

    private static List<string> Frames(VideoRequest request)
    {
        List<string> frames = [];
        if (request.Image is { } image)
        {
            frames.Add(image);
        }

        if (request.LastFrame is { } last)
        {
            frames.Add(last);
        }

        return frames;
    }

    private static void SetList(JsonObject body, string? name, IReadOnlyCollection<string> values)
    {
        if (name is not null)
        {
            body.Set(name, values);
        }
    }

    /// <summary>
    /// The v2.0 endpoints name a quality, not a resolution (schemas of 2026-03; which is which: Seedance 2.5 SDK, 2026-08).
    /// </summary>
    private static string? Quality(string? resolution) => resolution?.ToUpperInvariant() switch
    {
        "720P" => "basic",
        "2K" => "high",
        _ => null,
    };
}
