namespace Seedance;

/// <summary>What a request would cost at one provider, found without submitting it.</summary>
public sealed record SeedanceEstimate
{
    /// <summary>Who would be paid.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The profile it was asked with, if any.</summary>
    public string? Profile { get; init; }

    /// <summary>The neutral model name, or the provider's id where it is passed through.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>The endpoint or model id that would be used; null where the provider has none for the request.</summary>
    public string? WireModel { get; init; }

    /// <summary>The price. Null is unknown, never free.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The unit of <see cref="Cost"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>Where the figure comes from, with its date where it is a price list.</summary>
    public string? Source { get; init; }

    /// <summary>When the price list was looked at, as year-month or year-month-day; null for a figure that is no list's.</summary>
    public string? PriceDate { get; init; }

    /// <summary>That is more than 60 days ago.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>How far the figure can be trusted: a name of <see cref="EstimateConfidence"/>.</summary>
    public string Confidence => Trust.ToString();

    internal EstimateConfidence Trust { get; init; }

    /// <summary>Whether the provider could take the request, as far as the catalogue knows.</summary>
    public bool IsPossible { get; init; }

    /// <summary>Why there is no figure, or no better one.</summary>
    public string? Reason { get; init; }

    /// <summary>The simulator's price: no money.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>Who stands behind an estimate.</summary>
public enum EstimateConfidence
{
    /// <summary>Nobody: the price is not known.</summary>
    Unknown,

    /// <summary>The catalogue's rule, made from a price list.</summary>
    Listed,

    /// <summary>The provider itself, asked just now.</summary>
    HostEstimate,

    /// <summary>One price list, which another contradicts by far; the source names both.</summary>
    Disputed,
}
