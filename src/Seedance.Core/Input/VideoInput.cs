using Seedance.Models;

namespace Seedance.Input;

/// <summary>
/// A request as parameters or a row of a table spell it, before blanks, lists and local paths are understood. What is not given comes from
/// another request where there is one, and is else left open.
/// </summary>
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

    public bool? NoAudio { get; init; }

    public long? Seed { get; init; }

    public bool? CameraFixed { get; init; }

    public bool? HighBitrate { get; init; }

    public string? Upscale { get; init; }

    public Uri? CallbackUri { get; init; }

    public bool? Sandbox { get; init; }

    public IReadOnlyDictionary<string, object?>? Options { get; init; }

    /// <summary>Names of parameters that were given as nothing, to take away what the other request has.</summary>
    public IReadOnlyCollection<string> Cleared { get; init; } = [];

    /// <summary>
    /// <paramref name="fullPath"/> makes a local path absolute, as the caller's session sees it. What is given counts over the request that
    /// this one repeats.
    /// </summary>
    public VideoRequest ToRequest(Func<string, string> fullPath, VideoRequest? from = null)
    {
        VideoRequest given = MediaReferences.Replace(Given(),
            reference =>
            MediaReferences.IsLocal(reference) ? fullPath(MediaReferences.PathOf(reference)) : MediaReferences.PathOf(reference));
        CheckReadable(given.Prompt);
        return from is null ? given : Over(given, from);
    }

    private VideoRequest Given() => new()
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
        GenerateAudio = NoAudio == true ? false : null,
        Seed = Seed,
        CameraFixed = CameraFixed == true ? true : null,
        HighBitrate = HighBitrate == true ? true : null,
        Upscale = CellText.Optional(Upscale),
        CallbackUri = CallbackUri,
        Sandbox = Sandbox == true,
        Options = Options?.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            ?? new Dictionary<string, object?>(StringComparer.Ordinal),
    };

    private VideoRequest Over(VideoRequest given, VideoRequest from) => new()
    {
        Prompt = Prompt ?? from.Prompt,
        Model = given.Model ?? Kept(nameof(Model), from.Model),
        Image = given.Image ?? Kept(nameof(Image), from.Image),
        LastFrame = given.LastFrame ?? Kept(nameof(LastFrame), from.LastFrame),
        ReferenceImages = given.ReferenceImages.Count > 0
            ? given.ReferenceImages
            : Kept(nameof(ReferenceImages), from.ReferenceImages) ?? [],
        ReferenceVideos = given.ReferenceVideos.Count > 0
            ? given.ReferenceVideos
            : Kept(nameof(ReferenceVideos), from.ReferenceVideos) ?? [],
        ReferenceAudios = given.ReferenceAudios.Count > 0
            ? given.ReferenceAudios
            : Kept(nameof(ReferenceAudios), from.ReferenceAudios) ?? [],
        DurationSeconds = given.DurationSeconds ?? Kept(nameof(Duration), from.DurationSeconds),
        Resolution = given.Resolution ?? Kept(nameof(Resolution), from.Resolution),
        AspectRatio = given.AspectRatio ?? Kept(nameof(AspectRatio), from.AspectRatio),
        GenerateAudio = NoAudio is null ? from.GenerateAudio : given.GenerateAudio,
        Seed = given.Seed ?? Kept(nameof(Seed), from.Seed),
        CameraFixed = CameraFixed is null ? from.CameraFixed : given.CameraFixed,
        HighBitrate = HighBitrate is null ? from.HighBitrate : given.HighBitrate,
        Upscale = given.Upscale ?? Kept(nameof(Upscale), from.Upscale),
        CallbackUri = given.CallbackUri ?? Kept(nameof(CallbackUri), from.CallbackUri),
        Sandbox = Sandbox ?? from.Sandbox,
        Options = Options is null ? from.Options : given.Options,
    };

    private T? Kept<T>(string name, T? value) => Cleared.Contains(name) ? default : value;

    /// <summary>
    /// What stands in a text for letters that could not be read: a file of another encoding, and no prompt that anybody wrote.
    /// </summary>
    private static void CheckReadable(string prompt)
    {
        if (prompt.IndexOf('\uFFFD') >= 0)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest,
                "The prompt holds letters that could not be read (U+FFFD), as in a file that was read in another encoding than its own.")
            {
                Target = prompt,
                RecommendedAction = "Nothing was sent or spent. Read the file in its own encoding, such as Import-Csv -Encoding ansi.",
            };
        }
    }
}
