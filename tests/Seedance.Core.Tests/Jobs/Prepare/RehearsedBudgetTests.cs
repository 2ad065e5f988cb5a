using Seedance.Accounts;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class RehearsedBudgetTests : BudgetSuite
{
    [Fact]
    public async Task Rehearse_RowsThatTogetherBreakTheCap_RefusesTheOneThatDoesAndReservesNothing()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 2.5m });
        SubmitRehearsal rehearsal = new(Kit.Services);

        Assert.Null((await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal);
        Assert.Null((await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal);
        SeedanceException error = (await rehearsal.JudgeAsync(SubmitRow.Of(Prepared(account), new SubmitOptions()), Stop)).Refusal!;

        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("2 USD are reserved or spent", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Host.Submits);
        Assert.Empty(await Kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task Rehearse_AfterWhatWasSpent_SaysWhatASubmitWould()
    {
        Account account = Account(new SpendCaps("studio") { CostPerDay = 1.5m });
        await SubmitAsync(account, options: new SubmitOptions { ClientToken = "row-1" });
        SubmitRehearsal rehearsal = new(Kit.Services);

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

        Assert.Same(test, (await new SubmitRehearsal(Kit.Services).JudgeAsync(SubmitRow.Of(test, new SubmitOptions()), Stop)).New);
    }

    [Fact]
    public async Task Rehearse_OneLimitInTwoUnits_IsRefusedAsTheSubmitWouldBe()
    {
        PreparedSubmit dollars = Prepared(TestServices.Account());
        PreparedSubmit credits = dollars with { Estimate = dollars.Estimate! with { Unit = "credits" } };

        SeedanceException error =
            (await new SubmitRehearsal(Kit.Services)
            .JudgeAsync(Either(dollars, credits, new SubmitOptions { MaxCost = 100 }), Stop)).Refusal!;

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
    }

    [Fact]
    public async Task Rehearse_SeveralAccounts_ShowsTheFirstWhoseBudgetHasRoom()
    {
        PreparedSubmit poor = Prepared(Account(new SpendCaps("poor") { CostPerDay = 0.5m }));
        PreparedSubmit rich = Prepared(TestServices.Account());

        Assert.Same(rich, (await new SubmitRehearsal(Kit.Services).JudgeAsync(Either(poor, rich, new SubmitOptions()), Stop)).New);
    }

    private static AcmeAdapter WithTestRuns()
    {
        AcmeAdapter plain = new();
        return new AcmeAdapter { Models = [plain.Models[0] with { Model = plain.Models[0].Model with { Features = ["Sandbox"] } }] };
    }

    private static SubmitRow Either(PreparedSubmit first, PreparedSubmit second, SubmitOptions options) =>
        SubmitRow.Of(
            first, options) with { Candidates = [.. SubmitRow.Of(first, options).Candidates, .. SubmitRow.Of(second, options).Candidates] };
}
