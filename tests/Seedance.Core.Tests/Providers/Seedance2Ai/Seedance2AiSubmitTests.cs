using Seedance.Models;
using Seedance.Providers.Seedance2Ai;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Seedance2Ai;

public sealed class Seedance2AiSubmitTests
{
    private static readonly Seedance2AiAdapter s_host = new();
    private static readonly SeedanceModel s_model = s_host.Row("seedance2", GenerationMode.TextToVideo);
    private static readonly VideoRequest s_text = new() { Prompt = "p", AspectRatio = "16:9", Resolution = "720p", DurationSeconds = 5 };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        VideoRequest request = new()
        {
            Prompt = "kite over cliffs", Image = "https://ex.org/a.jpg", LastFrame = "https://ex.org/b.jpg", DurationSeconds = 6,
            Resolution = "720p",
            AspectRatio = "16:9", Upscale = "2k", CallbackUri = new Uri("https://h.ex.org/s2"),
        };

        WireRequest message = s_host.BuildSubmit(request, s_host.Row("seedance2", GenerationMode.FirstLastFrame));

        Assert.Equal((HttpMethod.Post, "jobs/createTask"), (message.Method, message.Route));
        SameJson(
            """
            {"model":"seedance2","callBackUrl":"https://h.ex.org/s2","inputs":{"prompt":"kite over cliffs","urls":["https://ex.org/a.jpg","https://ex.org/b.jpg"],
             "duration":"6s","resolution":"1280x720","videoInputMode":"keyframe","upscaleResolution":"2k"}}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_Text_HasNoMediaFields() => SameJson(
        """{"model":"seedance2-fast","inputs":{"prompt":"p","duration":"5s","resolution":"1280x720"}}""",
        s_host.BuildSubmit(s_text, s_host.Row("seedance2-fast", GenerationMode.TextToVideo)).Json);

    [Fact]
    [Trait("Sheet", "seedance2-ai §2 traps")]
    public void BuildSubmit_OneImage_IsKeyframe() => SameJson(
        """{"model":"seedance2","inputs":{"prompt":"p","urls":["https://ex.org/a.jpg"],"videoInputMode":"keyframe","duration":"5s","resolution":"1280x720"}}""",
        s_host.BuildSubmit(s_text with { Image = "https://ex.org/a.jpg" }, s_model).Json);

    [Fact]
    public void BuildSubmit_References_AreReferenceMode() => SameJson(
        """
        {"model":"seedance2","inputs":{"prompt":"p","urls":["https://ex.org/a.jpg"],"videoUrls":["https://ex.org/v.mp4"],"audioUrls":["https://ex.org/s.mp3"],
         "videoInputMode":"reference","duration":"5s","resolution":"1280x720"}}
        """,
        s_host.BuildSubmit(
            s_text with { ReferenceImages = ["https://ex.org/a.jpg"], ReferenceVideos = ["https://ex.org/v.mp4"],
                ReferenceAudios = ["https://ex.org/s.mp3"] }, s_model).Json);

    [Fact]
    [Trait("Sheet", "seedance2-ai §2 traps")]
    public void BuildSubmit_ReferenceAudioAlone_IsStillReferenceMode() => Assert.Equal(
        "\"reference\"",
        s_host.BuildSubmit(
            s_text with { ReferenceAudios = ["https://ex.org/s.mp3"] }, s_model).Json!["inputs"]!["videoInputMode"]!.ToJsonString());

    [Theory]
    [InlineData("720p", "16:9", "1280x720", null)]
    [InlineData("720p", "9:16", "720x1280", null)]
    [InlineData("720p", "1:1", "720x720", null)]
    [InlineData("720p", "4:3", "960x720", null)]
    [InlineData("720p", "3:4", "720x960", null)]
    [InlineData("720p", "21:9", "1280x540", null)]
    [InlineData("2k", "9:16", "720x1280", "2k")]
    [InlineData("4K", "1:1", "720x720", "4k")]
    [InlineData("720p", null, "1280x720", null)]
    [InlineData(null, "1:1", "720x720", null)]
    [InlineData(null, null, null, null)]
    [Trait("Sheet", "seedance2-ai §8.5")]
    public void BuildSubmit_ResolutionAndRatio_AreOneSize(string? resolution, string? ratio, string? size, string? upscale)
    {
        var inputs = s_host.BuildSubmit(s_text with { Resolution = resolution, AspectRatio = ratio }, s_model).Json!["inputs"]!;

        Assert.Equal(size, (string?)inputs["resolution"]);
        Assert.Equal(upscale, (string?)inputs["upscaleResolution"]);
    }

    [Theory]
    [InlineData("480p", "16:9", null)]
    [InlineData("720x960", "16:9", null)]
    [InlineData("1080p", "16:9", null)]
    [InlineData("720p", "9:21", null)]
    [InlineData("2k", "16:9", "4k")]
    [Trait("Sheet", "seedance2-ai §2 traps")]
    public void BuildSubmit_SizeThatDoesNotExist_IsRefused(string resolution, string ratio, string? upscale) => Assert.Equal(
        ErrorCode.UnsupportedByModel,
        Assert.Throws<SeedanceException>(
            () => s_host.BuildSubmit(s_text with { Resolution = resolution, AspectRatio = ratio, Upscale = upscale }, s_model)).Code);

    public static TheoryData<VideoRequest> WithoutAField =>
    [
        s_text with { GenerateAudio = false }, s_text with { Seed = 1 }, s_text with { CameraFixed = true },
        s_text with { HighBitrate = true }, s_text with { Sandbox = true },
        s_text with { LastFrame = "https://ex.org/b.jpg" },
        s_text with { Image = "https://ex.org/a.jpg", ReferenceImages = ["https://ex.org/b.jpg"] },
        s_text with { ReferenceImages = [.. Enumerable.Repeat("https://ex.org/a.jpg", 9)],
            ReferenceVideos = ["https://e/1", "https://e/2", "https://e/3"], ReferenceAudios = ["https://e/4"] },
        s_text with { Options = new Dictionary<string, object?> { ["model"] = "seedance2-fast" } },
    ];

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(VideoRequest request) =>
        Assert.Equal(ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, s_model)).Code);

    [Fact]
    public void BuildSubmit_Options_GoIntoInputsExceptTheCallback() => SameJson(
        """{"model":"seedance2","callBackUrl":"https://h.ex.org","inputs":{"prompt":"p","duration":"5s","resolution":"1280x720","style":"film"}}""",
        s_host.BuildSubmit(
            s_text with { Options = new Dictionary<string, object?> { ["style"] = "film", ["callBackUrl"] = "https://h.ex.org" } },
            s_model).Json);

    [Fact]
    public void BuildSubmit_NoPromptAndUnknownModel_PassThrough() => SameJson(
        """{"model":"seedance3","inputs":{"duration":"5s","resolution":"1280x720"}}""",
        s_host.BuildSubmit(s_text with { Prompt = string.Empty }, Unknown("seedance3")).Json);

    [Theory]
    [InlineData("seedance-2.0", 5, "720p", null, false, 200)]
    [InlineData("seedance-2.0", 5, "720p", "2k", false, 300)]
    [InlineData("seedance-2.0", 5, "4k", null, false, 400)]
    [InlineData("seedance-2.0-fast", 5, "720p", null, false, 160)]
    [InlineData("seedance-2.0-fast", 5, "2k", null, false, 260)]
    [InlineData("seedance-2.0-fast", 5, "720p", "4k", false, 360)]
    [InlineData("seedance-2.0", 10, "720p", "2k", false, 500)]
    [InlineData("seedance-2.0", 5, "720p", "2k", true, 500)]
    [Trait("Sheet", "seedance2-ai §8.1 §8.2")]
    public void Price_ListOfTheSheet_IsMetAndMarkedUncertain(
        string name, int seconds, string resolution, string? upscale, bool video, int credits)
    {
        ModelCapability row = s_host.Capability(name, GenerationMode.Reference);
        SeedanceCost cost = row.Price!.Estimate(
            new VideoRequest { DurationSeconds = seconds, Resolution = resolution, Upscale = upscale,
                ReferenceVideos = video ? ["https://e/v"] : [] })!;

        Assert.Equal((credits, "credits", true), (cost.Amount, cost.Unit, cost.IsEstimate));
        Assert.Contains("taken per clip", cost.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_Limits_AreThoseOfTheSheet()
    {
        ModelCapability row = s_host.Capability("seedance-2.0", GenerationMode.Reference);

        Assert.Equal((4, 15, 5), (row.Model.MinDuration, row.Model.MaxDuration, row.Model.DefaultDuration));
        Assert.Equal((9, 3, 3, 12),
            (row.Model.MaxReferenceImages, row.Model.MaxReferenceVideos, row.Model.MaxReferenceAudios, row.Model.MaxReferences));
        Assert.Equal(["Upscale", "Callback"], row.Model.Features);
        Assert.Null(row.Model.MaxPromptLength);
        Assert.Null(row.Model.UrlLifetime);
    }

    [Fact]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.True(s_host.Provider.TooManyRequestsMeansNoSlot);
        Assert.False(s_host.Provider.ServerErrorWithoutIdCreatesNothing);
        Assert.Equal((3, "SEEDANCE_API_KEY", TimeSpan.FromSeconds(5)),
            (s_host.Provider.Concurrency, s_host.Provider.KeyVariable, s_host.Provider.PollFloor));
        Assert.Equal("https://seedance2-ai.ai/api/v1", s_host.Provider.BaseUri.AbsoluteUri);
        Assert.Equal([new("Authorization", "Bearer KEY")], s_host.Sign(WireRequest.Get("x"), "KEY").Headers);
    }
}
