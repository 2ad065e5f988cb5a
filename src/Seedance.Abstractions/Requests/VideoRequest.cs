namespace Seedance;

/// <summary>
/// What a user asks for, in the neutral terms of every provider. Null means "not asked": the model's default is then looked up in
/// the catalogue and sent explicitly, because hosts change their defaults.
/// </summary>
public sealed record VideoRequest
{
    private readonly IReadOnlyList<string> _referenceImages = [];
    private readonly IReadOnlyList<string> _referenceVideos = [];
    private readonly IReadOnlyList<string> _referenceAudios = [];

    /// <summary>What the video shows. Limits differ by model, such as 2,000 or 20,000 characters.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>A neutral name such as <c>seedance-2.1</c>, or the provider's own id, which is passed through.</summary>
    public string? Model { get; init; }

    /// <summary>The first frame: an http(s), data or asset address, or the full path of a local file.</summary>
    public string? Image { get; init; }

    /// <summary>The last frame, in the same forms; needs <see cref="Image"/>.</summary>
    public string? LastFrame { get; init; }

    /// <summary>Reference images, in prompt order. References exclude frames.</summary>
    public IReadOnlyList<string> ReferenceImages
    {
        get => _referenceImages;
        init => _referenceImages = Indexed.Of(value);
    }

    /// <summary>Reference videos, in prompt order.</summary>
    public IReadOnlyList<string> ReferenceVideos
    {
        get => _referenceVideos;
        init => _referenceVideos = Indexed.Of(value);
    }

    /// <summary>Reference audio, in prompt order.</summary>
    public IReadOnlyList<string> ReferenceAudios
    {
        get => _referenceAudios;
        init => _referenceAudios = Indexed.Of(value);
    }

    /// <summary>Length in whole seconds; -1 leaves it to a model that can choose.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>A class such as <c>480p</c>, <c>720p</c>, <c>1080p</c>, <c>2k</c> or <c>4k</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Width to height, such as <c>16:9</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>Whether the clip gets sound. Null leaves it to the model.</summary>
    public bool? GenerateAudio { get; init; }

    /// <summary>Null is never sent; hosts read a null seed as an error (ModelsLab) or as zero.</summary>
    public long? Seed { get; init; }

    /// <summary>Asks for a still camera.</summary>
    public bool? CameraFixed { get; init; }

    /// <summary>Asks for a higher bitrate of the same picture.</summary>
    public bool? HighBitrate { get; init; }

    /// <summary>Upscaling after generation: <c>2k</c> or <c>4k</c>.</summary>
    public string? Upscale { get; init; }

    /// <summary>Where the provider reports the end of the job.</summary>
    public Uri? CallbackUri { get; init; }

    /// <summary>A test run at providers that have one; it costs nothing and makes no real video.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Fields that only one provider has, sent as they are.</summary>
    public IReadOnlyDictionary<string, object?> Options { get; init; } = NoFields<object?>.Map;
}
