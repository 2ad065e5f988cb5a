using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// A request as v7 has it, or as the multi-provider guide of Seedance 2.0 has it under v6. The key is the signature's business.
/// </summary>
internal static class ModelsLabBody
{
    private const string Dialect = "dialect";

    /// <summary>
    /// The option <c>dialect = 'v6'</c>. Its base address in the guide is https://api.modelslab.com, which a profile can name. Under v6 the
    /// host's own pages replace a model they do not know by another and bill that, so it is never chosen here.
    /// </summary>
    public static bool IsV6(VideoRequest request) =>
        !request.Options.TryGetValue(Dialect, out object? dialect) || "v7".Equals(dialect?.ToString(), StringComparison.OrdinalIgnoreCase)
            ? false
        : "v6".Equals(dialect?.ToString(), StringComparison.OrdinalIgnoreCase) ? true
        : throw new SeedanceException(
            ErrorCode.InvalidRequest, "ModelsLab has the dialects v7 and v6, not '" + dialect + "'; nothing was sent.")
        {
            Provider = ModelsLabModels.Provider,
            RecommendedAction = "Leave the option 'dialect' out, or set it to v6.",
        };

    public static string Route(VideoRequest request, bool v6) =>
        v6 ? "v6/video/seedance/text2video" // The guide shows no other, and no field for an image.
        : "v7/video-fusion/"
            + (request.ReferenceVideos.Count > 0 ? "video-to-video" : request.Image is not null ? "image-to-video" : "text-to-video");

    public static JsonObject Build(VideoRequest request, string wireModel, bool v6)
    {
        JsonObject body = new() { ["model_id"] = wireModel };
        body.Set("prompt", request.Prompt);
        if (v6)
        {
            body.Set("audio", request.GenerateAudio);
        }
        else
        {
            // The libraries disagree about scalar and list; the list is what the newer ones send. The option 'init_image' can say
            // otherwise.
            body.Set("init_image", request.Image is { } image ? (string[])[image] : []);
            body.Set("init_video", request.ReferenceVideos);
            body.Set("init_audio", request.ReferenceAudios.Count > 0 ? request.ReferenceAudios[0] : null);
            body.Set("generate_audio", request.GenerateAudio);
            body.Set("camera_fixed", request.CameraFixed);
        }

        body.Set("duration", request.DurationSeconds);
        body.Set("resolution", request.Resolution);
        body.Set("aspect_ratio", request.AspectRatio);
        body.Set("seed", request.Seed); // Never null: the host reads null as an error.
        body.Set("webhook", request.CallbackUri?.AbsoluteUri);
        JsonValues.Merge(body,
            request.Options.Where(option => option.Key != Dialect)
            .ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal));
        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request, bool v6)
    {
        PricedOptions.Refuse(
            ModelsLabModels.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("audio", PricedOptions.NoAudio),
            ("generate_audio", PricedOptions.NoAudio),
            ("init_video", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            ModelsLabModels.Provider,
            ("Image", v6 && request.Image is not null),
            ("LastFrame", request.LastFrame is not null),
            ("ReferenceImages", request.ReferenceImages.Count > 0),
            ("ReferenceVideos", v6 && request.ReferenceVideos.Count > 0),
            ("ReferenceAudios", v6 && request.ReferenceAudios.Count > 0),
            ("more than one of ReferenceAudios", request.ReferenceAudios.Count > 1),
            ("CameraFixed", v6 && request.CameraFixed == true),
            ("HighBitrate", request.HighBitrate == true),
            ("Upscale", request.Upscale is not null),
            ("Sandbox", request.Sandbox),
            ("the option 'model_id' (use -Model, so that the job shows what is paid for)", PricedOptions.Has(request, "model_id")),
            ("the option 'key' (use -ApiKey or a profile)", PricedOptions.Has(request, "key")));
    }
}
