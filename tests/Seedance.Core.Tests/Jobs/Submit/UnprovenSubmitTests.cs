using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class UnprovenSubmitTests : SubmitSuite
{
    [Fact]
    public async Task RunAsync_ResetAfterSending_DoesNotSayThatTheHostCouldNotBeReached()
    {
        Network.ResetAfterBody();

        await SubmitAsync();

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(ErrorCode.SubmitUnconfirmed, error.Code);
        Assert.DoesNotContain("could not be reached", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ResetAfterTheBodyLeft_IsUnconfirmedAndSentOnce()
    {
        Network.ResetAfterBody();

        await SubmitAsync();

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal(ErrorCode.SubmitUnconfirmed, error.Code);
        Assert.Equal(JobStatus.Unconfirmed, error.Job!.State);
        Assert.Contains("dashboard", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Network.Requests);
        Assert.Empty(Kit.Output.Jobs);
        Assert.Equal(JobStatus.Unconfirmed, (await Kit.Services.Store.FindAsync(error.Job.Id, Stop))!.Job.State);
    }

    [Theory]
    [InlineData(200, "<html>sorry</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"id\":")]
    [InlineData(201, "{\"id\":\"task-1\uFFFD\"}")]
    [InlineData(201, "{\"id\":\".\"}")]
    [InlineData(201, "{\"id\":\"..\"}")]
    [InlineData(201, "{\"id\":\"task 1\"}")]
    [InlineData(201, "{\"id\":\"task\\u001b[31m\"}")]
    [InlineData(201, "{\"id\":\"task\\u202e1\"}")]
    [InlineData(201, "{\"id\":\"task\\ud800\"}")]
    [InlineData(201, "{\"id\":\"task\\n1\"}")]
    [InlineData(201, "{\"id\":\"task-" + TestServices.Key + "\"}")]
    [InlineData(400, "{\"id\":\"task-" + TestServices.Key + "\"}")]
    [InlineData(429, "{\"id\":\"..\"}")]
    [InlineData(500, "{}")]
    [InlineData(502, "<html>bad gateway</html>")]
    [InlineData(504, "")]
    public async Task RunAsync_AnswerThatProvesNothing_IsUnconfirmedAndSentOnce(int status, string body)
    {
        Network.Answer(status, body);

        await SubmitAsync();

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Single(Network.Requests);
        Assert.Single(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_UserTakesTheHostsWordOnItsServerErrors_TriesThreeTimesAndNoMore()
    {
        const string Own = """{"detail":"Internal error"}""";
        Network.Answer(500, Own).Answer(503, Own, ("Retry-After", "15")).Answer(500, Own);
        DateTimeOffset begun = Kit.Time.GetUtcNow();

        await SubmitAsync(Muapi(repeats: true), moveClock: true, request: MuapiRequest);

        Assert.Equal(ErrorCode.ProviderUnavailable, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(3, Network.Requests.Count);
        // A second after the first, and what the second answer asked for.
        Assert.InRange((Kit.Time.GetUtcNow() - begun).TotalSeconds, 16, 20);
        Assert.Empty(OpenRecords);
    }

    [Theory]
    [InlineData(false, 500, """{"detail":"Internal error"}""")] // Faults 1: the host took it, and its promise was not kept.
    [InlineData(false, 503, """{"detail":"Internal error"}""")]
    [InlineData(true, 500, "<html>sorry</html>")]
    [InlineData(true, 500, "{}")]
    [InlineData(true, 502, """{"detail":"Internal error"}""")]
    [InlineData(true, 505, """{"detail":"Internal error"}""")]
    [InlineData(true, 507, """{"detail":"Internal error"}""")]
    [InlineData(true, 522, """{"detail":"Internal error"}""")]
    [InlineData(true, 598, """{"detail":"Internal error"}""")]
    public async Task RunAsync_ServerErrorThatProvesNothing_IsUnconfirmedAndSentOnce(bool repeats, int status, string body)
    {
        Network.Answer(status, body);

        await SubmitAsync(Muapi(repeats), moveClock: true, request: MuapiRequest);

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Single(Network.Requests);
        Assert.Single(OpenRecords);
    }
}
