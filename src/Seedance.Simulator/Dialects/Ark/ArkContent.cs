using System.Text.Json;
using System.Text.RegularExpressions;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>The parts of <c>content</c>, and which of them go together (sheet, section 3).</summary>
internal sealed class ArkContent
{
    private static readonly Regex s_image = new(
        "^data:image/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+=*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
    private static readonly Regex s_audio = new(
        "^data:audio/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+=*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));

    public string Prompt { get; private set; } = string.Empty;

    /// <summary>The task whose draft shall be rendered.</summary>
    public string? Draft { get; private set; }

    public int Frames { get; private set; }

    public int Images { get; private set; }

    public int Videos { get; private set; }

    public int Audios { get; private set; }

    public bool HasReferences => Images + Videos + Audios > 0;

    public bool IsText => Frames == 0 && !HasReferences && Draft is null;

    public static ArkProblem? Read(JsonElement list, ArkModel model, ArkBehaviour behaviour, out ArkContent content)
    {
        content = new ArkContent();
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return ArkProblem.Invalid("content", "content should be a list with at least one item");
        }

        List<string> roles = [];
        int texts = 0;
        for (int i = 0; i < list.GetArrayLength(); i++)
        {
            JsonElement item = list[i];
            string at = FormattableString.Invariant($"content[{i}]");
            if (item.ValueKind != JsonValueKind.Object)
            {
                return ArkProblem.Invalid(at, "each item should be an object");
            }

            string type = item.Text("type");
            ArkProblem? problem = type switch
            {
                "text" => content.ReadText(item, at),
                "image_url" or "video_url" or "audio_url" => ReadMedia(item, at, type, behaviour, roles),
                "draft_task" => content.ReadDraft(item, at, model),
                _ => ArkProblem.Invalid(at + ".type", "unknown content type '" + type + "'"),
            };
            if (problem is not null)
            {
                return problem;
            }

            texts += type == "text" ? 1 : 0;
        }

        return texts > 1 ? ArkProblem.Invalid("content", "only one text is allowed")
            : content.Draft is not null && list.GetArrayLength() > 1 ? ArkProblem.Invalid("content", "a draft task is rendered alone")
            : content.Settle(behaviour.TakesLooseRoles ? WithFrames(roles) : roles, model);
    }

    private static ArkProblem? Extra(JsonElement item, string at, params string[] known)
    {
        string? extra = item.EnumerateObject().Select(property => property.Name)
            .FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        return extra is null ? null : ArkProblem.Invalid(at + "." + extra, "unknown field");
    }

    private static string? Inner(JsonElement item, string name, string field) =>
        item.TryGetProperty(name, out JsonElement inner) && inner.ValueKind == JsonValueKind.Object && inner.EnumerateObject().Count() == 1
            ? inner.Text(field)
            : null;

    private static ArkProblem? ReadMedia(JsonElement item, string at, string type, ArkBehaviour behaviour, List<string> roles)
    {
        if (Extra(item, at, "type", type, "role") is { } extra)
        {
            return extra;
        }

        string url = Inner(item, type, "url") ?? string.Empty;
        bool fits = WebAddress.IsHttp(url) || (url.StartsWith("asset://", StringComparison.Ordinal) && url.Length > 8)
            || (type == "image_url" && s_image.IsMatch(url)) || (type == "audio_url" && s_audio.IsMatch(url)); // A video is never base64.
        if (!fits)
        {
            return ArkProblem.Invalid(at + "." + type + ".url", "not an address that this kind of content may have");
        }

        string role = item.Text("role");
        role = role == "reference" && behaviour.TakesLooseRoles ? "reference_" + type.Split('_')[0] : role;
        string[] allowed = type switch
        {
            "video_url" => ["reference_video"],
            "audio_url" => ["reference_audio"],
            _ => ["first_frame", "last_frame", "reference_image", string.Empty],
        };
        if (!allowed.Contains(role, StringComparer.Ordinal)
            || (item.TryGetProperty("role", out JsonElement named) && named.ValueKind != JsonValueKind.String))
        {
            return ArkProblem.Invalid(
                at + ".role", "the role of " + type + " should be one of " + string.Join(", ", allowed.Where(known => known.Length > 0)));
        }

        roles.Add(role);
        return null;
    }

    private static List<string> WithFrames(List<string> roles) =>
        roles.Count(role => role.Length == 0) == 2 ? [.. roles.Where(role => role.Length > 0), "first_frame", "last_frame"] : roles;

    private ArkProblem? ReadText(JsonElement item, string at)
    {
        Prompt = item.Text("text");
        return Extra(item, at, "type", "text")
            ?? (string.IsNullOrWhiteSpace(Prompt) ? ArkProblem.Invalid(at + ".text", "text should not be empty") : null);
    }

    private ArkProblem? ReadDraft(JsonElement item, string at, ArkModel model)
    {
        Draft = Inner(item, "draft_task", "id");
        return Extra(item, at, "type", "draft_task") ?? (model.Generation != ArkGeneration.Seedance15 || Draft is null or ""
            ? ArkProblem.Invalid(at + ".draft_task", "only Seedance 1.5 renders the draft of a task, named by its id")
            : null);
    }

    private ArkProblem? Settle(List<string> roles, ArkModel model)
    {
        int Count(string role) => roles.Count(known => known == role);
        int first = Count("first_frame");
        int last = Count("last_frame");
        int bare = Count(string.Empty);
        Frames = first + last + bare;
        Images = Count("reference_image");
        Videos = Count("reference_video");
        Audios = Count("reference_audio");
        return Frames > 0 && HasReferences
            ? ArkProblem.Invalid("content", "first/last frame content cannot be mixed with reference media content")
            : bare > 0 && Frames > 1 ? ArkProblem.Invalid("content.role", "with more than one image each needs a role")
            : first > 1 || last > 1 ? ArkProblem.Invalid("content.role", "there is at most one first and one last frame")
            : last > 0 && first == 0 ? ArkProblem.Invalid("content.role", "a last frame needs a first frame")
            : Frames > 0 && !model.TakesFrames ? ArkProblem.Invalid("content", "the model does not take images")
            : last > 0 && !model.TakesLastFrame ? ArkProblem.Invalid("content", "the model does not take a last frame")
            : Images > model.Images || Videos > model.Videos || Audios > model.Audios
                ? ArkProblem.Invalid("content",
                    FormattableString.Invariant(
                    $"the model takes at most {model.Images} reference images, {model.Videos} videos and {model.Audios} audios"))
            : Audios > 0 && Images + Videos == 0 && model.Generation == ArkGeneration.Seedance20
                ? ArkProblem.Invalid("content", "reference audio needs a reference image or video")
            : IsText && !model.TakesText ? ArkProblem.Invalid("content", "the model needs an image")
            : IsText && Prompt.Length == 0 ? ArkProblem.Missing("content.text")
            : null;
    }
}
