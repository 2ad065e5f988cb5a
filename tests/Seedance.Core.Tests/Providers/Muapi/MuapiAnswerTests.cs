using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.Muapi;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Muapi;

public sealed class MuapiAnswerTests
{
    private static readonly MuapiAdapter s_muapi = new();
    private static readonly ProviderJob s_job = new() { Id = "req_1", WireModel = "seedance-2.1-text-to-video" };

    [Theory]
    [InlineData("submit-request-id", JobStatus.Running)]
    [InlineData("submit-id", JobStatus.Running)]
    [InlineData("submit-data-request-id", JobStatus.Queued)]
    [InlineData("submit-data-id", null)]
    [Trait("Sheet", "muapi §11.2")]
    public void ReadSubmit_IdUnderAnyName_IsTheJob(string transcript, JobStatus? status)
    {
        SubmitReading reading = s_muapi.ReadSubmit(Transcript("muapi", transcript));

        Assert.Equal("req_1", reading.ProviderJobId);
        Assert.Null(reading.Error);
        Assert.Equal(status, reading.Update!.Status);
    }

    [Fact]
    public void ReadSubmit_CostInTheBody_IsTheProvidersOwnFigure()
    {
        SeedanceCost cost = s_muapi.ReadSubmit(Transcript("muapi", "submit-request-id")).Update!.Cost!;

        Assert.Equal((0.9m, "USD", false), (cost.Amount, cost.Unit, cost.IsEstimate));
    }

    [Fact]
    public void ReadSubmit_CostInTheHeaders_IsRead()
    {
        SubmitReading dollars =
            s_muapi.ReadSubmit(Answer(200, """{"id":"r"}""", ("X-MuAPI-Cost-USD", "0.40"), ("X-MuAPI-Cost-Credits", "40")));
        SubmitReading credits = s_muapi.ReadSubmit(Answer(200, """{"id":"r"}""", ("X-MuAPI-Cost-Credits", "40")));
        SubmitReading refunded =
            s_muapi.ReadSubmit(Answer(200, """{"id":"r"}""", ("X-MuAPI-Cost-USD", "0.40"), ("X-MuAPI-Cost-Refunded", "true")));

        Assert.Equal("0.4 USD", dollars.Update!.Cost!.ToString());
        Assert.Equal("40 credits", credits.Update!.Cost!.ToString());
        Assert.Equal("0 USD", refunded.Update!.Cost!.ToString());
    }

    [Theory]
    [InlineData("""{"status":"processing","message":"accepted"}""")]
    [InlineData("""{"status":"processing","error":"slow"}""")]
    [InlineData("""{"message":"ok"}""")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"request_id":null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void ReadSubmit_NeitherIdNorError_ProvesNothing(string body)
    {
        SubmitReading reading = s_muapi.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("""{"status":"error","error":"prompt violates the content policy"}""", ErrorCode.ContentRejected)]
    [InlineData("""{"status":"FAILED","message":"bad duration"}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"detail":"Insufficient credits"}""", ErrorCode.InsufficientCredits)]
    [InlineData("""{"error":{"code":"x1","message":"bad"}}""", ErrorCode.InvalidRequest)]
    public void ReadSubmit_ErrorInA200_IsAFault(string body, ErrorCode code)
    {
        SubmitReading reading = s_muapi.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Equal(code, reading.Error!.Code);
        Assert.NotNull(reading.Error.Message);
    }

    [Fact]
    public void ReadSubmit_IdAndFailure_IsAJobThatFailed()
    {
        SubmitReading reading = s_muapi.ReadSubmit(Answer(200, """{"id":"r","status":"failed","error":"no"}"""));

        Assert.Equal("r", reading.ProviderJobId);
        Assert.Equal(JobStatus.Failed, reading.Update!.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    public void ReadSubmit_NoJson_IsAProtocolError(string body) =>
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<SeedanceException>(() => s_muapi.ReadSubmit(Answer(200, body))).Code);

    [Theory]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("pending", JobStatus.Queued)]
    [InlineData("processing", JobStatus.Running)]
    [InlineData("completed", JobStatus.Succeeded)]
    [InlineData("succeeded", JobStatus.Succeeded)]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("error", JobStatus.Failed)]
    [InlineData("cancelled", JobStatus.Cancelled)]
    [InlineData("canceled", JobStatus.Cancelled)]
    [InlineData("Completed", JobStatus.Succeeded)]
    [InlineData("PROCESSING", JobStatus.Running)]
    [InlineData("starting", null)]
    [InlineData("", null)]
    [Trait("Sheet", "muapi §11.10")]
    public void ReadPoll_StatusWord_IsReadInAnyCase(string word, JobStatus? status)
    {
        PollReading reading = s_muapi.ReadPoll(s_job, Answer(200, $$"""{"id":"req_1","status":"{{word}}"}"""));

        Assert.Null(reading.Error);
        Assert.Equal(status, reading.Update!.Status);
    }

    [Theory]
    [InlineData("poll-outputs")]
    [InlineData("poll-outputs-of-objects")]
    [InlineData("poll-output-video")]
    [InlineData("poll-output-string")]
    [InlineData("poll-output-outputs")]
    [InlineData("poll-output-array")]
    [InlineData("poll-video-url")]
    [InlineData("poll-url")]
    [InlineData("callback-completed")]
    [Trait("Sheet", "muapi §11.2")]
    public void ReadPoll_AnyOutputShape_FindsTheVideo(string transcript)
    {
        JobUpdate update = s_muapi.ReadPoll(s_job, Transcript("muapi", transcript)).Update!;

        Assert.Equal(JobStatus.Succeeded, update.Status);
        JobOutput output = Assert.Single(update.Outputs);
        Assert.Equal(("Video", "https://cdn.ex.org/v.mp4"), (output.Kind, output.Url!.AbsoluteUri));
        Assert.Equal((null, null), (output.Width, output.Height));
        Assert.Null(update.Seed);
    }

    [Theory]
    [InlineData("https://cdn.ex.org/sheet.PNG?sig=1", "Other")]
    [InlineData("https://cdn.ex.org/sheet.jpeg", "Other")]
    [InlineData("https://cdn.ex.org/v.mp4", "Video")]
    [InlineData("https://cdn.ex.org/v", "Video")]
    public void ReadPoll_Picture_IsNoVideo(string address, string kind) => Assert.Equal(
        kind,
        Assert.Single(s_muapi.ReadPoll(s_job, Answer(200, $$"""{"status":"completed","outputs":["{{address}}"]}""")).Update!.Outputs).Kind);

    [Fact]
    public void ReadPoll_SeveralShapes_FirstOfTheSheetWins()
    {
        JobUpdate update = s_muapi.ReadPoll(
            s_job, Answer(200,
                """{"status":"completed","url":"https://e.org/3","output":{"video":"https://e.org/2"},"outputs":["https://e.org/1","https://e.org/1b"]}""")).Update!;

        Assert.Equal(["https://e.org/1", "https://e.org/1b"], update.Outputs.Select(output => output.Url!.AbsoluteUri));
    }

    [Theory]
    [InlineData("""{"status":"completed","outputs":[]}""")]
    [InlineData("""{"status":"completed","outputs":[null,7,{"url":3},"not an address"]}""")]
    [InlineData("""{"status":"completed","urls":{"get":"https://api.muapi.ai/x"}}""")]
    public void ReadPoll_CompletedWithoutAddress_HasNoOutput(string body)
    {
        JobUpdate update = s_muapi.ReadPoll(s_job, Answer(200, body)).Update!;

        Assert.Equal(JobStatus.Succeeded, update.Status);
        Assert.Empty(update.Outputs);
    }

    [Fact]
    public void ReadPoll_AddressBeforeTheEnd_IsNoOutput() =>
        Assert.Empty(s_muapi.ReadPoll(s_job, Answer(200, """{"status":"processing","url":"https://api.muapi.ai/poll"}""")).Update!.Outputs);

    [Fact]
    public void ReadPoll_Failed_KeepsTheTextAndTheRefund()
    {
        JobUpdate update = s_muapi.ReadPoll(s_job, Transcript("muapi", "poll-failed")).Update!;

        Assert.Equal(("JobFailed", "image_url could not be fetched"), (update.Error!.Code, update.Error.Message));
        Assert.Equal("0 USD", update.Cost!.ToString());
    }

    [Fact]
    public void ReadPoll_FailedAndFlagged_IsContentWithTheWholePayload()
    {
        JobError error = s_muapi.ReadPoll(s_job, Transcript("muapi", "poll-failed-nsfw")).Update!.Error!;

        Assert.Equal("ContentRejected", error.Code);
        Assert.Contains("has_nsfw_contents", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPoll_ZeroInTheHeaders_DoesNotReplaceThePrice()
    {
        Assert.Null(s_muapi.ReadPoll(s_job, Answer(200, """{"status":"processing"}""", ("X-MuAPI-Cost-USD", "0"))).Update!.Cost);
        Assert.Equal(
            0.9m, s_muapi.ReadPoll(s_job, Answer(200, """{"status":"processing"}""", ("X-MuAPI-Cost-USD", "0.9"))).Update!.Cost!.Amount);
        Assert.Equal(0m,
            s_muapi.ReadPoll(s_job,
            Answer(200, """{"status":"failed"}""", ("X-MuAPI-Cost-USD", "0.9"), ("X-MuAPI-Cost-Refunded", "true"))).Update!.Cost!.Amount);
        Assert.Equal(0.9m, s_muapi.ReadPoll(s_job, Transcript("muapi", "poll-outputs")).Update!.Cost!.Amount);
    }

    [Fact]
    public void ReadPoll_ErrorWithoutStatus_IsAFaultAndNoEnd()
    {
        PollReading reading = s_muapi.ReadPoll(s_job, Answer(200, """{"detail":"try later"}"""));

        Assert.Null(reading.Update);
        Assert.Equal((ErrorCode.ProviderUnavailable, "try later"), (reading.Error!.Code, reading.Error.Message));
    }

    [Fact]
    public void BuildPoll_Id_IsEscaped() =>
        Assert.Equal("predictions/a%2Fb/result", s_muapi.BuildPoll(s_job with { Id = "a/b" }).Route);

    [Theory]
    [InlineData(400, """{"detail":"duration out of range"}""", ErrorCode.InvalidRequest)]
    [InlineData(400, """{"detail":"blocked by content moderation"}""", ErrorCode.ContentRejected)]
    [InlineData(401, "{}", ErrorCode.AuthenticationFailed)]
    [InlineData(402, """{"detail":"Insufficient credits"}""", ErrorCode.InsufficientCredits)]
    [InlineData(403, """{"detail":"Needs a Business plan"}""", ErrorCode.AccessDenied)]
    [InlineData(404, """{"detail":"Not Found"}""", ErrorCode.JobNotFound)]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"Field required"}]}""", ErrorCode.InvalidRequest)]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"String violates policy length"}]}""", ErrorCode.InvalidRequest)]
    [InlineData(422, """{"detail":"The prompt violates our content policy."}""", ErrorCode.ContentRejected)]
    [InlineData(422, """{"detail":"duration must be between 4 and 12"}""", ErrorCode.InvalidRequest)]
    [InlineData(422, """{"detail":"We cannot make this."}""", ErrorCode.ContentRejected)]
    [InlineData(422, "", ErrorCode.ContentRejected)]
    [InlineData(429, "", ErrorCode.RateLimited)]
    [InlineData(500, "<html>", ErrorCode.ProviderUnavailable)]
    [InlineData(502, "", ErrorCode.ProviderUnavailable)]
    [InlineData(503, """{"detail":"The prompt violates our content policy."}""", ErrorCode.ProviderUnavailable)]
    public void ReadError_EveryRowOfTheSheet_HasItsCode(int status, string body, ErrorCode code) =>
        Assert.Equal(code, s_muapi.ReadError(Answer(status, body)).Code);

    [Fact]
    public void ReadError_ValidationList_NamesTheField() =>
        Assert.Equal("image_url: Field required", s_muapi.ReadError(Transcript("muapi", "fault-422-list", 422)).Message);

    [Fact]
    public void ReadError_TooMany_HasTheWait()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), s_muapi.ReadError(Answer(429, "", ("Retry-After", "7"))).RetryAfter);
        Assert.Null(s_muapi.ReadError(Answer(429, "", ("Retry-After", "soon"))).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(30), s_muapi.Provider.TooManyRequestsPause);
    }

    [Fact]
    public void ReadCredits_Balance_IsOnePoolWithoutTheMailAddress()
    {
        CreditPool pool = Assert.Single(s_muapi.ReadCredits(Transcript("muapi", "balance")));

        Assert.Equal(new CreditPool("balance", 12.5m, "USD"), pool);
        Assert.Equal("account/balance", s_muapi.BuildCredits().Route);
        Assert.Empty(s_muapi.ReadCredits(Answer(200, "{}")));
    }

    [Fact]
    public void Upload_File_IsTheMultipartFieldWithTheSheetsLimits()
    {
        WireRequest message = s_muapi.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal(("upload_file", new WireFile("/tmp/a.png", "image/png", "file")), (message.Route, message.File));
        Assert.Equal("https://cdn.ex.org/a.png", s_muapi.ReadUpload(Transcript("muapi", "upload"))!.AbsoluteUri);
        Assert.Null(s_muapi.ReadUpload(Answer(200, "{}")));
        Assert.Equal([10, 50, 10],
            new[] { MediaType.Image, MediaType.Video, MediaType.Audio }.Select(type => s_muapi.UploadLimit(type)!.Value / 1024 / 1024));
    }
}
