using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.AtlasCloud;

/// <summary>A request in the spelling of generateVideo: one flat body, whose <c>model</c> names the mode as well.</summary>
internal static class AtlasCloudBody
{
    public static JsonObject Build(VideoRequest request, string wireModel, AtlasCloudFields fields)
    {
        JsonObject body = new() { ["model"] = wireModel };
        body.Set("prompt", request.Prompt);
        body.Set("image", request.Image);
        body.Set("last_image", request.LastFrame);
        body.Set("reference_images", request.ReferenceImages);
        body.Set("reference_videos", request.ReferenceVideos);
        body.Set("reference_audios", request.ReferenceAudios);
        body.Set("duration", request.DurationSeconds);
        body.Set("resolution", fields.Resolution ? request.Resolution : null);
        if (fields.Ratio is { } ratio)
        {
            body.Set(ratio, request.AspectRatio);
        }

        body.Set("generate_audio", fields.Audio ? request.GenerateAudio : null);
        body.Set("seed", request.Seed);
        body.Set("camera_fixed", fields.Camera ? request.CameraFixed : null);
        body.Set("bitrate_mode", fields.Bitrate ? Bitrate(request.HighBitrate) : null);
        JsonValues.Merge(body, request.Options);
        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request, string wireModel, AtlasCloudFields fields)
    {
        PricedOptions.Refuse(
            AtlasCloudModels.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("generate_audio", PricedOptions.NoAudio),
            ("reference_videos", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            AtlasCloudModels.Provider,
            ("Image", request.Image is not null && !fields.Image),
            ("LastFrame", request.LastFrame is not null && !fields.LastImage),
            ("references",
                request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0 && !fields.References),
            ("AspectRatio (the image decides)", request.AspectRatio is not null && fields.Ratio is null),
            ("Resolution other than that of the id",
                !fields.Resolution && request.Resolution is { } asked
                && !wireModel.EndsWith("-" + asked, StringComparison.OrdinalIgnoreCase)),
            ("a switch for audio", request.GenerateAudio == false && !fields.Audio),
            ("Seed", request.Seed is not null && !fields.Seed),
            ("CameraFixed", request.CameraFixed == true && !fields.Camera),
            ("HighBitrate", request.HighBitrate == true && !fields.Bitrate),
            ("Upscale (name its tier as the resolution, such as 1440p-SR)", request.Upscale is not null),
            ("CallbackUri", request.CallbackUri is not null),
            ("Sandbox", request.Sandbox),
            ("the option 'model' (use -Model, so that the job shows what is paid for)", PricedOptions.Has(request, "model")));
    }

    private static string? Bitrate(bool? high) => high switch { true => "high", false => "standard", null => null };
}
