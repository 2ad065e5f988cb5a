using Seedance.Providers;
using Seedance.Providers.Simulator;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Simulator;

public sealed class SimulatorAdapterTests
{
    private static readonly SimulatorAdapter s_simulator = new();
    private static readonly SeedanceModel s_model = s_simulator.Row("seedance-sim", GenerationMode.TextToVideo);
    private static readonly ProviderJob s_job = new() { Id = "sim_1", WireModel = "seedance-sim" };
    private static readonly VideoRequest s_text = new() { Prompt = "p", AspectRatio = "16:9", Resolution = "720p", DurationSeconds = 5 };

    [Fact]
    public void BuildSubmit_Text_IsFieldForField()
    {
        WireRequest message = s_simulator.BuildSubmit(
            s_text with { GenerateAudio = true, Seed = 7, Options = new Dictionary<string, object?> { ["extra"] = 1 } }, s_model);

        Assert.Equal("jobs", message.Route);
        SameJson(
            """
            {"model":"seedance-sim","prompt":"p","mode":"text-to-video","duration":5,"resolution":"720p","aspect_ratio":"16:9","audio":true,"seed":7,"extra":1}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_FramesAndReferences_HaveTheirMode()
    {
        SameJson(
            """{"model":"seedance-sim","prompt":"p","mode":"image-to-video","image":"https://e/a","duration":5,"resolution":"720p","aspect_ratio":"16:9"}""",
            s_simulator.BuildSubmit(s_text with { Image = "https://e/a" }, s_model).Json);
        SameJson(
            """{"model":"seedance-sim","prompt":"p","mode":"first-last-frame","image":"https://e/a","last_frame":"https://e/b","duration":5,"resolution":"720p","aspect_ratio":"16:9"}""",
            s_simulator.BuildSubmit(s_text with { Image = "https://e/a", LastFrame = "https://e/b" }, s_model).Json);
        SameJson(
            """
            {"model":"seedance-sim","prompt":"p","mode":"reference","reference_images":["https://e/a"],"reference_videos":["https://e/v"],"reference_audios":["https://e/s"],
             "duration":5,"resolution":"720p","aspect_ratio":"16:9"}
            """,
            s_simulator.BuildSubmit(
                s_text with { ReferenceImages = ["https://e/a"], ReferenceVideos = ["https://e/v"], ReferenceAudios = ["https://e/s"] },
            s_model).Json);
    }

    [Fact]
    public void Sign_Key_NeverLeaves() => Assert.Empty(s_simulator.Sign(WireRequest.Get("x"), "KEY").Headers);

    [Fact]
    public void ReadSubmit_Created_HasTheId()
    {
        SubmitReading reading = s_simulator.ReadSubmit(Transcript("simulator", "submit", 201));

        Assert.Equal(("sim_1", JobStatus.Queued), (reading.ProviderJobId, reading.Update!.Status));
        Assert.Null(s_simulator.ReadSubmit(Answer(200, "{}")).Error);
        Assert.Equal(ErrorCode.InvalidRequest, s_simulator.ReadSubmit(Answer(200, """{"error":{"code":"x","message":"y"}}""")).Error!.Code);
    }

    [Theory]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("running", JobStatus.Running)]
    [InlineData("succeeded", JobStatus.Succeeded)]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("cancelled", JobStatus.Cancelled)]
    [InlineData("dreaming", null)]
    public void ReadPoll_StatusWord_HasItsMeaning(string word, JobStatus? status) =>
        Assert.Equal(status, s_simulator.ReadPoll(s_job, Answer(200, $$"""{"id":"sim_1","status":"{{word}}"}""")).Update!.Status);

    [Fact]
    public void BuildCancel_DeletesTheJob()
    {
        WireRequest request = s_simulator.BuildCancel(s_job);

        Assert.Equal((HttpMethod.Delete, "jobs/" + s_job.Id), (request.Method, request.Route));
        Assert.Null(s_simulator.ReadCancel(Answer(200, "{}")));
    }

    [Fact]
    public void ReadPoll_Succeeded_HasEverything()
    {
        JobUpdate update = s_simulator.ReadPoll(s_job, Transcript("simulator", "poll-succeeded")).Update!;

        JobOutput output = Assert.Single(update.Outputs);
        Assert.Equal(("http://simulator.invalid/media/sim_1.mp4", 1280, 720, 5.0),
            (output.Url!.AbsoluteUri, output.Width, output.Height, output.DurationSeconds));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), output.ExpiresAt);
        Assert.Equal((100, 7L, "100 credits"), (update.Progress, update.Seed, update.Cost!.ToString()));
    }

    [Fact]
    public void ReadPoll_Failed_HasTheReason()
    {
        JobError error = s_simulator.ReadPoll(s_job, Transcript("simulator", "poll-failed")).Update!.Error!;

        Assert.Equal(("ContentRejected", "content_refused", "The prompt was refused."), (error.Code, error.ProviderCode, error.Message));
        Assert.Equal("jobs/sim_1", s_simulator.BuildPoll(s_job).Route);
    }

    [Theory]
    [InlineData(400, "invalid_request", ErrorCode.InvalidRequest)]
    [InlineData(422, "content_refused", ErrorCode.ContentRejected)]
    [InlineData(402, "insufficient_credits", ErrorCode.InsufficientCredits)]
    [InlineData(404, "not_found", ErrorCode.JobNotFound)]
    [InlineData(429, "rate_limited", ErrorCode.RateLimited)]
    [InlineData(500, "internal", ErrorCode.ProviderUnavailable)]
    public void ReadError_Status_HasItsCode(int status, string providerCode, ErrorCode code)
    {
        WireError error = s_simulator.ReadError(Answer(status, $$$"""{"error":{"code":"{{{providerCode}}}","message":"text"}}"""));

        Assert.Equal((code, providerCode, "text"), (error.Code, error.ProviderCode, error.Message));
    }

    [Fact]
    public void CreditsAndUpload_AreRead()
    {
        Assert.Equal([new CreditPool("credits", 10000, "credits")], s_simulator.ReadCredits(Transcript("simulator", "credits")));
        Assert.Equal(new WireFile("/tmp/a.png", "image/png", null), s_simulator.BuildUpload("/tmp/a.png", "image/png").File);
        Assert.Equal("http://simulator.invalid/media/u1.png", s_simulator.ReadUpload(Transcript("simulator", "upload"))!.AbsoluteUri);
    }

    [Theory]
    [InlineData("seedance-sim")]
    [InlineData("seedance-2.1")]
    [InlineData("seedance-2-mini")]
    [InlineData("seedance-2.0")]
    public void Rows_EveryName_HasAllModesAndAPrice(string name)
    {
        Assert.Equal(4, s_simulator.Models.Count(row => row.Model.Name == name && row.Price is not null));
        Assert.Equal("seedance-sim", s_simulator.Models[0].Model.Name);
        Assert.Null(s_simulator.Provider.KeyVariable);
        Assert.Equal(TimeSpan.FromMilliseconds(200), s_simulator.Provider.PollFloor);
    }
}
