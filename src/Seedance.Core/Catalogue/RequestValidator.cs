using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>
/// The one judge of a request: names every violation at once, before anything is uploaded or spent. Hard rules are few; where a list is
/// empty the catalogue has no rule, and the request passes.
/// </summary>
internal static class RequestValidator
{
    /// <summary>
    /// What is wrong with the request for every model. <paramref name="model"/> is null where the model has no such mode;
    /// <paramref name="isHere"/> where the provider's address is on this machine, so that it can call an address of this machine.
    /// </summary>
    public static IReadOnlyList<string> CheckRequest(VideoRequest request, SeedanceModel? model, bool isHere)
    {
        List<string> wrong = [];
        bool references = request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0;
        if (string.IsNullOrWhiteSpace(request.Prompt) && !MayBeEmpty(request, model))
        {
            wrong.Add("the prompt is empty");
        }

        if (references && (request.Image ?? request.LastFrame) is not null)
        {
            wrong.Add("frames (-Image, -LastFrame) and references exclude each other");
        }

        if (request.LastFrame is not null && request.Image is null)
        {
            wrong.Add("-LastFrame needs -Image");
        }

        if (request.DurationSeconds <= 0 && request.DurationSeconds != RequestLength.Automatic)
        {
            wrong.Add(Say("a duration of {0} s is no duration", request.DurationSeconds));
        }

        if (request.CallbackUri is { } callback && !CanBeCalled(callback, isHere))
        {
            wrong.Add(isHere ? "the callback address must be https, or http on this machine" : "the callback address must be https");
        }

        return wrong;
    }

    private static bool CanBeCalled(Uri callback, bool isHere) =>
        callback.IsAbsoluteUri
            && (callback.Scheme == Uri.UriSchemeHttps || (isHere && callback.Scheme == Uri.UriSchemeHttp && callback.IsLoopback));

    /// <summary>What this model lacks.</summary>
    public static IReadOnlyList<string> CheckModel(VideoRequest request, SeedanceModel model)
    {
        List<string> wrong = [];
        if (request.Prompt.Length > model.MaxPromptLength)
        {
            wrong.Add(Say("the prompt has {0} characters, the model takes {1}", request.Prompt.Length, model.MaxPromptLength));
        }

        CheckDuration(request, model, wrong);
        CheckWord("resolution", request.Resolution, model.Resolutions, wrong);
        CheckWord("aspect ratio", request.AspectRatio,
            Disputes.IsGuess(model, Disputes.AspectRatio, model.AspectRatios) ? [] : model.AspectRatios, wrong);
        CheckWord("upscaling to", request.Upscale, model.Upscales, wrong);
        CheckSeed(request, model, wrong);
        if (model.Source.Length > 0)
        {
            CheckReferences(request, model, wrong);
            CheckFeature(request.Seed is not null, "Seed", "a seed", model, wrong);
            CheckFeature(request.Upscale is not null, "Upscale", "upscaling", model, wrong);
            CheckFeature(request.CallbackUri is not null, "Callback", "a callback", model, wrong);
            CheckFeature(request.Sandbox, "Sandbox", "a sandbox", model, wrong);
            CheckFeature(request.GenerateAudio == false, "Audio", "a switch for audio", model, wrong);
            if (request.GenerateAudio == true && !model.Features.Contains("Audio", StringComparer.OrdinalIgnoreCase))
            {
                wrong.Add("sound on demand (the model has no switch for it; -NoAudio:$false leaves it to the model)");
            }

            CheckFeature(request.CameraFixed == true, "CameraFixed", "a fixed camera", model, wrong);
            CheckFeature(request.HighBitrate == true, "HighBitrate", "a high bitrate", model, wrong);
        }

        return wrong;
    }

    private static bool MayBeEmpty(VideoRequest request, SeedanceModel? model) =>
        model is not null && (model.PromptOptional || model.PromptReplacedBy.Any(option => PricedOptions.Has(request, option)));

    private static void CheckDuration(VideoRequest request, SeedanceModel model, List<string> wrong)
    {
        if (request.DurationSeconds == RequestLength.Automatic && !model.AutomaticDuration)
        {
            wrong.Add("a length that the model chooses (-1); this one takes a number of seconds");
        }

        if (request.DurationSeconds is not { } duration || duration <= 0 || Disputes.IsGuess(model, Disputes.Duration, model.MaxDuration))
        {
            return;
        }

        if (model.Durations.Count > 0 && !model.Durations.Contains(duration))
        {
            wrong.Add(Say("a duration of {0} s (the model takes {1} s)", duration, string.Join(", ", model.Durations)));
        }
        else if (model.Durations.Count == 0 && (duration < model.MinDuration || duration > model.MaxDuration))
        {
            wrong.Add(Say("a duration of {0} s (the model takes {1} to {2} s)", duration, model.MinDuration, model.MaxDuration));
        }
    }

    private static void CheckSeed(VideoRequest request, SeedanceModel model, List<string> wrong)
    {
        if (request.Seed < model.MinSeed || request.Seed > model.MaxSeed)
        {
            wrong.Add(Say("the seed {0} (the model takes {1} to {2})", request.Seed, model.MinSeed ?? 0, model.MaxSeed));
        }
    }

    private static void CheckWord(string what, string? word, IReadOnlyList<string> known, List<string> wrong)
    {
        if (word is not null && known.Count > 0 && !known.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            wrong.Add(Say("the {0} {1} (the model takes {2})", what, word, string.Join(", ", known)));
        }
    }

    private static void CheckReferences(VideoRequest request, SeedanceModel model, List<string> wrong)
    {
        CheckCount(Disputes.ReferenceImages, "reference images", request.ReferenceImages.Count, model.MaxReferenceImages, model, wrong);
        CheckCount(Disputes.ReferenceVideos, "reference videos", request.ReferenceVideos.Count, model.MaxReferenceVideos, model, wrong);
        CheckCount(
            Disputes.ReferenceAudios, "reference audio files", request.ReferenceAudios.Count, model.MaxReferenceAudios, model, wrong);
        int total = request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count;
        if (total > model.MaxReferences)
        {
            wrong.Add(Say("{0} references in all (the model takes {1})", total, model.MaxReferences));
        }

        if (model.AudioNeedsPicture && request.ReferenceAudios.Count > 0
            && request.ReferenceImages.Count + request.ReferenceVideos.Count == 0)
        {
            wrong.Add("reference audio alone; the model needs a reference image or video beside it");
        }
    }

    private static void CheckCount(string parameter, string what, int count, int most, SeedanceModel model, List<string> wrong)
    {
        if (count > most && !Disputes.IsGuess(model, parameter, most))
        {
            wrong.Add(Say("{0} {1} (the model takes {2})", count, what, most));
        }
    }

    private static void CheckFeature(bool asked, string feature, string what, SeedanceModel model, List<string> wrong)
    {
        if (asked && !model.Features.Contains(feature, StringComparer.OrdinalIgnoreCase))
        {
            wrong.Add(Say("{0} (the model has none)", what));
        }
    }

    private static string Say(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
