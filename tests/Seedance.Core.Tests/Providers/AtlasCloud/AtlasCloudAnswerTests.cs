using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.AtlasCloud;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.AtlasCloud;

public sealed class AtlasCloudAnswerTests
{
    private const string Host = "atlascloud";
    private static readonly AtlasCloudAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "p_1", WireModel = "bytedance/seedance-2.0/text-to-video" };

    [Theory]
    [InlineData("submit", JobStatus.Running, "model/prediction/p_1")]
    [InlineData("submit-bare", JobStatus.Queued, "model/result/p_1")]
    [InlineData("submit-prediction-id", null, "model/prediction/p_1")]
    [Trait("Sheet", "atlascloud §8.1 §8.2")]
    public void ReadSubmit_EnvelopeOrNot_HasTheIdAndTheSpellingOfThePoll(string transcript, JobStatus? status, string route)
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript(Host, transcript));

        Assert.Equal(("p_1", status), (reading.ProviderJobId, reading.Update?.Status));
        Assert.Equal(route, s_host.BuildPoll(s_job with { Notes = reading.Notes ?? s_job.Notes }).Route);
    }

    [Theory]
    [InlineData("bytedance/seedance-v1.5-pro/text-to-video", "model/result/a%2Fb")]
    [InlineData("bytedance/seedance-2.5/text-to-video", "model/prediction/a%2Fb")]
    [InlineData("bytedance/seedance-v1-pro-t2v-480p", "model/prediction/a%2Fb")]
    public void BuildPoll_WithoutNotes_GoesByTheModel(string wireModel, string route) =>
        Assert.Equal(route, s_host.BuildPoll(new ProviderJob { Id = "a/b", WireModel = wireModel }).Route);

    [Theory]
    [InlineData("""{"code":402,"msg":"insufficient balance"}""", ErrorCode.InsufficientCredits)]
    [InlineData("""{"code":400,"message":"account balance is not enough"}""", ErrorCode.InsufficientCredits)]
    [InlineData("""{"code":401,"msg":"bad key"}""", ErrorCode.AuthenticationFailed)]
    [InlineData("""{"code":429,"msg":"slow down"}""", ErrorCode.RateLimited)]
    [InlineData("""{"code":422,"message":"ratio"}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"code":500,"message":"oops"}""", ErrorCode.ProviderUnavailable)]
    [InlineData("""{"error":"prompt violates the policy"}""", ErrorCode.ContentRejected)]
    public void ReadSubmit_RefusalInA200_IsAFault(string body, ErrorCode code)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Equal(code, reading.Error!.Code);
    }

    [Fact]
    public void ReadList_History_TellsJobsApartByTheirSubmits()
    {
        ListReading reading = s_host.ReadList(new ListQuery(), Transcript(Host, "history"));

        Assert.Equal(["p_2", "p_1"], reading.Jobs.Select(job => job.Id));
        Assert.Equal("2", reading.NextCursor);
        Assert.Equal(("a kite", "bytedance/seedance-2.0/text-to-video"), (reading.Jobs[0].Prompt, reading.Jobs[0].WireModel));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), reading.Jobs[0].CreatedAt);
        Assert.Equal((JobStatus.Succeeded, 0.35m), (reading.Jobs[0].Update.Status!.Value, reading.Jobs[0].Update.Cost!.Amount));
        Assert.Equal((JobStatus.Queued, null), (reading.Jobs[1].Update.Status!.Value, reading.Jobs[1].Prompt));
        Assert.Null(s_host.ReadList(new ListQuery { Cursor = "2" }, Transcript(Host, "history")).NextCursor);
        Assert.Equal("model/history?no=2&size=50", s_host.BuildList(new ListQuery { Cursor = "2" }).Route);
    }

    [Theory]
    [InlineData("completed", "\"0.35\"", 0.35, "USD")]
    [InlineData("completed", "0.35", 0.35, "USD")]
    [InlineData("failed", "0", 0.0, "USD")]
    [InlineData("completed", "0", 108900.0, "tokens")]
    [InlineData("completed", "null", 108900.0, "tokens")]
    [InlineData("processing", "0.35", 108900.0, "tokens")]
    public void ReadPoll_Price_IsWhatAnEndedJobCost(string word, string price, double amount, string unit)
    {
        SeedanceCost cost = s_host.ReadPoll(s_job,
            Answer(200, $$$"""{"code":200,"data":{"id":"p_1","status":"{{{word}}}","price":{{{price}}},"total_tokens":108900}}""")).Update!.Cost!;

        Assert.Equal(((decimal)amount, unit), (cost.Amount, cost.Unit));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"code":200,"message":"success","data":null}""")]
    [InlineData("""{"message":"accepted"}""")]
    [InlineData("""{"data":{"status":"processing"}}""")]
    [InlineData("[]")]
    public void ReadSubmit_NeitherIdNorRefusal_ProvesNothing(string body)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("created", JobStatus.Queued)]
    [InlineData("starting", JobStatus.Queued)]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("pending", JobStatus.Queued)]
    [InlineData("processing", JobStatus.Running)]
    [InlineData("completed", JobStatus.Succeeded)]
    [InlineData("Succeeded", JobStatus.Succeeded)]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("error", JobStatus.Failed)]
    [InlineData("success", JobStatus.Succeeded)]
    [InlineData("timeout", JobStatus.Expired)]
    [InlineData("canceled", JobStatus.Cancelled)]
    [InlineData("cancelled", JobStatus.Cancelled)]
    [InlineData("upscaling", null)]
    public void ReadPoll_StatusWord_IsReadInAnyCaseAndEnvelope(string word, JobStatus? status)
    {
        Assert.Equal(
            status, s_host.ReadPoll(s_job, Answer(200, $$$"""{"code":200,"data":{"id":"p_1","status":"{{{word}}}"}}""")).Update!.Status);
        Assert.Equal(status, s_host.ReadPoll(s_job, Answer(200, $$"""{"id":"p_1","status":"{{word}}"}""")).Update!.Status);
    }

    [Fact]
    public void ReadPoll_Completed_HasVideoTokensAndTimeButNoSeed()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript(Host, "poll-completed")).Update!;

        Assert.Equal("https://cdn.ex.org/v.mp4", Assert.Single(update.Outputs).Url!.AbsoluteUri);
        Assert.Equal((108900m, "tokens", false), (update.Cost!.Amount, update.Cost.Unit, update.Cost.IsEstimate));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 1, 10, TimeSpan.Zero), update.CompletedAt);
        Assert.Null(update.Seed);
        Assert.Null(update.Error);
    }

    [Fact]
    public void ReadPoll_LastFrameBesideTheVideo_IsToldByItsExtensionAndComesSecond()
    {
        IReadOnlyList<JobOutput> outputs = s_host.ReadPoll(s_job, Transcript(Host, "poll-last-frame-first")).Update!.Outputs;

        Assert.Equal([("Video", "/v.mp4"), ("LastFrame", "/l.png")], outputs.Select(output => (output.Kind, output.Url!.AbsolutePath)));
    }

    [Theory]
    [InlineData("poll-failed", JobStatus.Failed, "JobFailed")]
    [InlineData("poll-failed-nsfw", JobStatus.Failed, "ContentRejected")]
    [InlineData("poll-timeout", JobStatus.Expired, "JobExpired")]
    [Trait("Sheet", "atlascloud §8.5")]
    public void ReadPoll_EndedWithoutVideo_SaysWhy(string transcript, JobStatus status, string code)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript(Host, transcript)).Update!;

        Assert.Equal((status, code), (update.Status!.Value, update.Error!.Code));
        Assert.NotNull(update.Error.Message);
    }

    [Fact]
    public void ReadPoll_ErrorCodeInA200_IsAFaultAndNoEnd()
    {
        PollReading reading = s_host.ReadPoll(s_job, Answer(200, """{"code":404,"msg":"prediction not found"}"""));

        Assert.Null(reading.Update);
        Assert.Equal(ErrorCode.JobNotFound, reading.Error!.Code);
    }

    [Theory]
    [InlineData(400, """{"code":400,"msg":"bad ratio"}""", ErrorCode.InvalidRequest, "bad ratio")]
    [InlineData(422, """{"error":"sensitive content"}""", ErrorCode.ContentRejected, "sensitive content")]
    [InlineData(400, """{"message":"account balance is too low"}""", ErrorCode.InsufficientCredits, "account balance is too low")]
    [InlineData(401, "", ErrorCode.AuthenticationFailed, null)]
    [InlineData(402, """{"code":402,"msg":"insufficient balance"}""", ErrorCode.InsufficientCredits, "insufficient balance")]
    [InlineData(403, """{"message":"no access"}""", ErrorCode.AccessDenied, "no access")]
    [InlineData(404, """{"msg":"model not found"}""", ErrorCode.JobNotFound, "model not found")]
    [InlineData(429, "{}", ErrorCode.RateLimited, null)]
    [InlineData(500, "<html>", ErrorCode.ProviderUnavailable, null)]
    public void ReadError_EveryRowOfTheSheet_HasItsCodeAndText(int status, string body, ErrorCode code, string? text)
    {
        WireError error = s_host.ReadError(Answer(status, body));

        Assert.Equal((code, text), (error.Code, error.Message));
    }

    [Fact]
    public void ReadCredits_MoneyAsText_IsOnePoolAPart()
    {
        Assert.Equal(
            [
                new CreditPool("available", 125.5m, "USD", 125.5m), new("cash", 100m, "USD"), new("bonus", 20.5m, "USD"),
                new("subscription_bonus", 5m, "USD"),
                new("frozen", 0m, "USD"), new("credit_grant", 25m, "USD", 20.5m),
            ],
            s_host.ReadCredits(Transcript(Host, "balance")));
        Assert.Empty(s_host.ReadCredits(Answer(200, "{}")));
    }

    [Theory]
    [InlineData("upload")]
    [InlineData("upload-page")]
    public void Upload_EitherForm_HasTheAddress(string transcript)
    {
        WireRequest upload = s_host.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal(("model/uploadMedia", "file"), (upload.Route, upload.File!.Field));
        Assert.Equal("https://cdn.ex.org/u.png", s_host.ReadUpload(Transcript(Host, transcript))!.AbsoluteUri);
        Assert.Equal((30L << 20, 200L << 20, 15L << 20),
            (s_host.UploadLimit(MediaType.Image), s_host.UploadLimit(MediaType.Video), s_host.UploadLimit(MediaType.Audio)));
    }
}
