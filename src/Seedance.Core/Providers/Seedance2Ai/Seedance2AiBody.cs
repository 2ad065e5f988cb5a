using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.Seedance2Ai;

/// <summary>A request in the spelling of createTask: the model and the callback on top, all else in <c>inputs</c>.</summary>
internal static class Seedance2AiBody
{
    private const string Callback = "callBackUrl"; // A capital B, and not inside inputs.

    public static JsonObject Build(VideoRequest request, string wireModel)
    {
        JsonObject inputs = [];
        inputs.Set("prompt", string.IsNullOrWhiteSpace(request.Prompt) ? null : request.Prompt);
        SetMedia(inputs, request);
        // "5s", a string.
        inputs.Set("duration", request.DurationSeconds is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) + "s" : null);
        inputs.Set("resolution", Seedance2AiSizes.Size(request));
        inputs.Set("upscaleResolution", Seedance2AiSizes.Upscale(request));

        JsonObject body = new() { ["model"] = wireModel };
        body.Set(Callback, request.CallbackUri?.AbsoluteUri);
        foreach (KeyValuePair<string, object?> option in request.Options)
        {
            JsonObject place = option.Key == Callback ? body : inputs;
            place[option.Key] = JsonValues.ToNode(option.Value, option.Key);
        }

        body["inputs"] = inputs;
        return body;
    }

    public static void RefuseWhatHasNoField(VideoRequest request)
    {
        PricedOptions.Refuse(
            Seedance2AiModels.Provider,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("upscaleResolution", PricedOptions.Upscale),
            ("videoUrls", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            Seedance2AiModels.Provider,
            ("LastFrame without Image", request.LastFrame is not null && request.Image is null),
            ("frames beside references", request.Image is not null && References(request) > 0),
            ("a switch for audio", request.GenerateAudio == false),
            ("Seed", request.Seed is not null),
            ("CameraFixed", request.CameraFixed == true),
            ("HighBitrate", request.HighBitrate == true),
            ("Sandbox", request.Sandbox),
            ("more than 12 references", References(request) > Seedance2AiModels.MaxReferences),
            ("the option 'model' (use -Model, so that the job shows what is paid for)", PricedOptions.Has(request, "model")));
    }

    private static void SetMedia(JsonObject inputs, VideoRequest request)
    {
        if (References(request) > 0)
        {
            inputs.Set("urls", request.ReferenceImages);
            inputs.Set("videoUrls", request.ReferenceVideos);
            inputs.Set("audioUrls", request.ReferenceAudios);
            inputs["videoInputMode"] = "reference"; // The default is keyframe, which takes no video and no audio.
            return;
        }

        if (request.Image is { } image)
        {
            inputs.Set("urls", request.LastFrame is { } last ? (string[])[image, last] : [image]);
            inputs["videoInputMode"] = "keyframe";
        }
    }

    private static int References(VideoRequest request) =>
        request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count;
}
