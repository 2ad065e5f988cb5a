using Seedance.Money;

namespace Seedance.Core.Tests.Money;

public sealed class SummarizeSpendTests
{
    private static readonly SeedanceSpend[] s_rows =
    [
        new() { Day = "2026-03-01", Provider = "Muapi", Profile = "studio", Model = "mini", Unit = "USD", Reserved = 1, Settled = 2,
            Jobs = 3, Seconds = 12 },
        new() { Day = "2026-03-02", Provider = "Muapi", Model = "mini", Unit = "USD", Settled = 4, Jobs = 1, Seconds = 4 },
        new() { Day = "2026-03-02", Provider = "Fal", Model = "2.0", Unit = "USD", Settled = 9, Jobs = 2, Seconds = 10 },
        new() { Day = "2026-03-02", Provider = "Seedance2Ai", Model = "2.0", Unit = "credits", Settled = 200, Jobs = 1, Seconds = 5 },
        new() { Day = "2026-03-02", Provider = "Muapi", Model = "mini", Unit = "USD", Settled = 1000, Jobs = 1, IsSimulated = true },
    ];

    private static readonly SeedanceProfile[] s_profiles =
    [
        new() { Name = "studio", Provider = "Muapi", MaxCostPerMonth = 10, CostUnit = "USD" },
        new() { Name = "other", Provider = "Muapi", MaxCostPerMonth = 500, CostUnit = "credits" },
    ];

    [Fact]
    public void Run_ByProvider_AddsWithinUnitsDearestFirstAndEndsWithTotals()
    {
        SeedanceSpendSummary[] sums = [.. SummarizeSpend.Run(s_rows, SpendGroup.Provider, [])];

        Assert.Equal(
            [("Muapi", "USD", 1000m, false), ("Fal", "USD", 9m, false), ("Muapi", "USD", 7m, false),
                ("Seedance2Ai", "credits", 200m, false), ("Total", "USD", 16m, true), ("Total", "credits", 200m, true)],
            sums.Select(sum => (sum.Name, sum.Unit, sum.Total, sum.IsTotal)));
        Assert.True(sums[0].IsSimulated);
        Assert.All(sums, sum => Assert.Null(sum.Cap));
    }

    [Fact]
    public void Run_OfAMonth_SetsEachAgainstTheCapsOfItsUnit()
    {
        SeedanceSpendSummary[] sums = [.. SummarizeSpend.Run(s_rows, SpendGroup.Provider, s_profiles)];

        SeedanceSpendSummary muapi = Assert.Single(sums, sum => sum is { Name: "Muapi", IsSimulated: false });
        Assert.Equal((10m, 3m), (muapi.Cap, muapi.Left));
        Assert.Null(Assert.Single(sums, sum => sum is { Name: "Muapi", IsSimulated: true }).Cap);
        Assert.Equal(10m, Assert.Single(sums, sum => sum is { IsTotal: true, Unit: "USD" }).Cap);
    }

    [Fact]
    public void Run_ByProfile_NamesWhatHadNone() => Assert.Contains(
        SummarizeSpend.Run(s_rows, SpendGroup.Profile, s_profiles), sum => sum is { Name: "(no profile)", Unit: "credits", Total: 200 });
}
