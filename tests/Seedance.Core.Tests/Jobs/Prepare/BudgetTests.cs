using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class BudgetTests : BudgetSuite
{
    [Fact]
    public async Task RunAsync_CapInAnotherUnitThanThePrice_NamesTheUnitAsTheCause()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 2.5m, Unit = "credits" }));

        SeedanceException error = Assert.Single(Kit.Output.Errors);
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

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("MaxCostPerDay = 2.5 USD", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 USD are reserved or spent", error.Message, StringComparison.Ordinal);
        Assert.Contains("asks for 1 USD", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Host.Submits);
    }

    [Fact]
    public async Task RunAsync_NextDay_TheDayIsFreeAndTheMonthCounts()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1, CostPerMonth = 2 });
        await SubmitAsync(account);
        Kit.Time.Advance(TimeSpan.FromDays(1));
        await SubmitAsync(account);
        Kit.Time.Advance(TimeSpan.FromDays(1));
        await SubmitAsync(account);

        Assert.Contains("MaxCostPerMonth", Assert.Single(Kit.Output.Errors).Message, StringComparison.Ordinal);
        Kit.Time.Advance(TimeSpan.FromDays(31));
        await SubmitAsync(account);
        Assert.Equal(3, Host.Submits);
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

        Assert.Equal(ErrorCode.OverBudget, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(2, Host.Submits);
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
        Assert.Equal(submits, Host.Submits);
        await SubmitAsync(account, request);

        Assert.Equal(submits, Host.Submits);
        Assert.Equal(known ? ErrorCode.OverBudget : ErrorCode.PriceUnknown, Kit.Output.Errors[^1].Code);
        Assert.Equal(known, Kit.Output.Errors[^1].Message.Contains("MaxJobsPerDay", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/acme", "simulated-key", true)]
    [InlineData("http://127.0.0.1:8080/acme", TestServices.Key, false)]
    [InlineData("https://acme.example/api", "simulated-key", false)]
    public async Task RunAsync_AnswerIsLost_CountsAsSimulatedWhereNobodyCanBePaid(string address, string key, bool simulated)
    {
        Network.ResetAfterBody();

        await SubmitAsync(new Account(new AcmeAdapter(), new Uri(address), key) { Concurrency = 5 });

        Assert.Equal(simulated, Assert.Single(Kit.Output.Errors).Job!.IsSimulated);
        Assert.Equal(simulated, Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Key.IsSimulated);
    }

    [Fact]
    public async Task RunAsync_UnknownPriceUnderAProfilesCap_IsRefusedUnlessForced()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 10 });
        await SubmitAsync(account, model: "acme-unlisted");
        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(Kit.Output.Errors).Code);

        await SubmitAsync(account, model: "acme-unlisted", options: new SubmitOptions { Force = true });
        Assert.Equal(1, Host.Submits);
    }

    [Fact]
    public async Task RunAsync_EstimateInAnotherUnitThanTheCap_IsUnknown()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 10, Unit = "CNY" }));

        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(0, Host.Submits);
    }

    [Fact]
    public async Task RunAsync_ForcedOverAProfilesCap_IsStillOverBudget()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 0.5m });
        await SubmitAsync(account, options: new SubmitOptions { Force = true });

        Assert.Equal(ErrorCode.OverBudget, Assert.Single(Kit.Output.Errors).Code);
    }

    [Fact]
    public async Task RunAsync_AnotherProfile_HasItsOwnBudget()
    {
        await SubmitAsync(Account(new SpendCaps("studio") { CostPerDay = 1 }));
        await SubmitAsync(Account(new SpendCaps("lab") { CostPerDay = 1 }, "lab"));

        Assert.Equal(2, Host.Submits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(402)]
    public async Task RunAsync_RefusedByTheProvider_FreesItsReservation(int status)
    {
        Network.Answer(status, """{"error":"no"}""");
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1 });
        await SubmitAsync(account);
        await SubmitAsync(account);

        Assert.Single(Kit.Output.Jobs);
        Assert.Equal(1, Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task RunAsync_OutcomeUnknown_KeepsItsReservation()
    {
        Network.ResetAfterBody();
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1 });
        await SubmitAsync(account);
        await SubmitAsync(account, options: new SubmitOptions { ContinueUnconfirmed = true });

        Assert.Equal([ErrorCode.SubmitUnconfirmed, ErrorCode.OverBudget], Kit.Output.Errors.Select(error => error.Code));
        Assert.Single(Network.Requests);
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
    public async Task RunAsync_ProviderNamesThePriceAtOnce_IsSettled()
    {
        Network.Answer(200, """{"id":"task-1","cost":0.8}""");
        await SubmitAsync(TestServices.Account(new RichAcmeAdapter()));

        Assert.Equal(new SpendAmount(0, 0.8m, 1, 0, 5), Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount);
    }

    private static AcmeAdapter WithTestRuns()
    {
        AcmeAdapter plain = new();
        return new AcmeAdapter { Models = [plain.Models[0] with { Model = plain.Models[0].Model with { Features = ["Sandbox"] } }] };
    }

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
