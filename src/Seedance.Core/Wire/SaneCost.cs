namespace Seedance.Wire;

/// <summary>
/// The one guard between what a host or a price list names and the money that is counted: an amount that no video can cost is no figure.
/// What passes can be added for longer than anybody pays.
/// </summary>
internal static class SaneCost
{
    private const decimal Most = 1_000_000_000; // A video's tokens are some millions at most, and no currency needs more.

    public static bool Is(decimal amount) => amount is >= 0 and <= Most;

    public static SeedanceCost? OrNull(SeedanceCost? told) => told is not null && Is(told.Amount) ? told : null;

    /// <summary>The same for a figure that has to be worked out first.</summary>
    public static SeedanceCost? Of(Func<SeedanceCost?> figure)
    {
        try
        {
            return OrNull(figure());
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>What to say of a figure that is none; null for one that is.</summary>
    public static string? Doubt(SeedanceCost? told, string provider, string what) => told is null || Is(told.Amount)
        ? null
        : string.Format(
            CultureInfo.InvariantCulture, "{0} names {1:0.######} {2} as the price of {3}, which cannot be. The estimate stays.", provider,
            told.Amount, told.Unit, what);
}
