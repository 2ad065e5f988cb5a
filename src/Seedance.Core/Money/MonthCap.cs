using Seedance.Spending;

namespace Seedance.Money;

/// <summary>A profile's cap on what it spends in a month, in one unit, and what counts against it.</summary>
/// <param name="Profile">Whose cap it is.</param>
/// <param name="Provider">Where the profile spends.</param>
/// <param name="Unit">Of both figures.</param>
/// <param name="Cap">The most of a UTC month.</param>
/// <param name="Spent">By this profile alone; simulated jobs count as the cap counts them.</param>
internal sealed record MonthCap(string Profile, string Provider, string Unit, decimal Cap, decimal Spent)
{
    /// <summary>The caps of these profiles. One without a unit counts each unit for itself, and is there for each that was spent.</summary>
    /// <param name="profiles">Whose.</param>
    /// <param name="month">All sums of the month.</param>
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
