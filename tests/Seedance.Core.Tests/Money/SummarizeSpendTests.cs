using Seedance.Money;
using Seedance.Spending;

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

    // The studio has spent 3 of the 7 dollars of Muapi; 4 were spent without a profile.
    private static readonly MonthCap[] s_caps =
    [
        new("studio", "Muapi", "USD", Cap: 10, Spent: 3),
        new("other", "Muapi", "credits", Cap: 500, Spent: 0),
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
        SeedanceSpendSummary[] sums = [.. SummarizeSpend.Run(s_rows, SpendGroup.Provider, s_caps)];

        SeedanceSpendSummary muapi = Assert.Single(sums, sum => sum is { Name: "Muapi", IsSimulated: false });
        Assert.Equal((7m, 10m, 3m, 7m), (muapi.Total, muapi.Cap, muapi.CountedByCap, muapi.Left));
        Assert.Null(Assert.Single(sums, sum => sum is { Name: "Muapi", IsSimulated: true }).Cap);
        SeedanceSpendSummary total = Assert.Single(sums, sum => sum is { IsTotal: true, Unit: "USD" });
        Assert.Equal((16m, 10m, 3m), (total.Total, total.Cap, total.CountedByCap));
    }

    [Fact]
    public void Run_SimulatedAlone_HasTheBarOfTheCapsThatCountIt()
    {
        SeedanceSpend[] simulated = [.. s_rows.Where(row => row.IsSimulated)];

        SeedanceSpendSummary only = Assert.Single(SummarizeSpend.Run(simulated, SpendGroup.Provider, s_caps));

        Assert.Equal((true, 10m), (only.IsSimulated, only.Cap));
    }

    [Fact]
    public void MonthCaps_CountTheirOwnProfileInTheirUnitAndSimulatedJobsToo()
    {
        SpendSum[] month =
        [
            Of("studio", "USD", 2), Of("studio", "USD", 1, simulated: true), Of("studio", "credits", 50), Of(null, "USD", 4),
            Of("free", "USD", 5), Of("free", "CNY", 6),
        ];
        SeedanceProfile[] profiles =
        [
            new() { Name = "studio", Provider = "Muapi", MaxCostPerMonth = 10, CostUnit = "USD" },
            new() { Name = "free", Provider = "Fal", MaxCostPerMonth = 20 },
            new() { Name = "daily", Provider = "Fal", MaxCostPerDay = 1 },
        ];

        Assert.Equal(
            [("studio", "USD", 10m, 3m), ("free", "USD", 20m, 5m), ("free", "CNY", 20m, 6m)],
            MonthCap.Of(profiles, month).Select(cap => (cap.Profile, cap.Unit, cap.Cap, cap.Spent)));
    }

    [Fact]
    public void Run_ByProfile_NamesWhatHadNone() => Assert.Contains(
        SummarizeSpend.Run(s_rows, SpendGroup.Profile, s_caps), sum => sum is { Name: "(no profile)", Unit: "credits", Total: 200 });

    private static SpendSum Of(string? profile, string unit, decimal settled, bool simulated = false) => new(
        "2026-03-02", new SpendKey("Muapi", profile, "mini", unit, simulated), new SpendAmount(0, settled, 1, 0, 4));
}
