using Seedance.Capabilities;
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
    private static readonly VideoRequest s_text = new() { Prompt = "rain on neon", Resolution = "720p", DurationSeconds = 5, AspectRatio = "16:9" };

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
            s_text with { GenerateAudio = true, CallbackUri = new Uri("https://h.ex.org/f?a=1") }, s_host.Row("bytedance/seedance-2.0/text-to-video", GenerationMode.TextToVideo));

        Assert.Equal((HttpMethod.Post, "bytedance/seedance-2.0/text-to-video?fal_webhook=https%3A%2F%2Fh.ex.org%2Ff%3Fa%3D1"), (message.Method, message.Route));
        SameJson("""{"prompt":"rain on neon","resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true}""", message.Json);
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

    public static TheoryData<string, VideoRequest> WithoutAField => new()
    {
        { "bytedance/seedance-2.5/text-to-video", s_text with { Seed = 1 } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Image = "https://e/a" } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { CameraFixed = true } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Upscale = "2k" } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Sandbox = true } },
        { "bytedance/seedance-2.0/image-to-video", s_text with { ReferenceImages = ["https://e/a"] } },
        { "fal-ai/bytedance/seedance/v1/pro/text-to-video", s_text with { GenerateAudio = false } },
        { "fal-ai/bytedance/seedance/v1.5/pro/text-to-video", s_text with { HighBitrate = true } },
    };

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    [Trait("Sheet", "fal open: audio-only references")]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(string wireModel, VideoRequest request) =>
        Assert.Equal(ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, Unknown(wireModel))).Code);

    [Fact]
    [Trait("Sheet", "fal trap")]
    public void Poll_AddressesOfTheSubmit_AreUsedAndNeverGuessed()
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript(Host, "submit"));

        Assert.Equal(("r1", JobStatus.Queued), (reading.ProviderJobId, reading.Update!.Status!.Value));
        Assert.Equal(Requests + "/status", s_host.BuildPoll(s_job).Address!.AbsoluteUri);
        Assert.Equal((HttpMethod.Put, Requests + "/cancel"), (s_host.BuildCancel(s_job).Method, s_host.BuildCancel(s_job).Address!.AbsoluteUri));
        SeedanceException elsewhere = Assert.Throws<SeedanceException>(() => s_host.BuildPoll(new ProviderJob { Id = "r1", WireModel = "bytedance/seedance-2.0/text-to-video" }));
        Assert.Equal(ErrorCode.NotSupportedByProvider, elsewhere.Code);
        Assert.Contains("SEEDANCE_HOME", elsewhere.RecommendedAction, StringComparison.Ordinal);
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

        Assert.Equal((JobStatus.Succeeded, 42L, "https://v3.ex.org/o.mp4"), (update.Status!.Value, update.Seed!.Value, Assert.Single(update.Outputs).Url!.AbsoluteUri));
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
        JobUpdate update = s_host.ReadPoll(s_job, Answer(200, """{"status":"COMPLETED","error":"The request was cancelled","error_type":"client_cancelled"}""")).Update!;

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
        Assert.Equal(!ends, reading.Fault is not null);
    }

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","duration"],"msg":"bad"}]}""", null, ErrorCode.InvalidRequest, "duration: bad")]
    [InlineData(422, """{"detail":"no","error_type":"content_policy_violation"}""", null, ErrorCode.ContentRejected, "no")]
    [InlineData(422, """{"detail":"no"}""", "content_policy_violation", ErrorCode.ContentRejected, "no")]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance."}""", null, ErrorCode.InsufficientCredits, "User is locked. Reason: Exhausted balance.")]
    [InlineData(401, """{"detail":"no key"}""", null, ErrorCode.AuthenticationFailed, "no key")]
    [InlineData(404, """{"detail":"no app"}""", null, ErrorCode.JobNotFound, "no app")]
    [InlineData(409, "{}", null, ErrorCode.ProviderUnavailable, null)]
    [InlineData(408, "", null, ErrorCode.ProviderUnavailable, null)]
    [InlineData(429, "", null, ErrorCode.RateLimited, null)]
    [InlineData(503, "<html>", null, ErrorCode.ProviderUnavailable, null)]
    public void ReadFault_EveryRowOfTheSheet_HasItsCodeAndText(int status, string body, string? type, ErrorCode code, string? text)
    {
        WireFault fault = s_host.ReadFault(type is null ? Answer(status, body) : Answer(status, body, ("x-fal-error-type", type)));

        Assert.Equal((code, text), (fault.Code, fault.Message));
    }

    [Theory]
    [InlineData("""{"success":true}""", true)]
    [InlineData("""{"status":"CANCELLATION_REQUESTED"}""", true)]
    [InlineData("", true)]
    [InlineData("""{"success":false}""", false)]
    [InlineData("""{"status":"ALREADY_COMPLETED"}""", false)]
    [Trait("Sheet", "fal open: cancel reply")]
    public void ReadCancel_EitherForm_IsRead(string body, bool cancelled) => Assert.Equal(cancelled, s_host.ReadCancel(Answer(202, body)) is null);

    [Theory]
    [InlineData("callback-ok", "r1")]
    [InlineData("callback-error", "r1")]
    [InlineData("status-completed", null)]
    [InlineData("result", null)]
    public void ReadCallbackId_OwnBodiesAlone_HaveOne(string transcript, string? id) => Assert.Equal(id, s_host.ReadCallbackId(Transcript(Host, transcript).Body));

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
        Assert.Null(s_host.Capability("seedance-2.0-fast", GenerationMode.TextToVideo).Price!.Estimate(s_text with { Resolution = "480p" }));
        Assert.Null(s_host.Capability("seedance-2.5", GenerationMode.TextToVideo).Price!.Estimate(s_text with { Resolution = "1080p" }));
    }

    [Fact]
    [Trait("Sheet", "fal open: seed on 2.0")]
    public void Rows_Facts_AreThoseOfTheSheet()
    {
        SeedanceModel row = s_host.Row("bytedance/seedance-2.0/reference-to-video", GenerationMode.Reference);

        Assert.Equal((4, 15, 9, 3, 3, 12), (row.MinDuration, row.MaxDuration, row.MaxReferenceImages, row.MaxReferenceVideos, row.MaxReferenceAudios, row.MaxReferences));
        Assert.Contains("Seed", row.Features);
        Assert.Contains("seed", row.Notes, StringComparison.Ordinal);
        Assert.Equal(["auto"], s_host.Row("bytedance/seedance-2.5/image-to-video", GenerationMode.ImageToVideo).AspectRatios);
        Assert.Equal(("https://queue.fal.run/", "FAL_KEY"), (s_host.Provider.BaseUri.AbsoluteUri, s_host.Provider.KeyVariable));
        Assert.Equal([new("Authorization", "Key KEY")], s_host.Sign(WireRequest.Get("x"), "KEY").Headers);
        Assert.Equal("bytedance/seedance-2.0/mini/image-to-video", s_host.Capability("seedance-2-mini", GenerationMode.FirstLastFrame).Model.WireModel);
    }
}
