using Seedance.Spending;

namespace Seedance.Money;

/// <summary>
/// A profile's cap on what it spends in a month, in one unit, and what counts against it. <paramref name="Unit"/> is that of both figures;
/// <paramref name="Spent"/> is by this profile alone, and simulated jobs count as the cap counts them.
/// </summary>
internal sealed record MonthCap(string Profile, string Provider, string Unit, decimal Cap, decimal Spent)
{
    /// <summary>The caps of these profiles. One without a unit counts each unit for itself, and is there for each that was spent.</summary>
    public static IReadOnlyList<MonthCap> Of(IEnumerable<SeedanceProfile> profiles, IReadOnlyList<SpendSum> month) =>
    [
        .. from profile in profiles
           let cap = profile.MaxCostPerMonth
           where cap is not null
           let own = month.Where(sum => sum.IsOf(profile.Name) && sum.Key.Unit.Length > 0).ToArray()
           from unit in profile.CostUnit is { } named ? [named] : own.Select(sum => sum.Key.Unit).Distinct(StringComparer.OrdinalIgnoreCase)
           select new MonthCap(profile.Name, profile.Provider, unit, cap.Value,
               own.Where(sum => string.Equals(sum.Key.Unit, unit, StringComparison.OrdinalIgnoreCase)).Sum(sum => sum.Total)),
    ];
}
