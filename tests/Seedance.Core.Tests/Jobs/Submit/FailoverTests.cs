using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class FailoverTests : FailoverSuite
{
    [Fact]
    public async Task RunAsync_FirstTakesIt_NobodyElseIsAsked()
    {
        Network.Answer(200, Accepted);
        await SubmitAsync();

        Assert.Equal("First", Assert.Single(Kit.Output.Jobs).Provider);
        Assert.Empty(Kit.Output.Jobs[0].Attempts);
        Assert.Equal(["first.example"], Hosts);
    }

    [Theory]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(402, ErrorCode.InsufficientCredits)]
    [InlineData(404, ErrorCode.ModelNotFound)]
    public async Task RunAsync_FirstRefusesForItsOwnReasons_TheNextTakesItAndTheJobSaysWhy(int status, ErrorCode code)
    {
        Network.Answer(status, """{"message":"no"}""").Answer(200, Accepted);
        await SubmitAsync();

        SeedanceJob job = Assert.Single(Kit.Output.Jobs);
        Assert.Equal("Second", job.Provider);
        JobAttempt attempt = Assert.Single(job.Attempts);
        Assert.Equal(("First", "p1", code.ToString()), (attempt.Provider, attempt.Profile, attempt.Code));
        Assert.Contains("no", attempt.Message, StringComparison.Ordinal);
        StoredJob? stored = await Kit.Services.Store.FindAsync(job.Id, Stop);
        Assert.Equal(attempt, Assert.Single(stored!.Job.Attempts));
        Assert.Empty(Kit.Output.Errors);
        Assert.Equal("Second", Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Key.Provider);
    }

    [Fact]
    public async Task RunAsync_FirstCannotBeReached_TheNextTakesIt()
    {
        Network.RefuseConnection().RefuseConnection().RefuseConnection().Answer(200, Accepted);
        await SubmitAsync();

        Assert.Equal("Second", Assert.Single(Kit.Output.Jobs).Provider);
    }

    [Fact]
    public async Task RunAsync_FirstThrottlesPastItsTime_TheNextTakesIt()
    {
        Network.Answer(429, "{}").Answer(429, "{}").Answer(429, "{}").Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(["first.example", "first.example", "first.example", "second.example"], Hosts);
        Assert.Equal(nameof(ErrorCode.RateLimited), Assert.Single(Assert.Single(Kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_OutcomeUnknown_NeverGoesToTheNext()
    {
        Network.ResetAfterBody();
        await SubmitAsync();
        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);

        // Nor does the same request in a second run, while the first one's fate is open.
        await SubmitAsync();
        Assert.Equal(["first.example"], Hosts);
    }

    [Fact]
    public async Task RunAsync_RequestIsWrong_NeverGoesToTheNext()
    {
        Network.Answer(400, ScriptedHandler.Refusal);
        await SubmitAsync();

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(["first.example"], Hosts);
    }

    [Fact]
    public async Task RunAsync_FirstCannotEvenBePrepared_TheNextTakesIt()
    {
        Network.Answer(200, Accepted);
        SubmitCandidate broken = SubmitCandidate.Of(
            new AccountChoice(null, "First")
            {
                Refusal = new SeedanceException(ErrorCode.CredentialMissing, "There is no key for First."),
            },
            PlainRequest);
        await SubmitAsync([broken, Candidate("Second", "p2")]);

        Assert.Equal(nameof(ErrorCode.CredentialMissing), Assert.Single(Assert.Single(Kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_FirstIsOutOfBudget_TheNextTakesIt()
    {
        Network.Answer(200, Accepted);
        await SubmitAsync([Candidate("First", "p1", new SpendCaps("p1") { CostPerDay = 0.5m }), Candidate("Second", "p2")]);

        Assert.Equal(nameof(ErrorCode.OverBudget), Assert.Single(Assert.Single(Kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_OneLimitInTwoUnits_IsRefusedBeforeAnythingIsSent()
    {
        Network.Answer(200, Accepted);
        SubmitCandidate[] candidates = [Candidate("First", "p1", unit: "credits"), Candidate("Second", "p2")];
        await SubmitAsync(candidates, new SubmitOptions { MaxCost = 100 });

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("100 credits at First and 100 USD at Second", error.Message, StringComparison.Ordinal);
        Assert.Empty(Hosts);

        await SubmitAsync(candidates, new SubmitOptions { MaxCost = 100, Force = true });
        Assert.Single(Kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_OneLimitInOneUnit_HoldsAtEach()
    {
        Network.Answer(402, ScriptedHandler.Refusal).Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { MaxCost = 1 });

        Assert.Equal("Second", Assert.Single(Kit.Output.Jobs).Provider);
    }

    [Fact]
    public async Task RunAsync_NobodyTakesIt_IsOneErrorThatNamesAll()
    {
        Network.Answer(401, "{}").Answer(402, ScriptedHandler.Refusal);
        await SubmitAsync();

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Contains("First", error.Message, StringComparison.Ordinal);
        Assert.Contains("Second", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InsufficientCredits, error.Code);
        Assert.Empty(await Kit.Services.Store.SumSpendAsync(null, null, Stop));
    }
}
