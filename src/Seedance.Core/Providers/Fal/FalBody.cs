using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Fal;

/// <summary>A request in fal's spelling: flat, and the duration is a string.</summary>
internal static class FalBody
{
    public static JsonObject Build(VideoRequest request, FalFields fields)
    {
        JsonObject body = [];
        body.Set("prompt", request.Prompt);
        body.Set("image_url", request.Image);
        body.Set("end_image_url", request.LastFrame);
        body.Set(fields.OnlyImages ? "reference_image_urls" : "image_urls", request.ReferenceImages);
        body.Set("video_urls", request.ReferenceVideos);
        body.Set("audio_urls", request.ReferenceAudios);
        body.Set("resolution", request.Resolution);
        body.Set("duration",
            request.DurationSeconds == RequestLength.Automatic ? "auto" : request.DurationSeconds?.ToString(CultureInfo.InvariantCulture));
        body.Set("aspect_ratio", request.AspectRatio);
        body.Set("generate_audio", fields.Audio ? request.GenerateAudio : null);
        body.Set("bitrate_mode", fields.Bitrate ? Bitrate(request.HighBitrate) : null);
        body.Set("camera_fixed", fields.Camera ? request.CameraFixed : null);
        body.Set("seed", request.Seed);
        JsonValues.Merge(body, request.Options);
        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request, FalFields fields)
    {
        PricedOptions.Refuse(
            FalModels.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("generate_audio", PricedOptions.NoAudio),
            ("video_urls", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            FalModels.Provider,
            ("Image", request.Image is not null && !fields.Frames),
            ("LastFrame", request.LastFrame is not null && !fields.LastFrame),
            ("references",
                request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0 && !fields.References),
            ("reference videos or audio", fields.OnlyImages && request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0),
            ("a switch for audio", request.GenerateAudio == false && !fields.Audio),
            ("Seed", request.Seed is not null && !fields.Seed),
            ("CameraFixed", request.CameraFixed == true && !fields.Camera),
            ("HighBitrate", request.HighBitrate == true && !fields.Bitrate),
            ("Upscale", request.Upscale is not null),
            ("Sandbox", request.Sandbox));
    }

    private static string? Bitrate(bool? high) => high switch { true => "high", false => "standard", null => null };
}
