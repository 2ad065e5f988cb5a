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
