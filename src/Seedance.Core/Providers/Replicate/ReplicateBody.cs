using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.Replicate;

/// <summary>A request in Replicate's spelling: the model's fields in <c>input</c>, the callback beside it.</summary>
internal static class ReplicateBody
{
    private const string Events = "webhook_events_filter";

    public static JsonObject Build(VideoRequest request, string wireModel)
    {
        JsonObject input = [];
        input.Set("prompt", string.IsNullOrWhiteSpace(request.Prompt) ? null : request.Prompt);
        input.Set("image", request.Image);
        input.Set("last_frame_image", request.LastFrame);
        input.Set("reference_images", request.ReferenceImages);
        input.Set("reference_videos", request.ReferenceVideos);
        input.Set("reference_audios", request.ReferenceAudios);
        input.Set("duration", request.DurationSeconds);
        input.Set("resolution", request.Resolution);
        input.Set("aspect_ratio", request.AspectRatio);
        input.Set("generate_audio",
            IsSeedance15(wireModel) ? request.GenerateAudio ?? true : IsSeedance1(wireModel) ? null : request.GenerateAudio);
        input.Set("camera_fixed", IsSeedance1(wireModel) ? request.CameraFixed : null);
        input.Set("seed", request.Seed);

        JsonObject body = new() { ["input"] = input };
        if (request.CallbackUri is { } callback)
        {
            body["webhook"] = callback.AbsoluteUri;
            body[Events] = new JsonArray("completed"); // Every other event would only be news that nobody waits for.
        }

        foreach (KeyValuePair<string, object?> option in request.Options)
        {
            JsonObject place = option.Key == Events ? body : input;
            place[option.Key] = JsonValues.ToNode(option.Value, option.Key);
        }

        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request, string wireModel)
    {
        bool first = IsSeedance1(wireModel);
        PricedOptions.Refuse(
            ReplicateModels.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("generate_audio", PricedOptions.NoAudio),
            ("reference_videos", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            ReplicateModels.Provider,
            ("references", first && request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0),
            ("a switch for audio", first && !IsSeedance15(wireModel) && request.GenerateAudio == false),
            ("Resolution of 1.5 Pro", IsSeedance15(wireModel) && request.Resolution is not null),
            ("CameraFixed", !first && request.CameraFixed == true),
            ("HighBitrate", request.HighBitrate == true),
            ("Upscale", request.Upscale is not null),
            ("Sandbox", request.Sandbox));
    }

    private static bool IsSeedance1(string wireModel) => wireModel.IndexOf("seedance-1", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>
    /// It has sound, which is off by default here and on everywhere else, and no resolution (its version page, read 2026-11).
    /// </summary>
    private static bool IsSeedance15(string wireModel) => wireModel.IndexOf("seedance-1.5", StringComparison.OrdinalIgnoreCase) >= 0;
}
