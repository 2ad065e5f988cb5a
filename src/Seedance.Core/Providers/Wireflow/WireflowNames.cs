using System.Text.Json.Nodes;

namespace Seedance.Providers.Wireflow;

/// <summary>What a request says, by the neutral name that an input can be tied to.</summary>
internal static class WireflowNames
{
    public const string Prompt = "Prompt";
    public const string Image = "Image";
    public const string LastFrame = "LastFrame";
    public const string ReferenceImages = "ReferenceImages";
    public const string ReferenceVideos = "ReferenceVideos";
    public const string ReferenceAudios = "ReferenceAudios";
    public const string Duration = "Duration";
    public const string Resolution = "Resolution";
    public const string AspectRatio = "AspectRatio";
    public const string GenerateAudio = "GenerateAudio";
    public const string Seed = "Seed";
    public const string CameraFixed = "CameraFixed";
    public const string HighBitrate = "HighBitrate";
    public const string Upscale = "Upscale";

    public static IReadOnlyList<string> All { get; } =
    [
        Prompt, Image, LastFrame, ReferenceImages, ReferenceVideos, ReferenceAudios, Duration, Resolution, AspectRatio, GenerateAudio,
        Seed, CameraFixed,
        HighBitrate, Upscale,
    ];

    /// <summary>As spelled here; the two that requests spell in another way are understood, too.</summary>
    public static string? Find(string name) =>
        Same(name, "DurationSeconds") ? Duration
        : Same(name, "Audio") ? GenerateAudio
        : All.FirstOrDefault(known => Same(known, name));

    /// <summary>What was asked, each with its values; what was not asked stays as the workflow has it.</summary>
    public static IEnumerable<KeyValuePair<string, JsonValue[]>> Asked(VideoRequest request)
    {
        (string Name, JsonValue?[] Values)[] all =
        [
            (Prompt, [Text(request.Prompt)]),
            (Image, [Text(request.Image)]),
            (LastFrame, [Text(request.LastFrame)]),
            (ReferenceImages, [.. request.ReferenceImages.Select(Text)]),
            (ReferenceVideos, [.. request.ReferenceVideos.Select(Text)]),
            (ReferenceAudios, [.. request.ReferenceAudios.Select(Text)]),
            (Duration, [request.DurationSeconds is { } seconds ? JsonValue.Create(seconds) : null]),
            (Resolution, [Text(request.Resolution)]),
            (AspectRatio, [Text(request.AspectRatio)]),
            (GenerateAudio, [request.GenerateAudio is { } audio ? JsonValue.Create(audio) : null]),
            (Seed, [request.Seed is { } seed ? JsonValue.Create(seed) : null]),
            (CameraFixed, [request.CameraFixed is { } still ? JsonValue.Create(still) : null]),
            (HighBitrate, [request.HighBitrate is { } bitrate ? JsonValue.Create(bitrate) : null]),
            (Upscale, [Text(request.Upscale)]),
        ];
        return all
            .Select(row => new KeyValuePair<string, JsonValue[]>(row.Name, [.. row.Values.OfType<JsonValue>()]))
            .Where(row => row.Value.Length > 0);
    }

    private static JsonValue? Text(string? text) => string.IsNullOrEmpty(text) ? null : JsonValue.Create(text);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
