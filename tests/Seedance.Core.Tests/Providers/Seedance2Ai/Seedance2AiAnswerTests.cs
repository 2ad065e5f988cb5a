using Seedance.Providers;
using Seedance.Providers.Seedance2Ai;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Seedance2Ai;

public sealed class Seedance2AiAnswerTests
{
    private static readonly Seedance2AiAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "task_1", WireModel = "seedance2" };

    [Theory]
    [InlineData("submit")]
    [InlineData("submit-wrapped")]
    public void ReadSubmit_PlainOrWrapped_HasTheId(string transcript)
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript("seedance2ai", transcript));

        Assert.Equal("task_1", reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("""{"code":402,"message":"Not enough credits","data":null}""", ErrorCode.InsufficientCredits)]
    [InlineData("""{"code":401,"message":"bad key"}""", ErrorCode.AuthenticationFailed)]
    [InlineData("""{"code":429,"message":"3 tasks run"}""", ErrorCode.RateLimited)]
    [InlineData("""{"code":400,"message":"bad duration"}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"error":"Rejected by content moderation"}""", ErrorCode.ContentRejected)]
    [InlineData("""{"error":{"message":"bad"}}""", ErrorCode.InvalidRequest)]
    public void ReadSubmit_RefusalInA200_IsAFault(string body, ErrorCode code)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Equal(code, reading.Error!.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"code":200,"data":{}}""")]
    [InlineData("""{"code":200,"message":"success","data":null}""")]
    [InlineData("""{"message":"accepted"}""")]
    [InlineData("""{"taskId":null,"error":null}""")]
    [InlineData("""{"code":500,"message":"Internal error","data":null}""")]
    public void ReadSubmit_NeitherIdNorRefusal_ProvesNothing(string body)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("PENDING", JobStatus.Queued)]
    [InlineData("PROCESSING", JobStatus.Running)]
    [InlineData("COMPLETED", JobStatus.Succeeded)]
    [InlineData("FAILED", JobStatus.Failed)]
    [InlineData("waiting", JobStatus.Queued)]
    [InlineData("generating", JobStatus.Running)]
    [InlineData("success", JobStatus.Succeeded)]
    [InlineData("fail", JobStatus.Failed)]
    [InlineData("completed", JobStatus.Succeeded)]
    [InlineData("UPSCALING", null)]
    public void ReadPoll_StatusWord_IsReadInAnyCase(string word, JobStatus? status)
    {
        Assert.Equal(status, s_host.ReadPoll(s_job, Answer(200, $$"""{"taskId":"task_1","status":"{{word}}"}""")).Update!.Status);
        Assert.Equal(status,
            s_host.ReadPoll(s_job, Answer(200, $$$"""{"code":200,"data":{"taskId":"task_1","state":"{{{word}}}"}}""")).Update!.Status);
    }

    [Theory]
    [InlineData("query-completed")]
    [InlineData("query-wrapped-success")]
    [Trait("Sheet", "seedance2-ai §8.6")]
    public void ReadPoll_Completed_HasVideoSizeCostAndTime(string transcript)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript("seedance2ai", transcript)).Update!;

        JobOutput output = Assert.Single(update.Outputs);
        Assert.Equal(("https://static.ex.org/v.mp4", 1280, 720), (output.Url!.AbsoluteUri, output.Width, output.Height));
        Assert.Equal((340m, "credits", false), (update.Cost!.Amount, update.Cost.Unit, update.Cost.IsEstimate));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1711234612345), update.CompletedAt);
        Assert.Null(update.Seed);
        Assert.Null(update.Error);
    }

    [Theory]
    [InlineData("query-pending", JobStatus.Queued)]
    [InlineData("query-processing", JobStatus.Running)]
    public void ReadPoll_BeforeTheEnd_NamesNoCost(string transcript, JobStatus status)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript("seedance2ai", transcript)).Update!;

        Assert.Equal(status, update.Status);
        Assert.Null(update.Cost);
        Assert.Null(update.CompletedAt);
        Assert.Empty(update.Outputs);
    }

    [Fact]
    [Trait("Sheet", "seedance2-ai §8.4")]
    public void ReadPoll_Failed_TellsTheCreditsAndThatRefundsAreUnknown()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript("seedance2ai", "query-failed")).Update!;

        Assert.Equal(("JobFailed", "Image could not be loaded"), (update.Error!.Code, update.Error.Message));
        Assert.Equal(200, update.Cost!.Amount);
        Assert.Contains("not documented", update.Cost.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPoll_FailedByModeration_IsContentRejected() =>
        Assert.Equal("ContentRejected", s_host.ReadPoll(s_job, Transcript("seedance2ai", "query-failed-policy")).Update!.Error!.Code);

    [Fact]
    public void ReadPoll_WrappedFault_IsNoEndOfTheJob()
    {
        PollReading reading = s_host.ReadPoll(s_job, Answer(200, """{"code":500,"message":"busy"}"""));

        Assert.Null(reading.Update);
        Assert.Equal(ErrorCode.ProviderUnavailable, reading.Error!.Code);
    }

    [Fact]
    public void ReadPoll_NoJson_IsAProtocolError() =>
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<SeedanceException>(() => s_host.ReadPoll(s_job, Answer(200, "<html>"))).Code);

    [Fact]
    public void BuildPoll_Id_IsAnEscapedQuery() =>
        Assert.Equal("jobs/queryTask?taskId=a%26b", s_host.BuildPoll(s_job with { Id = "a&b" }).Route);

    [Theory]
    [InlineData(400, """{"message":"duration"}""", ErrorCode.InvalidRequest, "duration")]
    [InlineData(400, """{"error":"sensitive content"}""", ErrorCode.ContentRejected, "sensitive content")]
    [InlineData(400, """{"error":{"message":"duration out of range"}}""", ErrorCode.InvalidRequest, "duration out of range")]
    [InlineData(401, "", ErrorCode.AuthenticationFailed, null)]
    [InlineData(402, """{"message":"Insufficient credits","required":200,"available":50}""", ErrorCode.InsufficientCredits,
        "Insufficient credits (200 needed, 50 available)")]
    [InlineData(403, """{"message":"not yours"}""", ErrorCode.AccessDenied, "not yours")]
    [InlineData(404, """{"message":"no task"}""", ErrorCode.JobNotFound, "no task")]
    [InlineData(429, """{"message":"3 tasks run"}""", ErrorCode.RateLimited, "3 tasks run")]
    [InlineData(500, "<html>", ErrorCode.ProviderUnavailable, null)]
    [Trait("Sheet", "seedance2-ai §8.3")]
    public void ReadError_EveryRowOfTheSheet_HasItsCodeAndText(int status, string body, ErrorCode code, string? text)
    {
        WireError error = s_host.ReadError(Answer(status, body));

        Assert.Equal((code, text), (error.Code, error.Message));
    }

    [Fact]
    public void ReadCredits_TotalAndFree_AreToldApart()
    {
        Assert.Equal([new CreditPool("credits", 5000, "credits", 4800)], s_host.ReadCredits(Transcript("seedance2ai", "credits")));
        Assert.Equal("account/credits", s_host.BuildCredits().Route);
        Assert.Empty(s_host.ReadCredits(Answer(200, "{}")));
    }
}
