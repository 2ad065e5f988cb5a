namespace Seedance;

/// <summary>An amount in the unit it is charged in. Units are never converted: nobody publishes the rates.</summary>
public sealed record SeedanceCost
{
    /// <summary>How much.</summary>
    public decimal Amount { get; init; }

    /// <summary><c>USD</c>, <c>CNY</c>, <c>credits</c> or <c>tokens</c>.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>True until the provider itself has named the figure.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Where the figure comes from, with its date where it is a price list.</summary>
    public string? Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        (IsEstimate ? "~" : string.Empty) + Amount.ToString("0.######", CultureInfo.InvariantCulture) + " " + Unit;
}
