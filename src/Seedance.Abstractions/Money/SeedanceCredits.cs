namespace Seedance;

/// <summary>One pool of an account's balance.</summary>
public sealed record SeedanceCredits
{
    /// <summary>Who holds the balance.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The profile it was asked with.</summary>
    public string? Profile { get; init; }

    /// <summary>The provider's name for the pool.</summary>
    public string Pool { get; init; } = string.Empty;

    /// <summary>All that is in the pool.</summary>
    public decimal Amount { get; init; }

    /// <summary>What is free of reservations, where the provider tells the two apart.</summary>
    public decimal? Available { get; init; }

    /// <summary><c>USD</c>, <c>CNY</c> or <c>credits</c>.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>When it was asked, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>The simulator's balance, not a real one.</summary>
    public bool IsSimulated { get; init; }
}
