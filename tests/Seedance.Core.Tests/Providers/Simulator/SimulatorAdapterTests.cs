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
    public void BuildPoll_Job_IsAskedForByItsId() => Assert.Equal("jobs/sim_1", s_simulator.BuildPoll(s_job).Route);

    [Fact]
    public void BuildCancel_DeletesTheJob()
    {
        WireRequest request = s_simulator.BuildCancel(s_job);

        Assert.Equal((HttpMethod.Delete, "jobs/" + s_job.Id), (request.Method, request.Route));
    }

    [Fact]
    public void BuildUpload_File_IsTheWholeBody()
    {
        Assert.Equal(new WireFile("/tmp/a.png", "image/png", null), s_simulator.BuildUpload("/tmp/a.png", "image/png").File);
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
