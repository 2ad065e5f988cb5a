using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class RefusedSubmitTests : SubmitSuite
{
    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(400, "Unknown model 'acme-9'")]
    public async Task RunAsync_HostKnowsNoSuchModel_SaysSoAndWhereToLook(int status, string words)
    {
        Network.Answer(status, $$"""{"message":"{{words}}"}""");

        await SubmitAsync();

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal((ErrorCode.ModelNotFound, status), (error.Code, error.HttpStatus));
        Assert.Contains("Get-SeedanceModel -Provider Acme", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_HostRefusesForAnotherReason_IsNoMatterOfTheModel()
    {
        Network.Answer(400, """{"message":"the model needs a prompt"}""");

        await SubmitAsync();

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(Kit.Output.Errors).Code);
    }

    [Theory]
    [InlineData(400, ErrorCode.InvalidRequest)]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(402, ErrorCode.InsufficientCredits)]
    public async Task RunAsync_Rejected_IsOneErrorAndLeavesNoRecord(int status, ErrorCode code)
    {
        Network.Answer(status, """{"message":"no, acme-canary-key-0123456789 is wrong"}""");

        await SubmitAsync();

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(code, error.Code);
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain(TestServices.Key, error.ToString() + error.ResponseExcerpt, StringComparison.Ordinal);
        Assert.Single(Network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_RefusedKeyWithABody_IsReadByItsStatus()
    {
        Network.Answer(401, """{"detail":"Not authenticated"}""");
        ProviderInfo provider = ProviderRegistry.Find("Muapi")!.Provider;
        Account account = new(ProviderRegistry.Find("Muapi")!, provider.BaseUri, "key-for-tests") { Concurrency = 5 };
        PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini" });

        await new SubmitVideo(Kit.Services).RunAsync(prepared, new SubmitOptions(), Kit.Output, Stop);

        Assert.Equal(ErrorCode.AuthenticationFailed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Empty(OpenRecords);
    }
}
