using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>
/// Drafts: with the option <c>draft</c> a cheap preview at 480p, with the option <c>draft_task</c> the final video of one, which takes its
/// prompt, media, ratio, length, seed and sound from the draft (create page, read 2026-09).
/// </summary>
internal static class ArkDraft
{
    public const string Final = "draft_task";

    /// <summary>The id of the draft to finish; given as it is, or in the wire's own form.</summary>
    public static string? Of(VideoRequest request) => request.Options.TryGetValue(Final, out object? value)
        ? Text(JsonValues.ToNode(value, Final) is JsonObject wrapped ? wrapped["id"] : JsonValues.ToNode(value, Final))
            ?? throw new SeedanceException(ErrorCode.InvalidRequest, "The option '" + Final + "' names no task; nothing was sent.")
            {
                RecommendedAction = "Give the provider's id of a draft that has succeeded.",
            }
        : null;

    /// <summary>Whether something was asked that the final video takes from its draft; what the row fills in was not asked.</summary>
    public static bool IsOverruled(VideoRequest request, SeedanceModel model) =>
        (request.DurationSeconds is { } seconds && seconds != model.DefaultDuration)
        || (request.AspectRatio is { } ratio && !string.Equals(ratio, model.DefaultAspectRatio, StringComparison.OrdinalIgnoreCase))
        || request.GenerateAudio == false
        || request.Seed is not null
        || request.CameraFixed == true;

    public static bool IsDraft(VideoRequest request) =>
        request.Options.TryGetValue("draft", out object? value) && JsonValues.ToNode(value, "draft") is JsonValue flag
            && flag.TryGetValue(out bool draft) && draft;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
