using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Money;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class SpendOfCapsTests : BudgetSuite
{
    [Fact]
    public void Resolve_ProfileWithCaps_TheyReachTheAccountThroughTheFile()
    {
        SeedanceProfile profile = new()
        {
            Name = "studio",
            Provider = "Simulator",
            MaxCostPerDay = 1.5m,
            MaxCostPerMonth = 20,
            CostUnit = "credits",
            MaxJobsPerDay = 3,
            MaxJobsPerMonth = 30,
            MaxSecondsPerDay = 60,
            MaxSecondsPerMonth = 600,
        };
        Kit.Services.Profiles.Save(profile);

        Account account = Kit.Services.Accounts((_, _) => null).Resolve(new AccountSelection { Profile = "studio" });

        Assert.Equal(profile, Kit.Services.Profiles.Find("studio"));
        Assert.Equal(
            new SpendCaps("studio") { CostPerDay = 1.5m, CostPerMonth = 20, Unit = "credits", JobsPerDay = 3, JobsPerMonth = 30,
                SecondsPerDay = 60, SecondsPerMonth = 600 },
            account.Caps);
    }

    [Fact]
    public async Task GetSpend_ProfileWithCaps_ShowsReservedSettledAndWhatIsLeft()
    {
        SeedanceProfile profile = new() { Name = "studio", Provider = "Acme", MaxCostPerDay = 10, MaxCostPerMonth = 12, MaxJobsPerDay = 5,
            MaxSecondsPerMonth = 100 };
        Kit.Services.Profiles.Save(profile);
        Kit.Services.Profiles.Save(profile with { Name = "idle", MaxCostPerMonth = null, CostUnit = "USD" });
        Account account = Account(SpendCaps.Of(profile)!, adapter: new RichAcmeAdapter());
        await SubmitAsync(account);
        Kit.Time.Advance(TimeSpan.FromDays(1));
        Network.Answer(200, """{"id":"task-2","cost":3}""");
        await SubmitAsync(account);
        await SubmitAsync(account);

        RecordingOutput output = new();
        await new GetSpend(Kit.Services).RunAsync(new SpendQuery(), by: null, output, Stop);

        SeedanceSpend[] rows = [.. output.Of("output").Cast<SeedanceSpend>()];
        Assert.Equal(["studio", "studio", "idle"], rows.Select(row => row.Profile));
        Assert.Equal((1m, 0m, 1m, 9m, 4L, 95L),
            (rows[0].Reserved, rows[0].Settled, rows[0].Total, rows[0].Left!.Value, rows[0].JobsLeft!.Value, rows[0].SecondsLeft!.Value));
        Assert.Equal((1m, 3m, 4m, 6m, 3L, 85L),
            (rows[1].Reserved, rows[1].Settled, rows[1].Total, rows[1].Left!.Value, rows[1].JobsLeft!.Value, rows[1].SecondsLeft!.Value));
        Assert.Equal((0, 10m), (rows[2].Jobs, rows[2].Left!.Value));
        Assert.Equal("2026-03-02", rows[1].Day);
    }

    [Theory]
    [InlineData("Mupai", null, ErrorCode.InvalidRequest)]
    [InlineData(null, "studoi", ErrorCode.ProfileNotFound)]
    [InlineData("Mupai", "studoi", ErrorCode.InvalidRequest)]
    public async Task GetSpend_NameThatNobodyHas_IsAnErrorAndNotNothing(string? provider, string? profile, ErrorCode code)
    {
        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(
            () => new GetSpend(Kit.Services)
                .RunAsync(new SpendQuery { Provider = provider, Profile = profile }, by: null, Kit.Output, Stop));

        Assert.Equal(code, error.Code);
        Assert.Contains(provider ?? profile!, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Muapi", null, 0)]
    [InlineData("Acme", null, 1)] // No provider of this version, but of the ledger.
    [InlineData(null, "studio", 1)] // A profile that is removed by now.
    public async Task GetSpend_NameThatSomebodyHasOrHad_ShowsWhatThereIs(string? provider, string? profile, int rows)
    {
        await SubmitAsync(Account(new SpendCaps("studio") { JobsPerDay = 5 }));
        RecordingOutput output = new();

        await new GetSpend(Kit.Services).RunAsync(new SpendQuery { Provider = provider, Profile = profile }, by: null, output, Stop);
        await new GetSpend(Kit.Services)
            .RunAsync(
            new SpendQuery { Provider = provider, Profile = profile, From = Kit.Time.GetUtcNow().AddMonths(2) }, by: null, output, Stop);

        Assert.Equal(rows, output.Of("output").Count());
    }
}
