using Seedance.Providers;
using Seedance.Providers.Ark;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Ark;

public sealed class ArkAnswerTests
{
    private static readonly ArkAdapter s_ark = ArkHosts.CreateBytePlus();
    private static readonly ProviderJob s_job = new() { Id = "cgt-20260801120000-ab12c", WireModel = "dreamina-seedance-2-0-260128" };

    [Theory]
    [InlineData("submit")]
    [InlineData("submit-safety-identifier")]
    public void ReadSubmit_Created_HasTheId(string transcript) =>
        Assert.Equal("cgt-20260801120000-ab12c", s_ark.ReadSubmit(Transcript("ark", transcript)).ProviderJobId);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"message":"accepted"}""")]
    [InlineData("""{"error":{"message":"odd"}}""")]
    [InlineData("""{"error":{"code":"SomethingNew","message":"odd"}}""")]
    public void ReadSubmit_NeitherIdNorKnownRefusal_ProvesNothing(string body)
    {
        SubmitReading reading = s_ark.ReadSubmit(Answer(200, body));

        Assert.Null(reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Fact]
    public void ReadSubmit_KnownRefusalInA200_IsAFault() => Assert.Equal(
        ErrorCode.InvalidRequest,
        s_ark.ReadSubmit(Answer(200, """{"error":{"code":"InvalidParameter.duration","message":"m"}}""")).Error!.Code);

    [Theory]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("running", JobStatus.Running)]
    [InlineData("succeeded", JobStatus.Succeeded)]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("cancelled", JobStatus.Cancelled)]
    [InlineData("expired", JobStatus.Expired)]
    [InlineData("SUCCEEDED", JobStatus.Succeeded)]
    [InlineData("rendering", null)]
    public void ReadPoll_StatusWord_IsReadInAnyCase(string word, JobStatus? status)
    {
        JobUpdate update = s_ark.ReadPoll(s_job, Answer(200, $$"""{"id":"cgt-1","status":"{{word}}"}""")).Update!;

        Assert.Equal((status, word), (update.Status, update.StatusWord));
    }

    [Fact]
    public void ReadPoll_Succeeded_HasVideoLastFrameSizeSeedTokensAndTime()
    {
        JobUpdate update = s_ark.ReadPoll(s_job, Transcript("ark", "poll-succeeded")).Update!;

        Assert.Equal(["Video", "LastFrame"], update.Outputs.Select(output => output.Kind));
        Assert.Equal(
            ("https://tos.ex.org/v.mp4?X-Tos-Expires=86400", 1280, 720, 5d),
            (update.Outputs[0].Url!.AbsoluteUri, update.Outputs[0].Width, update.Outputs[0].Height, update.Outputs[0].DurationSeconds));
        Assert.Equal("https://tos.ex.org/l.png", update.Outputs[1].Url!.AbsoluteUri);
        Assert.Equal((108900m, "tokens", false), (update.Cost!.Amount, update.Cost.Unit, update.Cost.IsEstimate));
        Assert.Equal(4711, update.Seed);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1785585690), update.CompletedAt);
    }

    [Fact]
    public void ReadPoll_FramesInsteadOfDuration_AreSecondsAllTheSame()
    {
        JobOutput output = Assert.Single(s_ark.ReadPoll(s_job, Transcript("ark", "poll-succeeded-frames")).Update!.Outputs);

        Assert.Equal((2176, 928), (output.Width, output.Height));
        Assert.Equal(121 / 24d, output.DurationSeconds!.Value, 3);
    }

    [Theory]
    [InlineData("dreamina-seedance-2-0-260128", "480p", "16:9", 864, 496)]
    [InlineData("dreamina-seedance-2-5-260628", "480p", "16:9", 854, 480)]
    [InlineData("dreamina-seedance-2-5-260628", "480p", "9:16", 480, 854)]
    [InlineData("dreamina-seedance-2-5-260628", "480p", "21:9", 992, 432)]
    [InlineData("dreamina-seedance-2-5-260628", "720p", "4:3", 1112, 834)]
    [InlineData("seedance-1-5-pro-251215", "1080p", "3:4", 1248, 1664)]
    [InlineData("seedance-1-5-pro-251215", "720p", "21:9", 1470, 630)]
    [InlineData("doubao-seedance-2-0-260128", "4k", "9:16", 2160, 3840)]
    [InlineData("doubao-seedance-1-0-pro-250528", "720p", "9:16", 704, 1248)]
    [InlineData("doubao-seedance-1-0-lite-t2v-250428", "480p", "1:1", 640, 640)]
    public void ReadPoll_ResolutionAndRatio_AreThePixelsOfTheTable(string model, string resolution, string ratio, int width, int height)
    {
        JobUpdate update = s_ark.ReadPoll(
            s_job, Answer(200,
                $$"""{"id":"1","model":"{{model}}","status":"succeeded","content":{"video_url":"https://e.org/v"},"resolution":"{{resolution}}","ratio":"{{ratio}}"}""")).Update!;

        Assert.Equal((width, height), (update.Outputs[0].Width, update.Outputs[0].Height));
    }

    [Theory]
    [InlineData("ep-2026", "720p", "16:9")]
    [InlineData("dreamina-seedance-2-0-260128", "720p", "adaptive")]
    [InlineData("dreamina-seedance-2-0-260128", "8k", "16:9")]
    [InlineData("seedance-1-0-pro-250528", "4k", "16:9")]
    public void ReadPoll_SizeThatNoTableHas_IsLeftOpen(string model, string resolution, string ratio)
    {
        JobOutput output = s_ark.ReadPoll(
            s_job, Answer(200,
                $$"""{"id":"1","model":"{{model}}","status":"succeeded","content":{"video_url":"https://e.org/v"},"resolution":"{{resolution}}","ratio":"{{ratio}}"}""")).Update!.Outputs[0];

        Assert.Null(output.Width);
        Assert.Null(output.Height);
    }

    [Fact]
    public void ReadPoll_SizeWithoutAModelInTheAnswer_GoesByTheModelThatWasSent() => Assert.Equal(
        1280,
        s_ark.ReadPoll(s_job,
            Answer(200, """{"id":"1","status":"succeeded","content":{"video_url":"https://e.org/v"},"resolution":"720p","ratio":"16:9"}""")).Update!.Outputs[0].Width);

    [Theory]
    [InlineData("poll-failed-moderation", "ContentRejected", "OutputVideoSensitiveContentDetected.PolicyViolation")]
    [InlineData("poll-failed", "JobFailed", "InternalServiceError")]
    [InlineData("poll-expired", "JobExpired", null)]
    [InlineData("poll-cancelled", "JobCancelled", null)]
    public void ReadPoll_EndedWithoutAVideo_SaysWhy(string transcript, string code, string? providerCode)
    {
        JobUpdate update = s_ark.ReadPoll(s_job, Transcript("ark", transcript)).Update!;

        Assert.Equal((code, providerCode), (update.Error!.Code, update.Error.ProviderCode));
        Assert.Empty(update.Outputs);
        Assert.Null(update.Cost);
    }

    [Theory]
    [InlineData("poll-queued", JobStatus.Queued)]
    [InlineData("poll-running", JobStatus.Running)]
    public void ReadPoll_BeforeTheEnd_HasNoEndNoErrorNoCost(string transcript, JobStatus status)
    {
        JobUpdate update = s_ark.ReadPoll(s_job, Transcript("ark", transcript)).Update!;

        Assert.Equal(status, update.Status);
        Assert.Null(update.CompletedAt);
        Assert.Null(update.Error);
        Assert.Null(update.Cost);
    }

    [Fact]
    public void ReadPoll_ErrorWithoutATask_IsAFaultAndNoEnd()
    {
        PollReading reading = s_ark.ReadPoll(s_job, Answer(200, """{"error":{"code":"Unheard","message":"m"}}"""));

        Assert.Null(reading.Update);
        Assert.Equal(ErrorCode.ProviderUnavailable, reading.Error!.Code);
    }

    [Fact]
    public void ReadPoll_NoJson_IsAProtocolError() =>
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<SeedanceException>(() => s_ark.ReadPoll(s_job, Answer(200, "<html>"))).Code);

    [Theory]
    [InlineData(400, "MissingParameter", ErrorCode.InvalidRequest)]
    [InlineData(400, "InvalidParameter", ErrorCode.InvalidRequest)]
    [InlineData(400, "InvalidParameter.TaskTypeConstraint", ErrorCode.InvalidRequest)]
    [InlineData(400, "InvalidEndpoint.ClosedEndpoint", ErrorCode.ModelNotFound)]
    [InlineData(400, "SensitiveContentDetected", ErrorCode.ContentRejected)]
    [InlineData(400, "SensitiveContentDetected.SevereViolation", ErrorCode.ContentRejected)]
    [InlineData(400, "InputTextSensitiveContentDetected", ErrorCode.ContentRejected)]
    [InlineData(400, "InputImageSensitiveContentDetected.PrivacyInformation", ErrorCode.ContentRejected)]
    [InlineData(400, "InputVideoSensitiveContentDetected", ErrorCode.ContentRejected)]
    [InlineData(400, "InputAudioSensitiveContentDetected", ErrorCode.ContentRejected)]
    [InlineData(400, "InputTextRiskDetection", ErrorCode.ContentRejected)]
    [InlineData(400, "OutputVideoSensitiveContentDetected.PolicyViolation", ErrorCode.ContentRejected)]
    [InlineData(401, "AuthenticationError", ErrorCode.AuthenticationFailed)]
    [InlineData(403, "AccountOverdueError", ErrorCode.InsufficientCredits)]
    [InlineData(403, "AccessDenied", ErrorCode.AccessDenied)]
    [InlineData(403, "Unheard", ErrorCode.AccessDenied)]
    [InlineData(404, "ModelNotOpen", ErrorCode.ModelNotFound)]
    [InlineData(404, "InvalidEndpointOrModel.NotFound", ErrorCode.ModelNotFound)]
    [InlineData(404, "NotFound", ErrorCode.JobNotFound)]
    [InlineData(404, "ResourceNotFound", ErrorCode.JobNotFound)]
    [InlineData(429, "RateLimitExceeded.EndpointRPMExceeded", ErrorCode.RateLimited)]
    [InlineData(429, "ModelAccountRpmRateLimitExceeded", ErrorCode.RateLimited)]
    [InlineData(429, "ServerOverloaded", ErrorCode.RateLimited)]
    [InlineData(429, "QuotaExceeded", ErrorCode.RateLimited)]
    [InlineData(429, "SetLimitExceeded", ErrorCode.InsufficientCredits)]
    [InlineData(500, "InternalServiceError", ErrorCode.ProviderUnavailable)]
    [InlineData(409, "Unheard", ErrorCode.InvalidRequest)]
    public void ReadError_EveryRowOfTheSheet_GoesByItsCode(int status, string code, ErrorCode expected)
    {
        WireError error = s_ark.ReadError(Answer(status, $$$"""{"error":{"code":"{{{code}}}","message":"why","param":"","type":"t"}}"""));

        Assert.Equal((expected, code, "why"), (error.Code, error.ProviderCode, error.Message));
    }

    [Theory]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(404, ErrorCode.JobNotFound)]
    [InlineData(502, ErrorCode.ProviderUnavailable)]
    public void ReadError_NoJson_GoesByTheStatus(int status, ErrorCode expected) =>
        Assert.Equal(expected, s_ark.ReadError(Answer(status, "<html>")).Code);

    [Theory]
    [InlineData("fault-400-privacy", 400, ErrorCode.ContentRejected)]
    [InlineData("fault-404-model", 404, ErrorCode.ModelNotFound)]
    [InlineData("fault-429-quota", 429, ErrorCode.RateLimited)]
    public void ReadError_Transcripts_AreUnderstood(string transcript, int status, ErrorCode expected) =>
        Assert.Equal(expected, s_ark.ReadError(Transcript("ark", transcript, status)).Code);

    [Fact]
    [Trait("Sheet", "bytedance-ark §2 DELETE by state")]
    public void Cancel_SameMessageWouldEraseAFinishedTask_SoOnlyWhileQueued()
    {
        WireRequest message = s_ark.BuildCancel(s_job with { Id = "cgt/1" });

        Assert.True(s_ark.OnlyWhileQueued);
        Assert.Equal((HttpMethod.Delete, "contents/generations/tasks/cgt%2F1"), (message.Method, message.Route));
        Assert.Null(s_ark.ReadCancel(Transcript("ark", "cancel")));
        Assert.Null(s_ark.ReadCancel(Answer(200, string.Empty)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    [Trait("Sheet", "bytedance-ark §12.4")]
    public void Cancel_RefusedAtAnyStatus_KeepsTheHostsWords(int status) => Assert.Equal(
        "running tasks cannot be deleted",
        s_ark.ReadError(Answer(status, """{"error":{"code":"OperationDenied","message":"running tasks cannot be deleted"}}""")).Message);

    [Fact]
    public void List_ByIds_RepeatsTheFilter()
    {
        Assert.Equal(100, s_ark.IdsPerList);
        Assert.Equal(
            "contents/generations/tasks?page_num=1&page_size=2&filter.task_ids=cgt-1&filter.task_ids=cgt%262",
            s_ark.BuildList(new ListQuery { Ids = ["cgt-1", "cgt&2"] }).Route);
    }

    [Fact]
    public void List_All_GoesPageByPageUntilTheTotal()
    {
        ListQuery second = new() { Cursor = "2" };

        Assert.Equal("contents/generations/tasks?page_num=1&page_size=500", s_ark.BuildList(new ListQuery()).Route);
        Assert.Equal("contents/generations/tasks?page_num=2&page_size=500", s_ark.BuildList(second).Route);
        Assert.Equal("3", s_ark.ReadList(second, Answer(200, """{"total":1001,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(second, Answer(200, """{"total":1000,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(second, Answer(200, """{"total":1001,"items":[]}""")).NextCursor);
        Assert.Null(s_ark.ReadList(
            new ListQuery { Ids = ["a"] }, Answer(200, """{"total":1001,"items":[{"id":"a","status":"queued"}]}""")).NextCursor);
    }

    [Fact]
    public void ReadList_Items_AreReadAsPollsAre()
    {
        ListReading reading = s_ark.ReadList(new ListQuery { Ids = ["cgt-20260801120000-ab12c", "cgt-2"] }, Transcript("ark", "list"));

        Assert.Equal(["cgt-20260801120000-ab12c", "cgt-2"], reading.Jobs.Select(job => job.Id));
        Assert.Equal([JobStatus.Running, JobStatus.Succeeded], reading.Jobs.Select(job => job.Update.Status!.Value));
        Assert.Equal(("seedance-1-5-pro-251215", DateTimeOffset.FromUnixTimeSeconds(1785585601)),
            (reading.Jobs[1].WireModel, reading.Jobs[1].CreatedAt));
        Assert.Equal((496, 864, 50000m),
            (reading.Jobs[1].Update.Outputs[0].Width, reading.Jobs[1].Update.Outputs[0].Height, reading.Jobs[1].Update.Cost!.Amount));
    }

    [Theory]
    [InlineData("callback-running", "cgt-20260801120000-ab12c")]
    [InlineData("poll-cancelled", "cgt-20260801120000-ab12c")]
    [InlineData("submit", null)]
    [InlineData("list", null)]
    [Trait("Sheet", "bytedance-ark §12.6")]
    public void ReadCallbackId_BodyOfATask_NamesIt(string transcript, string? id) =>
        Assert.Equal(id, s_ark.ReadCallbackId(Transcript("ark", transcript).Body));

    [Fact]
    public void BuildPoll_Id_IsEscaped() =>
        Assert.Equal("contents/generations/tasks/a%2Fb", s_ark.BuildPoll(s_job with { Id = "a/b" }).Route);
}
