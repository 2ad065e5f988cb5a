using Seedance.Accounts;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Money;
using Seedance.Providers;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class BudgetTests : IDisposable
{
    // Five seconds at 720p cost 1 USD at Acme.
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public BudgetTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_DearerThanTheCallAllows_IsOverBudgetAndSendsNothing()
    {
        await SubmitAsync(options: new SubmitOptions { MaxCost = 0.99m });

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("0.99", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 USD", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Submits);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task RunAsync_MadeBeforeAndDearerThanTheCallAllowsNow_IsTheJobThatExists()
    {
        await SubmitAsync(options: new SubmitOptions { ClientToken = "row-1" });
        await SubmitAsync(options: new SubmitOptions { ClientToken = "row-1", MaxCost = 0.01m });

        Assert.Empty(_kit.Output.Errors);
        Assert.Single(_kit.Output.Jobs.Select(job => job.Id).Distinct());
        Assert.Equal(1, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_AsDearAsTheCallAllows_IsSent()
    {
        await SubmitAsync(options: new SubmitOptions { MaxCost = 1 });
        Assert.Equal(1, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_UnknownPriceUnderACap_IsRefusedUnlessForced()
    {
        await SubmitAsync(model: "acme-unlisted", options: new SubmitOptions { MaxCost = 100 });
        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(0, _host.Submits);

        await SubmitAsync(model: "acme-unlisted", options: new SubmitOptions { MaxCost = 100, Force = true });
        Assert.Equal(1, _host.Submits);
    }

    /// <summary>A sheet and a worker have no -Force, and what they cannot take must not be recommended as theirs.</summary>
    [Theory]
    [InlineData("acme-unlisted", 100, 0)]
    [InlineData("acme-unlisted", 0, 100)]
    [InlineData("acme-unlisted", 0, 0)]
    [InlineData("seedance-acme", 0.01, 0)]
    public async Task RunAsync_RefusedForItsPrice_NamesTheCommandThatHasForce(string model, double most, double total)
    {
        Account account = most + total > 0 ? TestServices.Account() : Account(new SpendCaps("studio") { CostPerDay = 2.5m });
        SubmitOptions options = new() { MaxCost = most > 0 ? (decimal)most : null, MaxTotalCost = total > 0 ? (decimal)total : null,
            Total = new CallTotal() };

        await SubmitAsync(account, model, options: options);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Contains(error.Code, new[] { ErrorCode.PriceUnknown, ErrorCode.OverBudget });
        Assert.Contains(" New-SeedanceVideo -Force ", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_CapInAnotherUnitThanThePrice_NamesTheUnitAsTheCause()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 2.5m, Unit = "credits" }));

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.PriceUnknown, error.Code);
        Assert.Contains("asks for 1 USD, which is not converted to credits", error.Message, StringComparison.Ordinal);
        Assert.Contains("-CostUnit USD", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("is not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DayIsSpent_IsOverBudgetAndNamesCapSpentAndAsked()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 2.5m });
        await SubmitAsync(account);
        await SubmitAsync(account);
        await SubmitAsync(account);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("MaxCostPerDay = 2.5 USD", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 USD are reserved or spent", error.Message, StringComparison.Ordinal);
        Assert.Contains("asks for 1 USD", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_NextDay_TheDayIsFreeAndTheMonthCounts()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1, CostPerMonth = 2 });
        await SubmitAsync(account);
        _kit.Time.Advance(TimeSpan.FromDays(1));
        await SubmitAsync(account);
        _kit.Time.Advance(TimeSpan.FromDays(1));
        await SubmitAsync(account);

        Assert.Contains("MaxCostPerMonth", Assert.Single(_kit.Output.Errors).Message, StringComparison.Ordinal);
        _kit.Time.Advance(TimeSpan.FromDays(31));
        await SubmitAsync(account);
        Assert.Equal(3, _host.Submits);
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("seconds")]
    public async Task RunAsync_QuantityIsUsedUp_IsOverBudget(string what)
    {
        SpendCaps caps = what == "jobs" ? new SpendCaps("studio") { JobsPerDay = 2 } : new SpendCaps("studio") { SecondsPerMonth = 12 };
        Account account = Account(caps);
        await SubmitAsync(account);
        await SubmitAsync(account);
        await SubmitAsync(account);

        Assert.Equal(ErrorCode.OverBudget, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(2, _host.Submits);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)] // Nobody knows whether that model takes notice of the wish.
    public async Task RunAsync_TestRunUnderCapsOnCosts_IsSentWhereTheModelHasTestRuns(bool known, int submits)
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 10, CostPerMonth = 20, JobsPerDay = 1 }, adapter: WithTestRuns());
        VideoRequest request = new() { Prompt = "a fox", Model = known ? "seedance-acme" : "acme-unlisted", DurationSeconds = 5,
            Sandbox = true };

        await SubmitAsync(account, request);
        Assert.Equal(submits, _host.Submits);
        await SubmitAsync(account, request);

        Assert.Equal(submits, _host.Submits);
        Assert.Equal(known ? ErrorCode.OverBudget : ErrorCode.PriceUnknown, _kit.Output.Errors[^1].Code);
        Assert.Equal(known, _kit.Output.Errors[^1].Message.Contains("MaxJobsPerDay", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_TestRunUnderTheCallsLimit_IsSent()
    {
        VideoRequest request = new() { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 5, Sandbox = true };

        await SubmitAsync(TestServices.Account(WithTestRuns()), request, new SubmitOptions { MaxCost = 0 });

        Assert.Equal(1, _host.Submits);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/acme", "simulated-key", true)]
    [InlineData("http://127.0.0.1:8080/acme", TestServices.Key, false)]
    [InlineData("https://acme.example/api", "simulated-key", false)]
    public async Task RunAsync_AnswerIsLost_CountsAsSimulatedWhereNobodyCanBePaid(string address, string key, bool simulated)
    {
        _network.ResetAfterBody();

        await SubmitAsync(new Account(new AcmeAdapter(), new Uri(address), key) { Concurrency = 5 });

        Assert.Equal(simulated, Assert.Single(_kit.Output.Errors).Job!.IsSimulated);
        Assert.Equal(simulated, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Key.IsSimulated);
    }

    [Fact]
    public async Task RunAsync_UnknownPriceUnderAProfilesCap_IsRefusedUnlessForced()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 10 });
        await SubmitAsync(account, model: "acme-unlisted");
        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(_kit.Output.Errors).Code);

        await SubmitAsync(account, model: "acme-unlisted", options: new SubmitOptions { Force = true });
        Assert.Equal(1, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_EstimateInAnotherUnitThanTheCap_IsUnknown()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 10, Unit = "CNY" }));

        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_ForcedOverAProfilesCap_IsStillOverBudget()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 0.5m });
        await SubmitAsync(account, options: new SubmitOptions { Force = true });

        Assert.Equal(ErrorCode.OverBudget, Assert.Single(_kit.Output.Errors).Code);
    }

    [Fact]
    public async Task RunAsync_AnotherProfile_HasItsOwnBudget()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 1 }));
        await SubmitAsync(Account(new SpendCaps("lab") { CostPerDay = 1 }, "lab"));

        Assert.Equal(2, _host.Submits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(402)]
    public async Task RunAsync_RefusedByTheProvider_FreesItsReservation(int status)
    {
        _network.Answer(status, """{"error":"no"}""");
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1 });
        await SubmitAsync(account);
        await SubmitAsync(account);

        Assert.Single(_kit.Output.Jobs);
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task RunAsync_OutcomeUnknown_KeepsItsReservation()
    {
        _network.ResetAfterBody();
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1 });
        await SubmitAsync(account);
        await SubmitAsync(account, options: new SubmitOptions { ContinueUnconfirmed = true });

        Assert.Equal([ErrorCode.SubmitUnconfirmed, ErrorCode.OverBudget], _kit.Output.Errors.Select(error => error.Code));
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_BodyNeverLeft_FreesItsReservation()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource reached = new();
        using TestServices kit = new(new NeverConnects(reached));
        Task submit = new SubmitVideo(kit.Services).RunAsync(Prepared(TestServices.Account()), new SubmitOptions(), kit.Output, stop.Token);
        await reached.Task.WaitAsync(Stop);
        Assert.Equal(1, Assert.Single(await kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        await Outside.UntilAsync(async () => // The reservation goes a moment after the command.
            (await kit.Services.Store.SumSpendAsync(null, null, Stop)).Count == 0);
    }

    [Fact]
    public async Task Rehearse_RowsThatTogetherBreakTheCap_RefusesTheOneThatDoesAndReservesNothing()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 2.5m });
        SubmitRehearsal rehearsal = new(_kit.Services);

        Assert.Null((await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal);
        Assert.Null((await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal);
        SeedanceException error = (await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal!;

        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("2 USD are reserved or spent", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Submits);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task Rehearse_AfterWhatWasSpent_SaysWhatASubmitWould()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1.5m });
        await SubmitAsync(account, options: new SubmitOptions { ClientToken = "row-1" });
        SubmitRehearsal rehearsal = new(_kit.Services);

        // Made already; costs nothing more.
        Assert.Null((
            await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions { ClientToken = "row-1" }), Stop)).Refusal);
        Assert.Equal(
            ErrorCode.OverBudget,
            (await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions { ClientToken = "row-2" }), Stop)).Refusal!.Code);
    }

    [Fact]
    public async Task Rehearse_TestRunUnderACapOnCosts_PassesAsTheSubmitWould()
    {
        PreparedSubmit test = PrepareSubmit.Run(
            Account(new SpendCaps("studio") { CostPerDay = 10 }, adapter: WithTestRuns()),
            new VideoRequest { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 5, Sandbox = true });

        Assert.Same(test, (await new SubmitRehearsal(_kit.Services).JudgeAsync(SubmitRow.Of(test, new SubmitOptions()), Stop)).New);
    }

    [Fact]
    public async Task Rehearse_OneLimitInTwoUnits_IsRefusedAsTheSubmitWouldBe()
    {
        PreparedSubmit dollars = Prepared(TestServices.Account());
        PreparedSubmit credits = dollars with { Estimate = dollars.Estimate! with { Unit = "credits" } };

        SeedanceException error =
            (await new SubmitRehearsal(_kit.Services)
            .JudgeAsync(Either(dollars, credits, new SubmitOptions { MaxCost = 100 }), Stop)).Refusal!;

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
    }

    [Fact]
    public async Task Rehearse_SeveralAccounts_ShowsTheFirstWhoseBudgetHasRoom()
    {
        PreparedSubmit poor = Prepared(Account(new SpendCaps("poor") { CostPerDay = 0.5m }));
        PreparedSubmit rich = Prepared(TestServices.Account());

        Assert.Same(rich, (await new SubmitRehearsal(_kit.Services).JudgeAsync(Either(poor, rich, new SubmitOptions()), Stop)).New);
    }

    [Fact]
    public async Task RunAsync_ProviderNamesThePriceAtOnce_IsSettled()
    {
        _network.Answer(200, """{"id":"task-1","cost":0.8}""");
        await SubmitAsync(TestServices.Account(new RichAcmeAdapter()));

        Assert.Equal(new SpendAmount(0, 0.8m, 1, 0, 5), Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount);
    }

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
        _kit.Services.Profiles.Save(profile);

        Account account = _kit.Services.Accounts((_, _) => null).Resolve(new AccountSelection { Profile = "studio" });

        Assert.Equal(profile, _kit.Services.Profiles.Find("studio"));
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
        _kit.Services.Profiles.Save(profile);
        _kit.Services.Profiles.Save(profile with { Name = "idle", MaxCostPerMonth = null, CostUnit = "USD" });
        Account account = Account(SpendCaps.Of(profile)!, adapter: new RichAcmeAdapter());
        await SubmitAsync(account);
        _kit.Time.Advance(TimeSpan.FromDays(1));
        _network.Answer(200, """{"id":"task-2","cost":3}""");
        await SubmitAsync(account);
        await SubmitAsync(account);

        RecordingOutput output = new();
        await new GetSpend(_kit.Services).RunAsync(new SpendQuery(), by: null, output, Stop);

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
            () => new GetSpend(_kit.Services)
                .RunAsync(new SpendQuery { Provider = provider, Profile = profile }, by: null, _kit.Output, Stop));

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

        await new GetSpend(_kit.Services).RunAsync(new SpendQuery { Provider = provider, Profile = profile }, by: null, output, Stop);
        await new GetSpend(_kit.Services)
            .RunAsync(
            new SpendQuery { Provider = provider, Profile = profile, From = _kit.Time.GetUtcNow().AddMonths(2) }, by: null, output, Stop);

        Assert.Equal(rows, output.Of("output").Count());
    }

    private static Account Account(SpendCaps caps, string profile = "studio", Seedance.Providers.IProviderAdapter? adapter = null)
    {
        Account plain = TestServices.Account(adapter);
        return new Account(plain.Adapter, plain.BaseUri, TestServices.Key) { Concurrency = 100, Profile = profile, Caps = caps };
    }

    private static AcmeAdapter WithTestRuns()
    {
        AcmeAdapter plain = new();
        return new AcmeAdapter { Models = [plain.Models[0] with { Model = plain.Models[0].Model with { Features = ["Sandbox"] } }] };
    }

    private Task SubmitAsync(Account account, VideoRequest request, SubmitOptions? options = null) =>
        new SubmitVideo(_kit.Services).RunAsync(PrepareSubmit.Run(account, request), options ?? new SubmitOptions(), _kit.Output, Stop);

    private static SubmitRow Either(PreparedSubmit first, PreparedSubmit second, SubmitOptions options) =>
        SubmitRow.Of(
            first, options) with { Candidates = [.. SubmitRow.Of(first, options).Candidates, .. SubmitRow.Of(second, options).Candidates] };

    private static PreparedSubmit Prepared(Account account, string model = "seedance-acme") =>
        PrepareSubmit.Run(account, new VideoRequest { Prompt = "a fox", Model = model, DurationSeconds = 5 });

    private Task SubmitAsync(Account? account = null, string model = "seedance-acme", SubmitOptions? options = null) =>
        new SubmitVideo(_kit.Services)
            .RunAsync(Prepared(account ?? TestServices.Account(), model), options ?? new SubmitOptions(), _kit.Output, Stop);

    private sealed class NeverConnects(TaskCompletionSource reached) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("It never gives up by itself.");
        }
    }
}
