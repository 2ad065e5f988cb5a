using Seedance.Wire;

namespace Seedance.Providers.Muapi;

/// <summary>The host's own figure: in the body, else in its headers (API reference, read 2026-09).</summary>
internal static class MuapiCost
{
    public static SeedanceCost? OfSubmit(WireNode job, WireResponse response) => OfBody(job["cost"]) ?? OfHeaders(response);

    /// <summary>A poll costs nothing; headers that say so must not replace what the job cost.</summary>
    public static SeedanceCost? OfPoll(WireNode job, WireResponse response) =>
        OfBody(job["cost"]) ?? (OfHeaders(response) is { } named && (named.Amount > 0 || Refunded(response)) ? named : null);

    private static SeedanceCost? OfBody(WireNode cost) =>
        Make(cost["amount_usd"].Number, cost["amount_credits"].Number, cost["refunded"].Flag == true, "cost");

    private static SeedanceCost? OfHeaders(WireResponse response) => Make(
        Number(response.Header("X-MuAPI-Cost-USD")),
        Number(response.Header("X-MuAPI-Cost-Credits")),
        Refunded(response),
        "cost headers");

    private static SeedanceCost? Make(decimal? dollars, decimal? credits, bool refunded, string place)
    {
        string unit = dollars is null ? "credits" : "USD";
        return (dollars ?? credits) is not { } amount
            ? null
            : refunded
            ? new SeedanceCost { Amount = 0, Unit = unit,
                Source = string.Format(CultureInfo.InvariantCulture, "Muapi {0}, {1} refunded", place, amount) }
            : new SeedanceCost { Amount = amount, Unit = unit, Source = "Muapi " + place };
    }

    private static bool Refunded(WireResponse response) =>
        bool.TryParse(response.Header("X-MuAPI-Cost-Refunded"), out bool refunded) && refunded;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;
}
