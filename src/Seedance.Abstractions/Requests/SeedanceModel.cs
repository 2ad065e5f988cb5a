namespace Seedance;

/// <summary>What one model can do at one provider in one mode, and who says so.</summary>
public sealed record SeedanceModel
{
    private readonly IReadOnlyList<int> _durations = [];
    private readonly IReadOnlyList<string> _resolutions = [];
    private readonly IReadOnlyList<string> _aspectRatios = [];
    private readonly IReadOnlyList<string> _features = [];
    private readonly IReadOnlyList<string> _upscales = [];
    private readonly IReadOnlyList<string> _promptReplacedBy = [];
    private readonly IReadOnlyList<DisputedLimit> _disputed = [];

    /// <summary>The neutral name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who sells it.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The provider's endpoint or model id for this mode.</summary>
    public string WireModel { get; init; } = string.Empty;

    /// <summary>What a generation starts from: a name of <see cref="GenerationMode"/>.</summary>
    public string Mode => StartsFrom.ToString();

    internal GenerationMode StartsFrom { get; init; }

    /// <summary>Shortest clip in seconds.</summary>
    public int? MinDuration { get; init; }

    /// <summary>Longest clip in seconds.</summary>
    public int? MaxDuration { get; init; }

    /// <summary>Where only some lengths exist, those; else empty.</summary>
    public IReadOnlyList<int> Durations
    {
        get => _durations;
        init => _durations = Indexed.Of(value);
    }

    /// <summary>Sent when the user names none.</summary>
    public int? DefaultDuration { get; init; }

    /// <summary>It can be left to choose the length, which is the duration -1.</summary>
    public bool AutomaticDuration { get; init; }

    /// <summary>The resolutions it takes.</summary>
    public IReadOnlyList<string> Resolutions
    {
        get => _resolutions;
        init => _resolutions = Indexed.Of(value);
    }

    /// <summary>Sent when the user names none.</summary>
    public string? DefaultResolution { get; init; }

    /// <summary>The aspect ratios it takes.</summary>
    public IReadOnlyList<string> AspectRatios
    {
        get => _aspectRatios;
        init => _aspectRatios = Indexed.Of(value);
    }

    /// <summary>Sent when the user names none.</summary>
    public string? DefaultAspectRatio { get; init; }

    /// <summary>Characters.</summary>
    public int? MaxPromptLength { get; init; }

    /// <summary>The prompt may be empty.</summary>
    public bool PromptOptional { get; init; }

    /// <summary>Options beside which the prompt may be empty.</summary>
    public IReadOnlyList<string> PromptReplacedBy
    {
        get => _promptReplacedBy;
        init => _promptReplacedBy = Indexed.Of(value);
    }

    /// <summary>Most reference images.</summary>
    public int MaxReferenceImages { get; init; }

    /// <summary>Most reference videos.</summary>
    public int MaxReferenceVideos { get; init; }

    /// <summary>Most reference audio files.</summary>
    public int MaxReferenceAudios { get; init; }

    /// <summary>Most references in all, where the provider limits the sum.</summary>
    public int? MaxReferences { get; init; }

    /// <summary>Reference audio is taken beside a reference image or video only.</summary>
    public bool AudioNeedsPicture { get; init; }

    /// <summary>
    /// What else can be asked: <c>Audio</c>, <c>Seed</c>, <c>CameraFixed</c>, <c>HighBitrate</c>, <c>Upscale</c>, <c>Callback</c>,
    /// <c>Sandbox</c>.
    /// </summary>
    public IReadOnlyList<string> Features
    {
        get => _features;
        init => _features = Indexed.Of(value);
    }

    /// <summary>The classes that it upscales to.</summary>
    public IReadOnlyList<string> Upscales
    {
        get => _upscales;
        init => _upscales = Indexed.Of(value);
    }

    /// <summary>Lowest seed; where it is -1, that means a random one.</summary>
    public long? MinSeed { get; init; }

    /// <summary>Highest seed.</summary>
    public long? MaxSeed { get; init; }

    /// <summary>Seconds that a job usually takes, where someone has said.</summary>
    public int? TypicalSeconds { get; init; }

    /// <summary>How the price is made up, in words; null where nobody publishes one.</summary>
    public string? PriceRule { get; init; }

    /// <summary>How long a result can be downloaded.</summary>
    public TimeSpan? UrlLifetime { get; init; }

    /// <summary>Most jobs in flight per account.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Limits that are no error to go beyond, because sources disagree or nobody names them.</summary>
    public IReadOnlyList<DisputedLimit> Disputed
    {
        get => _disputed;
        init => _disputed = Indexed.Of(value);
    }

    /// <summary>Where sources disagree, or a limit is a guess.</summary>
    public string? Notes { get; init; }

    /// <summary>The page or document the row comes from.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The date of that document.</summary>
    public string SourceDate { get; init; } = string.Empty;
}
