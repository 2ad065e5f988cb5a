using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.Replicate;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Replicate;

public sealed class ReplicateAdapterTests
{
    private const string Host = "replicate";
    private static readonly ReplicateAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "p1", WireModel = "bytedance/seedance-2.0" };
    private static readonly VideoRequest s_text = new() { Prompt = "tide pool macro", DurationSeconds = 5, Resolution = "720p",
        AspectRatio = "16:9" };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForFieldAndNeverWaits()
    {
        WireRequest message = s_host.BuildSubmit(
            s_text with { GenerateAudio = true, Seed = 3, CallbackUri = new Uri("https://h.ex.org/r") },
            s_host.Row("bytedance/seedance-2.0", GenerationMode.TextToVideo));

        Assert.Equal((HttpMethod.Post, "v1/models/bytedance/seedance-2.0/predictions"), (message.Method, message.Route));
        Assert.Empty(message.Headers);
        SameJson(
            """
            {"input":{"prompt":"tide pool macro","duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true,"seed":3},
             "webhook":"https://h.ex.org/r","webhook_events_filter":["completed"]}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_Frames_AreImageAndLastFrameImage() => SameJson(
        """{"input":{"prompt":"tide pool macro","image":"https://e/a","last_frame_image":"https://e/b","duration":5,"resolution":"720p","aspect_ratio":"16:9","camera_fixed":true}}""",
        s_host.BuildSubmit(
            s_text with { Image = "https://e/a", LastFrame = "https://e/b", CameraFixed = true, GenerateAudio = true },
            s_host.Row("bytedance/seedance-1-pro", GenerationMode.FirstLastFrame)).Json);

    /// <summary>Its sound is off by default at Replicate alone, and it has no resolution (version page, read 2026-11).</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData(false, false)]
    public void BuildSubmit_15Pro_HasSoundAsEverywhereAndNoResolution(bool? audio, bool sent)
    {
        SeedanceModel row = s_host.Row("bytedance/seedance-1.5-pro", GenerationMode.TextToVideo);
        VideoRequest request = RequestDefaults.Fill(new VideoRequest { Prompt = "kite", GenerateAudio = audio, CameraFixed = true }, row);

        SameJson(
            $$$"""{"input":{"prompt":"kite","duration":5,"aspect_ratio":"16:9","generate_audio":{{{(sent ? "true" : "false")}}},"camera_fixed":true}}""",
            s_host.BuildSubmit(request, row).Json);
    }

    [Fact]
    public void BuildSubmit_ReferencesAndOptions_GoIntoInput() => SameJson(
        """
        {"input":{"prompt":"tide pool macro","reference_images":["https://e/a"],"reference_videos":["https://e/v"],"reference_audios":["https://e/s"],"duration":-1,
         "resolution":"720p","aspect_ratio":"16:9"},"webhook_events_filter":["start"]}
        """,
        s_host.BuildSubmit(
            s_text with
            {
                ReferenceImages = ["https://e/a"], ReferenceVideos = ["https://e/v"], ReferenceAudios = ["https://e/s"],
                Options = new Dictionary<string, object?> { ["duration"] = -1, ["webhook_events_filter"] = new[] { "start" } },
            },
            s_host.Row("bytedance/seedance-2.0", GenerationMode.Reference)).Json);

    public static TheoryData<string, VideoRequest> WithoutAField => new()
    {
        { "bytedance/seedance-2.0", s_text with { CameraFixed = true } },
        { "bytedance/seedance-2.0", s_text with { HighBitrate = true } },
        { "bytedance/seedance-2.0", s_text with { Upscale = "2k" } },
        { "bytedance/seedance-2.0", s_text with { Sandbox = true } },
        { "bytedance/seedance-1-lite", s_text with { GenerateAudio = false } },
        { "bytedance/seedance-1.5-pro", s_text },
        { "bytedance/seedance-1-lite", s_text with { ReferenceImages = ["https://e/a"] } },
    };

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(string wireModel, VideoRequest request) =>
        Assert.Equal(
            ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, Unknown(wireModel))).Code);

    [Fact]
    [Trait("Sheet", "replicate open: cancel of a running job")]
    public void Cancel_Prediction_IsAPostWithoutABody()
    {
        WireRequest cancel = s_host.BuildCancel(s_job);

        Assert.Equal((HttpMethod.Post, "v1/predictions/p1/cancel", null), (cancel.Method, cancel.Route, cancel.Json));
    }

    [Fact]
    public void List_Pages_FollowTheCursorOfTheHost()
    {
        ListReading page = s_host.ReadList(new ListQuery(), Transcript(Host, "list"));

        Assert.Equal("v1/predictions", s_host.BuildList(new ListQuery()).Route);
        Assert.Equal("https://api.replicate.com/v1/predictions?cursor=cD0y",
            s_host.BuildList(new ListQuery { Cursor = page.NextCursor }).Address!.AbsoluteUri);
        Assert.Equal([("p1", JobStatus.Running), ("p0", JobStatus.Succeeded)], page.Jobs.Select(job => (job.Id, job.Update.Status!.Value)));
        Assert.Equal(("tide pool macro", "bytedance/seedance-2.0"), (page.Jobs[0].Prompt, page.Jobs[0].WireModel));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), page.Jobs[0].CreatedAt);
        Assert.Null(s_host.ReadList(new ListQuery(), Answer(200, """{"next":null,"results":[]}""")).NextCursor);
    }

    [Fact]
    public void Upload_File_HasAnAddress()
    {
        WireRequest upload = s_host.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal(("v1/files", "content"), (upload.Route, upload.File!.Field));
    }

    [Theory]
    [InlineData("480p", false, 0.40)]
    [InlineData("720p", false, 0.90)]
    [InlineData("1080p", false, 2.25)]
    [InlineData("4k", false, 5.00)]
    [InlineData("480p", true, 0.50)]
    [InlineData("720p", true, 1.10)]
    [InlineData("1080p", true, 2.25)]
    [InlineData("4k", true, 5.00)]
    public void Price_ListOfTheSheet_IsMet(string resolution, bool video, double dollars)
    {
        VideoRequest request = new() { Resolution = resolution, DurationSeconds = 5, ReferenceVideos = video ? ["https://e/v"] : [] };

        Assert.Equal((decimal)dollars, s_host.Capability("seedance-2.0", GenerationMode.Reference).Price!.Estimate(request)!.Amount);
    }

    [Fact]
    [Trait("Sheet", "replicate open: field list of 2.5, output retention")]
    public void Rows_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal(2000, s_host.Row("bytedance/seedance-2.5", GenerationMode.TextToVideo).MaxPromptLength);
        Assert.Null(s_host.Capability("seedance-2.5", GenerationMode.TextToVideo).Price);
        Assert.Equal(9, s_host.Row("bytedance/seedance-2.0", GenerationMode.Reference).MaxReferenceImages);
        Assert.Equal((TimeSpan.FromHours(1), "REPLICATE_API_TOKEN", "https://api.replicate.com/"),
            (s_host.Provider.UrlLifetime, s_host.Provider.KeyVariable, s_host.Provider.BaseUri.AbsoluteUri));
        Assert.Equal([new("Authorization", "Bearer KEY")], s_host.Sign(WireRequest.Get("x"), "KEY").Headers);
        Assert.Equal("bytedance/seedance-1-pro", s_host.Capability("seedance-1.0-pro", GenerationMode.ImageToVideo).Model.WireModel);
    }
}
