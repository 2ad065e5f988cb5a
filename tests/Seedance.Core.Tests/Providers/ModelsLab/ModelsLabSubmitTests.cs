using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Jobs.Prepare;
using Seedance.Providers.ModelsLab;
using Seedance.TestKit;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.ModelsLab;

public sealed class ModelsLabSubmitTests
{
    private static readonly ModelsLabAdapter s_host = new();
    private static readonly SeedanceModel s_model = s_host.Row("seedance-t2v", GenerationMode.TextToVideo);
    private static readonly VideoRequest s_text = new() { Prompt = "paper boat on rain water", AspectRatio = "16:9", Resolution = "720p",
        DurationSeconds = 5 };
    private static readonly VideoRequest s_v6 = s_text with { Options = Options(("dialect", "v6")) };

    public static TheoryData<VideoRequest> WithoutAField =>
    [
        s_text with { Image = "https://e/a", LastFrame = "https://e/b" }, s_text with { ReferenceImages = ["https://e/a"] },
        s_text with { HighBitrate = true },
        s_text with { Upscale = "2k" }, s_text with { Sandbox = true }, s_text with { ReferenceAudios = ["https://e/a", "https://e/b"] },
        s_text with { Options = Options(("model_id", "other")) }, s_text with { Options = Options(("key", "k")) },
        s_v6 with { Image = "https://e/a" }, s_v6 with { CameraFixed = true }, s_v6 with { ReferenceVideos = ["https://e/a"] },
    ];

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        VideoRequest request = s_text with { DurationSeconds = null, CallbackUri = new Uri("https://h.ex.org/ml") };

        WireRequest message = s_host.Sign(s_host.Mark(s_host.BuildSubmit(request, s_model), "job-7"), "KEY");

        Assert.Equal((HttpMethod.Post, "v7/video-fusion/text-to-video"), (message.Method, message.Route));
        SameJson(
            """
            {"key":"KEY","model_id":"seedance-t2v","prompt":"paper boat on rain water","aspect_ratio":"16:9","resolution":"720p","webhook":"https://h.ex.org/ml","track_id":"job-7"}
            """,
            message.Json);
    }

    [Fact]
    [Trait("Sheet", "modelslab §10.3")]
    public void BuildSubmit_EverythingThatV7Has_IsFieldForField() => SameJson(
        """
        {"model_id":"seedance-t2v","prompt":"paper boat on rain water","generate_audio":true,"camera_fixed":true,"duration":5,"resolution":"720p","aspect_ratio":"16:9","seed":7,
         "negative_prompt":"blur"}
        """,
        s_host.BuildSubmit(
            s_text with { GenerateAudio = true, CameraFixed = true, Seed = 7, Options = Options(("negative_prompt", "blur")) },
        s_model).Json);

    [Fact]
    [Trait("Sheet", "modelslab §10.3")]
    public void BuildSubmit_Image_IsAListOnV7UnlessTheUserSaysOtherwise()
    {
        SeedanceModel model = s_host.Row("seedance-i2v", GenerationMode.ImageToVideo);
        VideoRequest request = s_text with { Image = "https://ex.org/a.png" };

        WireRequest message = s_host.BuildSubmit(request, model);

        Assert.Equal("v7/video-fusion/image-to-video", message.Route);
        Assert.Equal("""["https://ex.org/a.png"]""", message.Json!["init_image"]!.ToJsonString());
        Assert.Equal(
            "https://ex.org/a.png",
            (string?)s_host.BuildSubmit(
                request with { Options = Options(("init_image", "https://ex.org/a.png")) }, model).Json!["init_image"]);
    }

    [Fact]
    public void BuildSubmit_VideoAndAudio_GoToVideoToVideo()
    {
        WireRequest message =
            s_host.BuildSubmit(
            s_text with { ReferenceVideos = ["https://ex.org/v.mp4"], ReferenceAudios = ["https://ex.org/s.mp3"] }, Unknown("other-v2v"));

        Assert.Equal("v7/video-fusion/video-to-video", message.Route);
        SameJson(
            """
            {"model_id":"other-v2v","prompt":"paper boat on rain water","init_video":["https://ex.org/v.mp4"],"init_audio":"https://ex.org/s.mp3","duration":5,"resolution":"720p",
             "aspect_ratio":"16:9"}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_NoSeed_SendsNoNull() => Assert.False(s_host.BuildSubmit(s_text, s_model).Json!.ContainsKey("seed"));

    [Fact]
    [Trait("Sheet", "modelslab §2 §10.1 §10.4")]
    public void BuildSubmit_SeedDialect_IsChosenByHandAlone()
    {
        WireRequest message = s_host.BuildSubmit(s_v6 with { GenerateAudio = false }, s_model);

        Assert.Equal("v6/video/seedance/text2video", message.Route);
        SameJson(
            """{"model_id":"seedance-t2v","prompt":"paper boat on rain water","audio":false,"duration":5,"resolution":"720p","aspect_ratio":"16:9"}""", message.Json);
        Assert.Equal(
            "v7/video-fusion/text-to-video", s_host.BuildSubmit(s_text with { Options = Options(("dialect", "v7")) }, s_model).Route);
        Assert.Equal(
            ErrorCode.InvalidRequest,
            Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(s_text with { Options = Options(("dialect", "v5")) }, s_model)).Code);
    }

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(VideoRequest request) =>
        Assert.Equal(ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, s_model)).Code);

    [Fact]
    public void Sign_Key_GoesIntoACopyOfTheBody()
    {
        WireRequest unsigned = WireRequest.Post("x", new JsonObject { ["a"] = 1 });

        WireRequest signed = s_host.Sign(unsigned, "KEY");

        SameJson("""{"a":1}""", unsigned.Json);
        SameJson("""{"a":1,"key":"KEY"}""", signed.Json);
        Assert.Empty(signed.Headers);
    }

    [Fact]
    public void Mark_UsersOwnTrackId_IsKept() =>
        Assert.Equal("mine",
            (string?)s_host.Mark(
            s_host.BuildSubmit(s_text with { Options = Options(("track_id", "mine")) }, s_model), "job-7").Json!["track_id"]);

    [Fact]
    [Trait("Sheet", "modelslab §10.5")]
    public void Rows_Prices_AreUnknownBecauseTheSourceContradictsItself()
    {
        Assert.All(s_host.Models, row => Assert.Null(row.Price));
        Assert.Null(PrepareSubmit.Run(
            new Account(s_host, s_host.Provider.BaseUri, TestServices.Key), s_text with { Model = "seedance" }).Estimate);
    }

    [Fact]
    [Trait("Sheet", "modelslab §10.2")]
    public void Rows_UnnamedGeneration_IsNotPassedOffAsOne()
    {
        Assert.Equal(
            ["seedance-i2v", "seedance-t2v"],
            s_host.Models.Where(row => row.Model.Name == "seedance").Select(row => row.Model.WireModel).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(s_host.Models, row => row.Model.Name.StartsWith("seedance-2", StringComparison.Ordinal));
        Assert.Equal(("seedance-1.0-pro-i2v", GenerationMode.ImageToVideo), Wire("seedance-1.0-pro"));
    }

    [Theory]
    [InlineData("seedance", GenerationMode.TextToVideo, "seedance-t2v")]
    [InlineData("seedance", GenerationMode.ImageToVideo, "seedance-i2v")]
    [InlineData("seedance-1.0-pro-fast", GenerationMode.TextToVideo, "seedance-1.0-pro-fast-t2v")]
    [InlineData("seedance-1.0-pro-fast", GenerationMode.ImageToVideo, "seedance-1.0-pro-fast-i2v")]
    public void Find_NameAndMode_ChooseTheId(string name, GenerationMode mode, string wireModel) =>
        Assert.Equal(wireModel, ModelCatalogue.BuiltIn.Find(s_host, name, mode, resolution: null)!.Model.WireModel);

    [Fact]
    public void BuildUpload_File_GoesIntoTheBody()
    {
        WireRequest message = s_host.Sign(s_host.BuildUpload("/tmp/a.mp4", "video/mp4"), "KEY");

        Assert.Equal("v6/video/base64_to_url", message.Route);
        Assert.Equal(new WireFile("/tmp/a.mp4", "video/mp4", "init_obj"), message.File);
        SameJson("""{"key":"KEY"}""", message.Json);
    }

    private static (string WireModel, GenerationMode Mode) Wire(string name)
    {
        SeedanceModel model = Assert.Single(s_host.Models, row => row.Model.Name == name).Model;
        return (model.WireModel, model.StartsFrom);
    }

    private static Dictionary<string, object?> Options(params (string Name, object Value)[] options) =>
        options.ToDictionary(option => option.Name, option => (object?)option.Value, StringComparer.Ordinal);
}
