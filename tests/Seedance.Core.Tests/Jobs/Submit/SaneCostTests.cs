using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Money;
using Seedance.Records;
using Seedance.Spending;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Figures of hosts that no video can cost.</summary>
public sealed class SaneCostTests : IDisposable
{
    private const string Absurd = "79000000000000000000000000000";
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 5 }; // 1 USD.
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private readonly Account _account = new(new RichAcmeAdapter(), new RichAcmeAdapter().Provider.BaseUri, TestServices.Key)
    {
        Concurrency = 50,
        Profile = "studio",
        Caps = new SpendCaps("studio") { CostPerDay = 1.5m, Unit = "USD" },
    };

    public SaneCostTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("-1000000")]
    [InlineData("-0.01")]
    [InlineData(Absurd)]
    public async Task Submit_HostNamesNoFigure_TheEstimateStaysAndTheCapHolds(string cost)
    {
        _network.Answer(200, $$"""{"id":"task-1","cost":{{cost}}}""");

        await SubmitAsync();
        await SubmitAsync();

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Null(job.ActualCost);
        Assert.Equal(1m, job.EstimatedCost!.Amount);
        Assert.Contains("which cannot be", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.OverBudget, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(1m, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Total);
    }

    [Fact]
    public async Task Submit_TwoFiguresThatCannotBeAdded_SumsAndCapsGoOn()
    {
        _network.Answer(200, $$"""{"id":"task-1","cost":{{Absurd}}}""").Answer(200, $$"""{"id":"task-2","cost":{{Absurd}}}""")
            .Answer(200, """{"id":"task-3"}""");
        Account free = new(_account.Adapter, _account.BaseUri, TestServices.Key) { Concurrency = 50, Profile = "studio" };

        await SubmitAsync(free);
        await SubmitAsync(free);
        await SubmitAsync();

        Assert.Equal(2, _kit.Output.Jobs.Count);
        Assert.Equal(ErrorCode.OverBudget, Assert.Single(_kit.Output.Errors).Code);
        await new GetSpend(_kit.Services).RunAsync(new SpendQuery(), by: null, _kit.Output, Stop);
        Assert.Equal(2m, Assert.Single(_kit.Output.Of("output").OfType<SeedanceSpend>()).Reserved);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData(Absurd)]
    public async Task Apply_PollNamesNoFigure_TheLastOneStays(string cost)
    {
        _network.Answer(200, """{"id":"task-1","cost":0.8}""").Answer(200, $$"""{"status":"running","cost":{{cost}}}""");
        await SubmitAsync();
        StoredJob stored = (await _kit.Services.Store.FindAsync(Assert.Single(_kit.Output.Jobs).Id, Stop))!;

        SeedanceJob now = (await _kit.Services.Poller.PollAsync(stored, _account, _kit.Output, Stop)).Stored.Job;

        Assert.Equal(0.8m, now.ActualCost!.Amount);
        Assert.Equal(0.8m, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Total);
    }

    [Fact]
    public async Task Measure_HostsEstimateIsNoFigure_TheListsStays()
    {
        RichAcmeAdapter host = new();
        _network.Answer(200, """{"price":-3}""");

        SeedanceEstimate estimate = await new MeasureRequest(_kit.Services)
            .RunAsync(host, s_request, () => TestServices.Account(host), _kit.Output, Stop);

        Assert.Equal((1m, EstimateConfidence.Listed), (estimate.Cost, estimate.Trust));
        Assert.Contains("-3 USD", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_LedgerOfAnEarlierVersion_ItsAbsurdFiguresCountForNothing()
    {
        DayTotals page = new("2026-03-01");
        SpendEntry Entry(SpendEvent happened, string job, decimal amount) =>
            new(happened, job, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)) { Provider = "Acme", Amount = amount,
                Unit = "USD" };
        page.Apply(Entry(SpendEvent.Reserve, "a", 1));
        page.Apply(Entry(SpendEvent.Settle, "a", -1_000_000));
        page.Apply(Entry(SpendEvent.Reserve, "b", 2));
        page.Apply(Entry(SpendEvent.Settle, "b", decimal.MaxValue));
        page.Apply(Entry(SpendEvent.Reserve, "c", decimal.MaxValue));

        Assert.Equal(3, page.Sums.Sum(sum => sum.Total));
    }

    [Fact]
    public void Of_FigureThatCannotBeWorkedOut_IsNone() =>
        Assert.Null(SaneCost.Of(() => new SeedanceCost { Amount = decimal.Parse(Absurd, CultureInfo.InvariantCulture) * 2 }));

    private Task SubmitAsync(Account? account = null) =>
        new SubmitVideo(_kit.Services).RunAsync(PrepareSubmit.Run(account ?? _account, s_request), new SubmitOptions(), _kit.Output, Stop);
}
