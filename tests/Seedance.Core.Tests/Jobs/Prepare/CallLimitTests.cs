using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class CallLimitTests : BudgetSuite
{
    [Fact]
    public async Task RunAsync_DearerThanTheCallAllows_IsOverBudgetAndSendsNothing()
    {
        await SubmitAsync(options: new SubmitOptions { MaxCost = 0.99m });

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(ErrorCode.OverBudget, error.Code);
        Assert.Contains("0.99", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 USD", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Host.Submits);
        Assert.Empty(await Kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task RunAsync_MadeBeforeAndDearerThanTheCallAllowsNow_IsTheJobThatExists()
    {
        await SubmitAsync(options: new SubmitOptions { ClientToken = "row-1" });
        await SubmitAsync(options: new SubmitOptions { ClientToken = "row-1", MaxCost = 0.01m });

        Assert.Empty(Kit.Output.Errors);
        Assert.Single(Kit.Output.Jobs.Select(job => job.Id).Distinct());
        Assert.Equal(1, Host.Submits);
    }

    [Fact]
    public async Task RunAsync_AsDearAsTheCallAllows_IsSent()
    {
        await SubmitAsync(options: new SubmitOptions { MaxCost = 1 });
        Assert.Equal(1, Host.Submits);
    }

    [Fact]
    public async Task RunAsync_UnknownPriceUnderACap_IsRefusedUnlessForced()
    {
        await SubmitAsync(model: "acme-unlisted", options: new SubmitOptions { MaxCost = 100 });
        Assert.Equal(ErrorCode.PriceUnknown, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(0, Host.Submits);

        await SubmitAsync(model: "acme-unlisted", options: new SubmitOptions { MaxCost = 100, Force = true });
        Assert.Equal(1, Host.Submits);
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

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Contains(error.Code, new[] { ErrorCode.PriceUnknown, ErrorCode.OverBudget });
        Assert.Contains(" New-SeedanceVideo -Force ", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TestRunUnderTheCallsLimit_IsSent()
    {
        VideoRequest request = new() { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 5, Sandbox = true };

        await SubmitAsync(TestServices.Account(WithTestRuns()), request, new SubmitOptions { MaxCost = 0 });

        Assert.Equal(1, Host.Submits);
    }

    private static AcmeAdapter WithTestRuns()
    {
        AcmeAdapter plain = new();
        return new AcmeAdapter { Models = [plain.Models[0] with { Model = plain.Models[0].Model with { Features = ["Sandbox"] } }] };
    }
}
