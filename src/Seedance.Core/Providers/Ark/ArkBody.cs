using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>A request in the spelling of ByteDance's own API and of those who resell it unchanged.</summary>
internal static class ArkBody
{
    private const long LargestMessage = 64L * 1024 * 1024;

    /// <summary>
    /// Older clients put these behind the prompt. The host still obeys them, so a flag in a prompt would make another video, at another
    /// price, than the fields that were checked and priced.
    /// </summary>
    private static readonly Regex s_flag = new(
        @"(?<!\S)--(rs|resolution|rt|ratio|dur|duration|fps|framespersecond|seed|cf|camerafixed|wm|watermark)(?=\s|=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(30));

    public static JsonObject Build(VideoRequest request, SeedanceModel model)
    {
        string? draft = ArkDraft.Of(request);
        JsonObject body = new()
        {
            ["model"] = model.WireModel,
            ["content"] = draft is null ? ArkContent.Build(request) : ArkContent.OfDraft(draft),
        };
        body.Set("resolution", request.Resolution);
        if (draft is null)
        {
            // The final video takes all of these from its draft.
            body.Set("ratio", request.AspectRatio);
            body.Set("duration", request.DurationSeconds);
            body.Set("generate_audio", request.GenerateAudio);
            body.Set("seed", request.Seed);
            body.Set("camera_fixed", Lacks(model, "CameraFixed") ? null : request.CameraFixed);
        }

        body.Set("callback_url", request.CallbackUri?.AbsoluteUri);
        JsonValues.Merge(
            body, request.Options.Where(option => option.Key != ArkDraft.Final).ToDictionary(option => option.Key, option => option.Value));
        return body;
    }

    public static void RefuseWhatHasNoField(string provider, VideoRequest request, SeedanceModel model)
    {
        bool frames = request.Image is not null || request.LastFrame is not null;
        bool references = request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0;
        PricedOptions.Refuse(
            provider, request, ("duration", PricedOptions.Duration), ("resolution", PricedOptions.Resolution),
            ("generate_audio", PricedOptions.NoAudio));
        RequestPlaces.Refuse(
            provider,
            ("LastFrame without Image", request.LastFrame is not null && request.Image is null),
            ("frames beside references", frames && references),
            ("media beside the draft that they come from", ArkDraft.Of(request) is not null && (frames || references)),
            ("Duration, AspectRatio, NoAudio, Seed or CameraFixed beside the draft that fixes them",
                ArkDraft.Of(request) is not null && ArkDraft.IsOverruled(request, model)),
            ("a video inside the message (give an https or asset address)", request.ReferenceVideos.Any(IsInline)),
            ("sound", request.GenerateAudio is not null && Lacks(model, "Audio")),
            ("CameraFixed", request.CameraFixed == true && Lacks(model, "CameraFixed")),
            ("HighBitrate", request.HighBitrate == true),
            ("Upscale", request.Upscale is not null),
            ("Sandbox", request.Sandbox),
            ("the option 'model' (use -Model, so that the job shows what is paid for)", PricedOptions.Has(request, "model")),
            ("the option 'content' (it is made of the prompt and the media)", PricedOptions.Has(request, "content")));

        if (s_flag.Match(request.Prompt) is { Success: true } flag)
        {
            throw Refused(
                provider + " would obey '" + flag.Value + "' in the prompt over what was asked for otherwise; nothing was sent.",
                "Take it out of the prompt and use -Resolution, -AspectRatio, -Duration, -Seed, -CameraFixed or -Option instead.");
        }

        if (ArkDraft.IsDraft(request) && request.Resolution is { } resolution
            && !string.Equals(resolution, "480p", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(provider + " makes drafts at 480p only, not at " + resolution + "; nothing was sent.", "Add -Resolution 480p.");
        }

        if (MediaReferences.Of(request).Where(item => IsInline(item.Reference)).Sum(item => (long)item.Reference.Length) > LargestMessage)
        {
            throw Refused(
                provider + " takes 64 MB in one message, and the local files are more, a third of it by their encoding; nothing was sent.",
                "Give https addresses for some of them, or smaller files.");
        }

        SeedanceException Refused(string what, string action) =>
            new(ErrorCode.InvalidRequest, what) { Provider = provider, RecommendedAction = action };
    }

    private static bool IsInline(string reference) => reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>False for a model that no table knows: the host decides.</summary>
    private static bool Lacks(SeedanceModel model, string feature) =>
        model.Source.Length > 0 && !model.Features.Contains(feature, StringComparer.OrdinalIgnoreCase);
}
