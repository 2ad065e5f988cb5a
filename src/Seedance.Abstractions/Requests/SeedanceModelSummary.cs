namespace Seedance;

/// <summary>
/// What one model can do at one provider, its modes taken together. <see cref="SeedanceModel"/> has the rules of each mode.
/// </summary>
public sealed record SeedanceModelSummary
{
    private readonly IReadOnlyList<string> _modes = [];
    private readonly IReadOnlyList<int> _durations = [];
    private readonly IReadOnlyList<string> _resolutions = [];
    private readonly IReadOnlyList<string> _features = [];

    /// <summary>The neutral name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who sells it.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>What a generation can start from: names of <see cref="GenerationMode"/>.</summary>
    public IReadOnlyList<string> Modes
    {
        get => _modes;
        init => _modes = Indexed.Of(value);
    }

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

    /// <summary>The resolutions it takes in any mode.</summary>
    public IReadOnlyList<string> Resolutions
    {
        get => _resolutions;
        init => _resolutions = Indexed.Of(value);
    }

    /// <summary>What else can be asked in any mode.</summary>
    public IReadOnlyList<string> Features
    {
        get => _features;
        init => _features = Indexed.Of(value);
    }

    /// <summary>The lowest figure of the price list; null where none is known.</summary>
    public decimal? PriceFrom { get; init; }

    /// <summary>Its unit.</summary>
    public string? PriceUnit { get; init; }

    /// <summary><c>second</c> or <c>clip</c>.</summary>
    public string? PricePer { get; init; }

    /// <summary>Seconds that a clip usually takes to make.</summary>
    public int? TypicalSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
