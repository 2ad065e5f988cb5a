using System.Text.Json.Nodes;

namespace Seedance.Providers.Ark;

/// <summary>The content list: the prompt, then each medium with its role. Prompts refer to media by their order.</summary>
internal static class ArkContent
{
    public static JsonArray Build(VideoRequest request)
    {
        JsonArray content = [];
        if (!string.IsNullOrWhiteSpace(request.Prompt))
        {
            content.Add((JsonNode)new JsonObject { ["type"] = "text", ["text"] = request.Prompt });
        }

        if (request.Image is { } first)
        {
            content.Add((JsonNode)Medium("image_url", first, "first_frame"));
        }

        if (request.LastFrame is { } last)
        {
            content.Add((JsonNode)Medium("image_url", last, "last_frame"));
        }

        foreach (string image in request.ReferenceImages)
        {
            content.Add((JsonNode)Medium("image_url", image, "reference_image"));
        }

        foreach (string video in request.ReferenceVideos)
        {
            content.Add((JsonNode)Medium("video_url", video, "reference_video"));
        }

        foreach (string audio in request.ReferenceAudios)
        {
            content.Add((JsonNode)Medium("audio_url", audio, "reference_audio"));
        }

        return content;
    }

    public static JsonArray OfDraft(string id) =>
        [new JsonObject { ["type"] = "draft_task", ["draft_task"] = new JsonObject { ["id"] = id } }];

    private static JsonObject Medium(string type, string address, string role) => new()
    {
        ["type"] = type,
        [type] = new JsonObject { ["url"] = address },
        ["role"] = role,
    };
}
