using Seedance.Providers;
using Seedance.Providers.Fal;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Fal;

public sealed class FalAdapterTests
{
    private const string Host = "fal";
    private const string Requests = "https://queue.fal.run/bytedance/seedance-2.0/requests/r1";
    private static readonly FalAdapter s_host = new();
    private static readonly VideoRequest s_text = new() { Prompt = "rain on neon", Resolution = "720p", DurationSeconds = 5,
        AspectRatio = "16:9" };

    private static readonly ProviderJob s_job = new()
    {
        Id = "r1",
        WireModel = "bytedance/seedance-2.0/text-to-video",
        Notes = s_host.ReadSubmit(Transcript(Host, "submit")).Notes!,
    };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        WireRequest message = s_host.BuildSubmit(
            s_text with { GenerateAudio = true, CallbackUri = new Uri("https://h.ex.org/f?a=1") },
            s_host.Row("bytedance/seedance-2.0/text-to-video", GenerationMode.TextToVideo));

        Assert.Equal((HttpMethod.Post, "bytedance/seedance-2.0/text-to-video?fal_webhook=https%3A%2F%2Fh.ex.org%2Ff%3Fa%3D1"),
            (message.Method, message.Route));
        SameJson("""{"prompt":"rain on neon","resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true}""",
            message.Json);
    }

    [Fact]
    public void BuildSubmit_Frames_AreTwoAddresses() => SameJson(
        """{"prompt":"rain on neon","image_url":"https://e/a","end_image_url":"https://e/b","resolution":"720p","duration":"5","aspect_ratio":"auto","bitrate_mode":"high"}""",
        s_host.BuildSubmit(
            s_text with { Image = "https://e/a", LastFrame = "https://e/b", AspectRatio = "auto", HighBitrate = true },
            s_host.Row("bytedance/seedance-2.5/image-to-video", GenerationMode.FirstLastFrame)).Json);

    [Fact]
    public void BuildSubmit_References_AreThreeLists() => SameJson(
        """
        {"prompt":"rain on neon","image_urls":["https://e/a"],"video_urls":["https://e/v"],"audio_urls":["https://e/s"],"resolution":"720p","duration":"5","aspect_ratio":"16:9",
         "seed":7,"end_user_id":"u"}
        """,
        s_host.BuildSubmit(
            s_text with
            {
                ReferenceImages = ["https://e/a"], ReferenceVideos = ["https://e/v"], ReferenceAudios = ["https://e/s"], Seed = 7,
                Options = new Dictionary<string, object?> { ["end_user_id"] = "u" },
            },
            s_host.Row("bytedance/seedance-2.0/fast/reference-to-video", GenerationMode.Reference)).Json);

    [Fact]
    public void BuildSubmit_ReferencesOfLite_HaveANameOfTheirOwn() => SameJson(
        """{"prompt":"rain on neon","reference_image_urls":["https://e/a"],"resolution":"720p","duration":"5","aspect_ratio":"auto"}""",
        s_host.BuildSubmit(
            s_text with { ReferenceImages = ["https://e/a"], AspectRatio = "auto" },
            s_host.Row("fal-ai/bytedance/seedance/v1/lite/reference-to-video", GenerationMode.Reference)).Json);

    /// <summary>Types of @fal-ai/client 1.10.1.</summary>
    [Theory]
    [InlineData("seedance-1.0-pro", GenerationMode.TextToVideo, "9:21", true)]
    [InlineData("seedance-1.0-pro", GenerationMode.TextToVideo, "auto", false)]
    [InlineData("seedance-1.0-lite", GenerationMode.ImageToVideo, "auto", true)]
    [InlineData("seedance-1.0-lite", GenerationMode.ImageToVideo, "9:21", false)]
    [InlineData("seedance-1.5-pro", GenerationMode.TextToVideo, "auto", true)]
    [InlineData("seedance-1.5-pro", GenerationMode.TextToVideo, "9:21", false)]
    public void Rows_RatiosOf1x_AreThoseOfTheTypes(string name, GenerationMode mode, string ratio, bool has) =>
        Assert.Equal(has, s_host.Capability(name, mode).Model.AspectRatios.Contains(ratio));

    [Fact]
    public void Rows_LastFrameOf1x_IsWhereTheTypesHaveIt() => Assert.Equal(
        ["seedance-1.0-lite", "seedance-1.0-pro", "seedance-1.5-pro"],
        s_host.Models.Where(row => row.Model.StartsFrom == GenerationMode.FirstLastFrame
            && row.Model.Name.StartsWith("seedance-1", StringComparison.Ordinal)).Select(row => row.Model.Name)
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null, 0.26)]
    [InlineData(false, 0.13)]
    public void Price_Of15Pro_IsItsPricePerMillionTokens(bool? audio, double dollars) => Assert.Equal(
        (decimal)dollars,
        Math.Round(s_host.Capability(
            "seedance-1.5-pro", GenerationMode.TextToVideo).Price!.Estimate(s_text with { GenerateAudio = audio })!.Amount, 2));

    public static TheoryData<string, VideoRequest> WithoutAField => new()
    {
        { "bytedance/seedance-2.5/text-to-video", s_text with { Seed = 1 } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Image = "https://e/a" } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { CameraFixed = true } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Upscale = "2k" } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Sandbox = true } },
        { "bytedance/seedance-2.0/image-to-video", s_text with { ReferenceImages = ["https://e/a"] } },
        { "fal-ai/bytedance/seedance/v1/pro/text-to-video", s_text with { GenerateAudio = false } },
        { "fal-ai/bytedance/seedance/v1/pro/fast/image-to-video", s_text with { Image = "https://e/a", LastFrame = "https://e/b" } },
        { "fal-ai/bytedance/seedance/v1/lite/reference-to-video",
            s_text with { ReferenceImages = ["https://e/a"], ReferenceVideos = ["https://e/v"] } },
        { "fal-ai/bytedance/seedance/v1.5/pro/text-to-video", s_text with { HighBitrate = true } },
    };

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    [Trait("Sheet", "fal open: audio-only references")]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(string wireModel, VideoRequest request) =>
        Assert.Equal(
            ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, Unknown(wireModel))).Code);

    [Fact]
    [Trait("Sheet", "fal trap")]
    public void Poll_AddressesOfTheSubmit_AreUsedBeforeThoseOfTheModel()
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript(Host, "submit"));

        Assert.Equal(("r1", JobStatus.Queued), (reading.ProviderJobId, reading.Update!.Status!.Value));
        Assert.Equal(Requests + "/status", s_host.BuildPoll(s_job).Address!.AbsoluteUri);
        Assert.Equal(
            (HttpMethod.Put, Requests + "/cancel"), (s_host.BuildCancel(s_job).Method, s_host.BuildCancel(s_job).Address!.AbsoluteUri));
    }

    [Theory]
    [InlineData("bytedance/seedance-2.0/text-to-video", "bytedance/seedance-2.0/requests/r%2F1")]
    [InlineData("fal-ai/bytedance/seedance/v1/pro/text-to-video", "fal-ai/bytedance/requests/r%2F1")]
    public void Poll_WithoutThoseAddresses_GoesBelowTheFirstTwoPartsOfTheModel(string wireModel, string route)
    {
        ProviderJob job = new() { Id = "r/1", WireModel = wireModel };

        Assert.Equal(route + "/status", s_host.BuildPoll(job).Route);
        Assert.Equal(route + "/cancel", s_host.BuildCancel(job).Route);
        Assert.Equal(route, s_host.ReadPoll(job, Answer(200, """{"status":"COMPLETED"}""")).FollowUp!.Route);
        Assert.Equal(
            "https://queue.fal.run/other/app/requests/r1",
            s_host.ReadPoll(job,
                Answer(200, """{"status":"COMPLETED","response_url":"https://queue.fal.run/other/app/requests/r1"}""")).FollowUp!.Address!.AbsoluteUri);
    }

    [Fact]
    public void Poll_NeitherAddressesNorModel_SaysHowToNameTheModel()
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => s_host.BuildPoll(new ProviderJob { Id = "r1", WireModel = string.Empty }));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("-ProviderJobId r1 -WireModel ", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status-queued", 202, JobStatus.Queued)]
    [InlineData("status-running", 202, JobStatus.Running)]
    [InlineData("status-completed-error", 200, JobStatus.Failed)]
    public void ReadPoll_Status_IsNews(string transcript, int http, JobStatus status) =>
        Assert.Equal(status, s_host.ReadPoll(s_job, Transcript(Host, transcript, http)).Update!.Status);

    [Fact]
    public void ReadPoll_UnknownWord_GoesOn()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Answer(200, """{"status":"WARMING"}""")).Update!;

        Assert.Equal((null, "WARMING"), (update.Status, update.StatusWord));
    }

    [Fact]
    public void ReadPoll_Completed_AsksForTheResultNext()
    {
        PollReading reading = s_host.ReadPoll(s_job, Transcript(Host, "status-completed"));

        Assert.Null(reading.Update);
        Assert.True(reading.FollowUpMayRefuse);
        Assert.Equal(Requests, reading.FollowUp!.Address!.AbsoluteUri);
    }

    [Fact]
    public void ReadPoll_Result_HasVideoAndSeed()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript(Host, "result")).Update!;

        Assert.Equal((JobStatus.Succeeded, 42L, "https://v3.ex.org/o.mp4"),
            (update.Status!.Value, update.Seed!.Value, Assert.Single(update.Outputs).Url!.AbsoluteUri));
        Assert.Null(update.Cost);
    }

    [Theory]
    [InlineData(422, "image_url: Failed to download the file", "JobFailed")]
    [Trait("Sheet", "fal open: COMPLETED with error")]
    public void ReadPoll_ResultIsAnError_TheJobHasFailed(int http, string text, string code)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript(Host, "result-422", http)).Update!;

        Assert.Equal((JobStatus.Failed, code, text), (update.Status!.Value, update.Error!.Code, update.Error.Message));
    }

    [Fact]
    public void ReadPoll_CompletedBecauseCancelled_IsCancelledAndNotFailed()
    {
        JobUpdate update = s_host.ReadPoll(
            s_job, Answer(200, """{"status":"COMPLETED","error":"The request was cancelled","error_type":"client_cancelled"}""")).Update!;

        Assert.Equal((JobStatus.Cancelled, null), (update.Status!.Value, update.Error));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(400, true)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(408, false)]
    [InlineData(409, false)]
    [InlineData(429, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public void ReadPoll_ResultIsAnError_OnlyAnAnswerAboutTheJobEndsIt(int http, bool ends)
    {
        PollReading reading = s_host.ReadPoll(s_job, Answer(http, """{"detail":"no"}"""));

        Assert.Equal(ends, reading.Update is not null);
        Assert.Equal(!ends, reading.Error is not null);
    }

    /// <summary>fal has tried again before it says so itself; only its ingress says it without a type and without a request id.</summary>
    [Theory]
    [InlineData(502, "runner_incomplete_response", null, null)]
    [InlineData(503, null, "runner_disconnected", null)]
    [InlineData(504, "request_timeout", "request_timeout", "r1")]
    [InlineData(504, null, null, "r1")]
    public void ReadPoll_ResultIsAGatewaysStatusInFalsOwnWords_TheJobHasFailed(
        int http, string? inBody, string? inHeader, string? requestId)
    {
        List<(string, string)> headers = [];
        headers.AddRange(inHeader is null ? [] : [("X-Fal-Error-Type", inHeader)]);
        headers.AddRange(requestId is null ? [] : [("x-fal-request-id", requestId)]);
        string body = inBody is null
            ? """{"detail":"Request timed out"}"""
            : $$"""{"detail":"Request timed out","error_type":"{{inBody}}"}""";

        JobUpdate update = s_host.ReadPoll(s_job, Answer(http, body, [.. headers])).Update!;

        Assert.Equal((JobStatus.Failed, "Request timed out", inHeader ?? inBody, requestId),
            (update.Status!.Value, update.Error!.Message, update.Error.ProviderCode, update.Error.RequestId));
    }

    [Theory]
    [InlineData("""{"video":null}""")]
    [InlineData("""{"video":null,"seed":1}""")]
    [InlineData("""{"seed":1}""")]
    public void ReadPoll_ResultWithoutAVideo_IsASuccessWithoutAFile(string body)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Answer(200, body)).Update!;

        Assert.Equal(JobStatus.Succeeded, update.Status);
        Assert.Empty(update.Outputs);
    }

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"flagged by a content checker","type":"content_policy_violation"}]}""",
        "ContentRejected", "content_policy_violation")]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"No media was generated with the given input.","type":"no_media_generated"}]}""",
        "JobFailed", "no_media_generated")]
    public void ReadPoll_ErrorOfTheModel_HasTheTypeOfItsFinding(int http, string body, string code, string type)
    {
        JobUpdate update = s_host.ReadPoll(s_job, Answer(http, body, ("x-fal-request-id", "q7"))).Update!;

        Assert.Equal((code, type, "q7"), (update.Error!.Code, update.Error.ProviderCode, update.Error.RequestId));
    }

    [Theory]
    [InlineData(499, """{"detail":"The client went away","error_type":"client_cancelled"}""", false, JobStatus.Cancelled)]
    [InlineData(400, """{"detail":"Request was cancelled"}""", false, JobStatus.Cancelled)]
    [InlineData(500, """{"detail":"runner stopped","error_type":"runner_server_error"}""", true, JobStatus.Cancelled)]
    [InlineData(500, """{"detail":"runner stopped","error_type":"runner_server_error"}""", false, JobStatus.Failed)]
    [InlineData(422, """{"detail":"no","error_type":"content_policy_violation"}""", true, JobStatus.Failed)]
    public void ReadPoll_EndAfterACancel_IsCancelled(int http, string body, bool accepted, JobStatus status)
    {
        ProviderJob job = accepted
            ? s_job with { Notes = new Dictionary<string, string> { [ProviderJob.CancelAccepted] = "true" } }
            : s_job;

        Assert.Equal(status, s_host.ReadPoll(job, Answer(http, body)).Update!.Status);
    }

    [Fact]
    public void ReadError_ValidationErrorOfAFieldNamedSafety_IsNoRejectedContent()
    {
        WireError error = s_host.ReadError(Answer(
            422, """{"detail":[{"loc":["body","enable_safety_checker"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}],"error_type":"validation_error"}"""));

        Assert.Equal((ErrorCode.InvalidRequest, "validation_error"), (error.Code, error.ProviderCode));
    }

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","duration"],"msg":"bad"}]}""", null, ErrorCode.InvalidRequest, "duration: bad")]
    [InlineData(422, """{"detail":"no","error_type":"content_policy_violation"}""", null, ErrorCode.ContentRejected, "no")]
    [InlineData(422, """{"detail":"no"}""", "content_policy_violation", ErrorCode.ContentRejected, "no")]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance."}""", null, ErrorCode.InsufficientCredits,
        "User is locked. Reason: Exhausted balance.")]
    [InlineData(401, """{"detail":"no key"}""", null, ErrorCode.AuthenticationFailed, "no key")]
    [InlineData(404, """{"detail":"no app"}""", null, ErrorCode.JobNotFound, "no app")]
    [InlineData(409, "{}", null, ErrorCode.ProviderUnavailable, null)]
    [InlineData(408, "", null, ErrorCode.ProviderUnavailable, null)]
    [InlineData(429, "", null, ErrorCode.RateLimited, null)]
    [InlineData(503, "<html>", null, ErrorCode.ProviderUnavailable, null)]
    public void ReadError_EveryRowOfTheSheet_HasItsCodeAndText(int status, string body, string? type, ErrorCode code, string? text)
    {
        WireError error = s_host.ReadError(type is null ? Answer(status, body) : Answer(status, body, ("x-fal-error-type", type)));

        Assert.Equal((code, text), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"success":true}""", true)]
    [InlineData("""{"status":"CANCELLATION_REQUESTED"}""", true)]
    [InlineData("", true)]
    [InlineData("""{"success":false}""", false)]
    [InlineData("""{"status":"ALREADY_COMPLETED"}""", false)]
    [Trait("Sheet", "fal open: cancel reply")]
    public void ReadCancel_EitherForm_IsRead(string body, bool cancelled) =>
        Assert.Equal(cancelled, s_host.ReadCancel(Answer(202, body)) is null);

    [Theory]
    [InlineData("callback-ok", "r1")]
    [InlineData("callback-error", "r1")]
    [InlineData("status-completed", null)]
    [InlineData("result", null)]
    public void ReadCallbackId_OwnBodiesAlone_HaveOne(string transcript, string? id) =>
        Assert.Equal(id, s_host.ReadCallbackId(Transcript(Host, transcript).Body));

    [Theory]
    [InlineData("seedance-2.0", "480p", 5, false, 0.705)]
    [InlineData("seedance-2.0", "720p", 5, false, 1.517)]
    [InlineData("seedance-2.0", "1080p", 10, false, 6.82)]
    [InlineData("seedance-2.0", "4k", 5, false, 7.775)]
    [InlineData("seedance-2.0", "720p", 5, true, 0.9102)]
    [InlineData("seedance-2.0-fast", "720p", 5, false, 1.2095)]
    [InlineData("seedance-2.5", "480p", 10, false, 2.205)]
    [InlineData("seedance-2.5", "720p", 10, false, 4.7)]
    public void Price_ListOfTheSheet_IsMet(string name, string resolution, int seconds, bool video, double dollars)
    {
        SeedanceCost cost = s_host.Capability(name, GenerationMode.Reference).Price!.Estimate(
            new VideoRequest { Resolution = resolution, DurationSeconds = seconds, ReferenceVideos = video ? ["https://e/v"] : [] })!;

        Assert.Equal(((decimal)dollars, "USD", true), (cost.Amount, cost.Unit, cost.IsEstimate));
    }

    [Fact]
    public void Price_NotListed_IsUnknown()
    {
        Assert.Null(s_host.Capability("seedance-2-mini", GenerationMode.TextToVideo).Price);
        Assert.Null(s_host.Capability(
            "seedance-2.0-fast", GenerationMode.TextToVideo).Price!.Estimate(s_text with { Resolution = "480p" }));
        Assert.Null(s_host.Capability("seedance-2.5", GenerationMode.TextToVideo).Price!.Estimate(s_text with { Resolution = "1080p" }));
    }

    [Fact]
    [Trait("Sheet", "fal open: seed on 2.0")]
    public void Rows_Facts_AreThoseOfTheSheet()
    {
        SeedanceModel row = s_host.Row("bytedance/seedance-2.0/reference-to-video", GenerationMode.Reference);

        Assert.Equal((4, 15, 9, 3, 3, 12),
            (row.MinDuration, row.MaxDuration, row.MaxReferenceImages, row.MaxReferenceVideos, row.MaxReferenceAudios, row.MaxReferences));
        Assert.Contains("Seed", row.Features);
        Assert.Contains("seed", row.Notes, StringComparison.Ordinal);
        Assert.Equal(["auto"], s_host.Row("bytedance/seedance-2.5/image-to-video", GenerationMode.ImageToVideo).AspectRatios);
        Assert.Equal(("https://queue.fal.run/", "FAL_KEY"), (s_host.Provider.BaseUri.AbsoluteUri, s_host.Provider.KeyVariable));
        Assert.Equal([new("Authorization", "Key KEY")], s_host.Sign(WireRequest.Get("x"), "KEY").Headers);
        Assert.Equal("bytedance/seedance-2.0/mini/image-to-video",
            s_host.Capability("seedance-2-mini", GenerationMode.FirstLastFrame).Model.WireModel);
    }
}
