using Seedance.Catalogue;

namespace Seedance.Input;

/// <summary>A request as parameters or a row of a table spell it, before blanks, lists and local paths are understood.</summary>
internal sealed record VideoInput
{
    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public string? Image { get; init; }

    public string? LastFrame { get; init; }

    public IReadOnlyCollection<string?>? ReferenceImages { get; init; }

    public IReadOnlyCollection<string?>? ReferenceVideos { get; init; }

    public IReadOnlyCollection<string?>? ReferenceAudios { get; init; }

    public int? Duration { get; init; }

    public string? Resolution { get; init; }

    public string? AspectRatio { get; init; }

    public bool NoAudio { get; init; }

    public long? Seed { get; init; }

    public bool CameraFixed { get; init; }

    public bool HighBitrate { get; init; }

    public string? Upscale { get; init; }

    public Uri? CallbackUri { get; init; }

    public bool Sandbox { get; init; }

    public IReadOnlyDictionary<string, object?>? Options { get; init; }

    /// <param name="fullPath">Makes a local path absolute, as the caller's session sees it.</param>
    public VideoRequest ToRequest(Func<string, string> fullPath)
    {
        VideoRequest request = new()
        {
            Prompt = Prompt ?? string.Empty,
            Model = CellText.Optional(Model),
            Image = CellText.Optional(Image),
            LastFrame = CellText.Optional(LastFrame),
            ReferenceImages = CellText.List(ReferenceImages),
            ReferenceVideos = CellText.List(ReferenceVideos),
            ReferenceAudios = CellText.List(ReferenceAudios),
            DurationSeconds = Duration,
            Resolution = CellText.Optional(Resolution),
            AspectRatio = CellText.Optional(AspectRatio),
            GenerateAudio = NoAudio ? false : null,
            Seed = Seed,
            CameraFixed = CameraFixed ? true : null,
            HighBitrate = HighBitrate ? true : null,
            Upscale = CellText.Optional(Upscale),
            CallbackUri = CallbackUri,
            Sandbox = Sandbox,
        };
        request = LocalMedia.Replace(request, reference => LocalMedia.IsLocal(reference) ? fullPath(LocalMedia.PathOf(reference)) : LocalMedia.PathOf(reference));
        return Options is null ? request : request with { Options = Options.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) };
    }
}
