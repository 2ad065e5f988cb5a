using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers.AtlasCloud;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.AtlasCloud;

public sealed class AtlasCloudSubmitTests
{
    private static readonly AtlasCloudAdapter s_host = new();
    private static readonly VideoRequest s_text = new() { Prompt = "p", DurationSeconds = 5, Resolution = "720p", AspectRatio = "16:9" };
    private static readonly VideoRequest s_framed = s_text with { Image = "https://ex.org/a.png", AspectRatio = "adaptive" };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        VideoRequest request = new()
        {
            Prompt = "image 1 walks like video 1", ReferenceImages = ["https://ex.org/a.png"], ReferenceVideos = ["https://ex.org/m.mp4"],
            DurationSeconds = 6,
            Resolution = "720p", AspectRatio = "16:9", GenerateAudio = true, HighBitrate = true, Seed = 7,
        };

        WireRequest message = s_host.BuildSubmit(
            request, s_host.Row("bytedance/seedance-2.0/reference-to-video", GenerationMode.Reference));

        Assert.Equal((HttpMethod.Post, "model/generateVideo", null), (message.Method, message.Route, message.BaseUri));
        SameJson(
            """
            {"model":"bytedance/seedance-2.0/reference-to-video","prompt":"image 1 walks like video 1","reference_images":["https://ex.org/a.png"],
             "reference_videos":["https://ex.org/m.mp4"],"duration":6,"resolution":"720p","ratio":"16:9","generate_audio":true,"bitrate_mode":"high","seed":7}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_Text25_HasRatioAndAudio() => SameJson(
        """{"model":"bytedance/seedance-2.5/text-to-video","prompt":"p","duration":5,"resolution":"4k-esr","ratio":"16:9","generate_audio":false}""",
        s_host.BuildSubmit(
            s_text with { Resolution = "4k-esr", GenerateAudio = false }, Unknown("bytedance/seedance-2.5/text-to-video")).Json);

    [Fact]
    public void BuildSubmit_FirstAndLastFrame_AreImageAndLastImageOfOneId()
    {
        SeedanceModel row = s_host.Row("bytedance/seedance-2.0-mini/image-to-video", GenerationMode.FirstLastFrame);

        SameJson(
            """
            {"model":"bytedance/seedance-2.0-mini/image-to-video","prompt":"p","image":"https://ex.org/a.png","last_image":"https://ex.org/b.png",
             "duration":5,"resolution":"720p","ratio":"adaptive"}
            """,
            s_host.BuildSubmit(s_framed with { LastFrame = "https://ex.org/b.png" }, row).Json);
    }

    [Fact]
    public void BuildSubmit_Seedance15_SpellsTheRatioTheOldWay() => SameJson(
        """
        {"model":"bytedance/seedance-v1.5-pro/image-to-video-fast","prompt":"p","image":"https://ex.org/a.png","duration":5,"resolution":"720p","aspect_ratio":"9:16",
         "generate_audio":true,"seed":-1,"camera_fixed":true}
        """,
        s_host.BuildSubmit(
            s_framed with { AspectRatio = "9:16", GenerateAudio = true, Seed = -1, CameraFixed = true },
            s_host.Row("bytedance/seedance-v1.5-pro/image-to-video-fast", GenerationMode.ImageToVideo)).Json);

    [Fact]
    public void BuildSubmit_Seedance10_ResolutionIsInTheIdAlone()
    {
        ModelCapability row = ModelCatalogue.BuiltIn.Find(s_host, "seedance-1.0-pro", GenerationMode.TextToVideo, "1080p")!;

        Assert.Equal("bytedance/seedance-v1-pro-t2v-1080p", row.Model.WireModel);
        SameJson(
            """{"model":"bytedance/seedance-v1-pro-t2v-1080p","prompt":"p","duration":5,"aspect_ratio":"16:9"}""",
            s_host.BuildSubmit(s_text with { Resolution = "1080p" }, row.Model).Json);
    }

    [Fact]
    public void BuildSubmit_Options_GoIntoTheFlatBody() => SameJson(
        """
        {"model":"bytedance/seedance-2.5/reference-to-video","prompt":"p","reference_videos":["https://e/v"],"duration":-1,"resolution":"720p","ratio":"adaptive",
         "omni_reference_task_type":"edit"}
        """,
        s_host.BuildSubmit(
            s_text with
            {
                AspectRatio = "adaptive", ReferenceVideos = ["https://e/v"],
                Options = new Dictionary<string, object?> { ["omni_reference_task_type"] = "edit", ["duration"] = -1 },
            },
            s_host.Row("bytedance/seedance-2.5/reference-to-video", GenerationMode.Reference)).Json);

    [Fact]
    [Trait("Sheet", "atlascloud §8.4")]
    public void BuildSubmit_Body_IsNeverNestedInInput() =>
        Assert.Null(s_host.BuildSubmit(
            s_text, s_host.Row("bytedance/seedance-2.0/text-to-video", GenerationMode.TextToVideo)).Json!["input"]);

    public static TheoryData<string, VideoRequest> WithoutAField => new()
    {
        { "bytedance/seedance-2.5/text-to-video", s_text with { Seed = 1 } },
        { "bytedance/seedance-2.5/text-to-video", s_text with { HighBitrate = true } },
        { "bytedance/seedance-2.5/text-to-video", s_text with { CallbackUri = new Uri("https://h.ex.org") } },
        { "bytedance/seedance-2.5/text-to-video", s_text with { Sandbox = true } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { CameraFixed = true } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Upscale = "2k" } },
        { "bytedance/seedance-2.0/text-to-video", s_framed },
        { "bytedance/seedance-2.0/image-to-video", s_text with { ReferenceImages = ["https://e/1"] } },
        { "bytedance/seedance-2.0/reference-to-video", s_framed },
        { "bytedance/seedance-v1.5-pro/text-to-video", s_text with { ReferenceImages = ["https://e/1"] } },
        { "bytedance/seedance-v1-pro-t2v-480p", s_text with { GenerateAudio = false } },
        { "bytedance/seedance-v1-pro-i2v-480p", s_framed with { LastFrame = "https://e/1", Resolution = "480p", AspectRatio = null } },
        { "bytedance/seedance-v1-pro-i2v-480p", s_framed with { Resolution = "480p", AspectRatio = "1:1" } },
        { "bytedance/seedance-v1-pro-t2v-480p", s_text with { Resolution = "720p" } },
        { "bytedance/seedance-2.0/text-to-video", s_text with { Options = new Dictionary<string, object?> { ["model"] = "x" } } },
    };

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(string wireModel, VideoRequest request) =>
        Assert.Equal(
            ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, Unknown(wireModel))).Code);

    [Fact]
    public void BuildSubmit_AudioAloneOn25_IsTaken() => Assert.NotNull(
        s_host.BuildSubmit(s_text with { ReferenceAudios = ["https://e/1"] },
            Unknown("bytedance/seedance-2.5/reference-to-video")).Json!["reference_audios"]);

    [Theory]
    [InlineData("seedance-2.5", "1080p-ESR", "1080p-esr")]
    [InlineData("seedance-2.0", "1440p-sr", "1440p-SR")]
    [InlineData("seedance-2-mini", "1080P-sr", "1080p-SR")]
    [Trait("Sheet", "atlascloud §3 case differs")]
    public void Defaults_ResolutionInAnyCase_IsSpelledAsTheFamilyDoes(string name, string asked, string spelled) => Assert.Equal(
        spelled,
        RequestDefaults.Fill(s_text with { Resolution = asked },
            ModelCatalogue.BuiltIn.Find(s_host, name, GenerationMode.TextToVideo, asked)!.Model).Resolution);

    [Theory]
    [InlineData("seedance-2.5", GenerationMode.TextToVideo, "bytedance/seedance-2.5/text-to-video", 4, 30, 0)]
    [InlineData("seedance-2.5", GenerationMode.Reference, "bytedance/seedance-2.5/reference-to-video", 4, 30, 30)]
    [InlineData("seedance-2.0", GenerationMode.Reference, "bytedance/seedance-2.0/reference-to-video", 4, 15, 9)]
    [InlineData("seedance-2.0-fast", GenerationMode.ImageToVideo, "bytedance/seedance-2.0-fast/image-to-video", 4, 15, 0)]
    [InlineData("seedance-2-mini", GenerationMode.FirstLastFrame, "bytedance/seedance-2.0-mini/image-to-video", 4, 15, 0)]
    [InlineData("seedance-1.5-pro", GenerationMode.TextToVideo, "bytedance/seedance-v1.5-pro/text-to-video", 4, 12, 0)]
    [InlineData("seedance-1.0-lite", GenerationMode.ImageToVideo, "bytedance/seedance-v1-lite-i2v-720p", 2, 12, 0)]
    public void Rows_NeutralNameAndMode_LeadToTheIdAndItsLimits(
        string name, GenerationMode mode, string id, int shortest, int longest, int images)
    {
        SeedanceModel model = ModelCatalogue.BuiltIn.Find(s_host, name, mode, resolution: null)!.Model;

        Assert.Equal((id, shortest, longest, images), (model.WireModel, model.MinDuration, model.MaxDuration, model.MaxReferenceImages));
    }

    [Fact]
    public void Rows_FrameOn25_TakesNoRatioButAdaptive() =>
        Assert.Equal(["adaptive"], s_host.Row("bytedance/seedance-2.5/image-to-video", GenerationMode.ImageToVideo).AspectRatios);

    [Fact]
    [Trait("Sheet", "atlascloud §8.3")]
    public void Rows_Price_IsUnknownEverywhere() => Assert.All(s_host.Models, row => Assert.Null(row.Price));

    [Fact]
    [Trait("Sheet", "atlascloud §8.6")]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal(
            ("https://api.atlascloud.ai/api/v1", "ATLASCLOUD_API_KEY"), (s_host.Provider.BaseUri.AbsoluteUri, s_host.Provider.KeyVariable));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3)), (s_host.Provider.NotFoundGrace, s_host.Provider.PollFloor));
        Assert.False(s_host.Provider.ServerErrorWithoutIdCreatesNothing);
        Assert.Equal([new("Authorization", "Bearer KEY")], s_host.Sign(WireRequest.Get("x"), "KEY").Headers);
    }

    [Fact]
    public void Credits_OnTheirOtherBase_UnlessTheBaseAddressWasReplaced()
    {
        WireRequest credits = s_host.BuildCredits();

        Assert.Equal(
            "https://api.atlascloud.ai/public/v1", new Account(s_host, s_host.Provider.BaseUri, "KEY").BaseOf(credits).AbsoluteUri);
        Assert.Equal(
            "https://proxy.ex.org/atlas", new Account(s_host, new Uri("https://proxy.ex.org/atlas"), "KEY").BaseOf(credits).AbsoluteUri);
        Assert.Equal(
            s_host.Provider.BaseUri, new Account(s_host, s_host.Provider.BaseUri, "KEY").BaseOf(WireRequest.Get("model/prediction/1")));
        Assert.Equal("balance", credits.Route);
    }
}
