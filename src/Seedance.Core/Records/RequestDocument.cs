using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>The stored form of a request.</summary>
internal static class RequestDocument
{
    public static JsonObject Write(VideoRequest request) => JobDocument.Compact(new JsonObject
    {
        ["prompt"] = request.Prompt,
        ["model"] = request.Model,
        ["image"] = request.Image,
        ["lastFrame"] = request.LastFrame,
        ["referenceImages"] = Texts(request.ReferenceImages),
        ["referenceVideos"] = Texts(request.ReferenceVideos),
        ["referenceAudios"] = Texts(request.ReferenceAudios),
        ["durationSeconds"] = request.DurationSeconds,
        ["resolution"] = request.Resolution,
        ["aspectRatio"] = request.AspectRatio,
        ["generateAudio"] = request.GenerateAudio,
        ["seed"] = request.Seed,
        ["cameraFixed"] = request.CameraFixed,
        ["highBitrate"] = request.HighBitrate,
        ["upscale"] = request.Upscale,
        ["callbackUri"] = request.CallbackUri?.AbsoluteUri,
        ["sandbox"] = request.Sandbox ? true : null,
        ["options"] = request.Options.Count == 0 ? null : JsonValues.ToNode(request.Options, "Option"),
    });

    public static VideoRequest Read(WireNode node) => new()
    {
        Prompt = node["prompt"].Text ?? string.Empty,
        Model = node["model"].Text,
        Image = node["image"].Text,
        LastFrame = node["lastFrame"].Text,
        ReferenceImages = Texts(node["referenceImages"]),
        ReferenceVideos = Texts(node["referenceVideos"]),
        ReferenceAudios = Texts(node["referenceAudios"]),
        DurationSeconds = node["durationSeconds"].Integer,
        Resolution = node["resolution"].Text,
        AspectRatio = node["aspectRatio"].Text,
        GenerateAudio = node["generateAudio"].Flag,
        Seed = node["seed"].Long,
        CameraFixed = node["cameraFixed"].Flag,
        HighBitrate = node["highBitrate"].Flag,
        Upscale = node["upscale"].Text,
        CallbackUri = node["callbackUri"].Address,
        Sandbox = node["sandbox"].Flag ?? false,
        Options = node["options"].ToMap(static option => option.Value),
    };

    private static JsonArray? Texts(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);

    private static IReadOnlyList<string> Texts(WireNode node) => [.. node.Items.Select(item => item.Text).OfType<string>()];
}
