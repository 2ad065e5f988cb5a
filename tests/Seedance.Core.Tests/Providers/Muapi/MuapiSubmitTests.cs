using Seedance.Providers.Muapi;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Muapi;

public sealed class MuapiSubmitTests
{
    private const string A = "https://ex.org/a.png";
    private const string B = "https://ex.org/b.png";
    private const string V = "https://ex.org/v.mp4";
    private const string S = "https://ex.org/s.mp3";

    private static readonly MuapiAdapter s_muapi = new();
    private static readonly VideoRequest s_text = new() { Prompt = "p", AspectRatio = "16:9", Resolution = "720p", DurationSeconds = 5 };
    private static readonly VideoRequest s_image = s_text with { Image = A };
    private static readonly VideoRequest s_frames = s_image with { LastFrame = B };
    private static readonly VideoRequest s_references = s_text with { ReferenceImages = [A, B], ReferenceVideos = [V],
        ReferenceAudios = [S] };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        VideoRequest request = new()
        {
            Prompt = "slow push in, leaves drift", Image = A, LastFrame = B, AspectRatio = "16:9", Resolution = "720p", DurationSeconds = 6,
            GenerateAudio = true, CameraFixed = false, CallbackUri = new Uri("https://hooks.example.org/m"),
        };

        WireRequest message = Submit(request, s_muapi.Row("seedance-2.1-image-to-video", GenerationMode.FirstLastFrame));

        Assert.Equal(HttpMethod.Post, message.Method);
        Assert.Equal("seedance-2.1-image-to-video?webhook=https%3A%2F%2Fhooks.example.org%2Fm", message.Route);
        SameJson(
            """
            {"prompt":"slow push in, leaves drift","image_url":"https://ex.org/a.png","last_image":"https://ex.org/b.png","aspect_ratio":"16:9",
             "resolution":"720p","duration":6,"generate_audio":true,"camera_fixed":false}
            """,
            message.Json);
    }

    [Theory]
    [InlineData("seedance-2-mini-text-to-video", GenerationMode.TextToVideo)]
    [InlineData("seedance-2.5-omni-reference", GenerationMode.Reference)]
    public void BuildEstimate_Endpoint_NamesLengthAndResolution(string endpoint, GenerationMode mode)
    {
        WireRequest message = s_muapi.BuildEstimate(s_references, s_muapi.Row(endpoint, mode));

        Assert.Equal((HttpMethod.Post, "models/" + endpoint + "/estimate-cost"), (message.Method, message.Route));
        SameJson("""{"duration":5,"resolution":"720p"}""", message.Json);
    }

    public static TheoryData<string> TextEndpoints =>
    [
        """seedance-2.1-text-to-video|"resolution":"720p" """,
        """seedance-2-mini-text-to-video|"resolution":"720p" """,
        """seedance-2-mini-spicy-text-to-video|"resolution":"720p" """,
        "seedance-2-text-to-video|",
        "seedance-2-text-to-video-fast|",
        "seedance-2-spicy-text-to-video|",
        "seedance-2-vip-text-to-video|",
        "seedance-2-vip-text-to-video-fast|",
        "seedance-2-vip-text-to-video-1080p|",
        "sd-2-vip-text-to-video-fast-1080p|",
        "seedance-2.5-text-to-video|",
        "seedance-2.5-text-to-video-480p|",
        "seedance-2.5-spicy-text-to-video|",
        """seedance-v1.5-pro-t2v|"resolution":"720p" """,
        """seedance-v1.5-pro-t2v-fast|"resolution":"720p" """,
        """seedance-pro-t2v|"resolution":"720p" """,
        """seedance-pro-t2v-fast|"resolution":"720p" """,
        """seedance-lite-t2v|"resolution":"720p" """,
        """seedance-v2.0-t2v|"quality":"basic" """,
        "seedance-2.0-t2v-480p|",
    ];

    [Theory]
    [MemberData(nameof(TextEndpoints))]
    public void BuildSubmit_TextToVideo_ResolutionIsAFieldAQualityOrTheEndpoint(string row)
    {
        string[] parts = row.Split('|');
        string extra = parts[1].Trim();

        WireRequest message = Submit(s_text, s_muapi.Row(parts[0], GenerationMode.TextToVideo));

        Assert.Equal(parts[0], message.Route);
        SameJson("""{"prompt":"p","aspect_ratio":"16:9","duration":5""" + (extra.Length > 0 ? "," + extra : extra) + "}", message.Json);
    }

    [Theory]
    [InlineData("seedance-2.1-image-to-video", "image_url")]
    [InlineData("seedance-2-mini-image-to-video", "image_url")]
    [InlineData("seedance-2-mini-spicy-image-to-video", "image_url")]
    [InlineData("seedance-2.5-image-to-video", "image_url")]
    [InlineData("seedance-2.5-image-to-video-480p", "image_url")]
    [InlineData("seedance-2.5-spicy-image-to-video", "image_url")]
    [InlineData("seedance-v1.5-pro-i2v", "image_url")]
    [InlineData("seedance-pro-i2v", "image_url")]
    [InlineData("seedance-pro-i2v-fast", "image_url")]
    [InlineData("seedance-lite-i2v", "image_url")]
    [InlineData("seedance-2-image-to-video", "images_list")]
    [InlineData("seedance-2-image-to-video-fast", "images_list")]
    [InlineData("seedance-2-spicy-image-to-video", "images_list")]
    [InlineData("seedance-2-vip-image-to-video", "images_list")]
    [InlineData("seedance-2-vip-image-to-video-1080p", "images_list")]
    [InlineData("sd-2-vip-image-to-video-fast-1080p", "images_list")]
    [InlineData("seedance-v2.0-i2v", "images_list")]
    [InlineData("seedance-2.0-i2v-480p", "images_list")]
    [Trait("Sheet", "muapi §11.5")]
    public void BuildSubmit_FirstFrame_GoesIntoTheEndpointsOwnField(string endpoint, string field)
    {
        var body = Submit(s_image, s_muapi.Row(endpoint, GenerationMode.ImageToVideo)).Json!;

        string expected = field == "images_list" ? "[\"" + A + "\"]" : "\"" + A + "\"";
        Assert.Equal(expected, body[field]!.ToJsonString());
        Assert.False(body.ContainsKey(field == "images_list" ? "image_url" : "images_list"));
    }

    [Theory]
    [InlineData("seedance-2.1-image-to-video",
        """ "image_url":"https://ex.org/a.png","last_image":"https://ex.org/b.png","aspect_ratio":"16:9","resolution":"720p" """)]
    [InlineData("seedance-v1.5-pro-i2v-fast",
        """ "image_url":"https://ex.org/a.png","last_image":"https://ex.org/b.png","aspect_ratio":"16:9","resolution":"720p" """)]
    [InlineData("seedance-lite-i2v", """ "image_url":"https://ex.org/a.png","last_image":"https://ex.org/b.png","resolution":"720p" """)]
    [InlineData("seedance-2-first-last-frame", """ "images_list":["https://ex.org/a.png","https://ex.org/b.png"],"aspect_ratio":"16:9" """)]
    [InlineData(
        "seedance-2-first-last-frame-fast", """ "images_list":["https://ex.org/a.png","https://ex.org/b.png"],"aspect_ratio":"16:9" """)]
    [InlineData("seedance-2-vip-first-last-frame-1080p",
        """ "images_list":["https://ex.org/a.png","https://ex.org/b.png"],"aspect_ratio":"16:9" """)]
    [InlineData(
        "seedance-2.5-first-last-frame", """ "images_list":["https://ex.org/a.png","https://ex.org/b.png"],"aspect_ratio":"16:9" """)]
    public void BuildSubmit_FirstAndLastFrame_AreFieldsOrAList(string endpoint, string fields) => SameJson(
        """{"prompt":"p","duration":5,""" + fields + "}", Submit(s_frames, s_muapi.Row(endpoint, GenerationMode.FirstLastFrame)).Json);

    [Theory]
    [InlineData("seedance-2-mini-omni-reference", "video_files", "audio_files")]
    [InlineData("seedance-2-vip-omni-reference", "video_files", "audio_files")]
    [InlineData("seedance-2.0-omni-reference", "video_files", "audio_files")]
    [InlineData("seedance-2.0-omni-reference-480p", "video_files", "audio_files")]
    [InlineData("seedance-2.5-omni-reference", "videos_list", "audios_list")]
    [InlineData("seedance-2.5-omni-reference-480p", "videos_list", "audios_list")]
    public void BuildSubmit_References_UseTheNamesOfTheGeneration(string endpoint, string videos, string audios)
    {
        var body = Submit(s_references, s_muapi.Row(endpoint, GenerationMode.Reference)).Json!;

        SameJson(
            $$"""{"images_list":["{{A}}","{{B}}"],"{{videos}}":["{{V}}"],"{{audios}}":["{{S}}"]}""",
            new System.Text.Json.Nodes.JsonObject(
                body.Where(field => field.Key.Contains('_', StringComparison.Ordinal) && field.Value is System.Text.Json.Nodes.JsonArray)
                .Select(field => new KeyValuePair<string, System.Text.Json.Nodes.JsonNode?>(field.Key, field.Value!.DeepClone()))));
    }

    [Fact]
    public void BuildSubmit_LiteReference_SendsImagesWithoutRatio() => SameJson(
        """{"prompt":"p","images_list":["https://ex.org/a.png"],"resolution":"720p","duration":5}""",
        Submit(s_text with { ReferenceImages = [A] }, s_muapi.Row("seedance-lite-reference-to-video", GenerationMode.Reference)).Json);

    [Fact]
    public void BuildSubmit_StandardReferenceWithVideo_IsRefused() => Assert.Equal(
        ErrorCode.UnsupportedByModel,
        Assert.Throws<SeedanceException>(() =>
            Submit(s_references, s_muapi.Row("seedance-2-omni-reference-no-video", GenerationMode.Reference))).Code);

    [Fact]
    [Trait("Sheet", "muapi §11.6")]
    public void BuildSubmit_ReferencesTo21_AreRefusedRatherThanCutSilently()
    {
        var error = Assert.Throws<SeedanceException>(() =>
            Submit(s_references, s_muapi.Row("seedance-2.1-image-to-video", GenerationMode.ImageToVideo)));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.All(s_muapi.Models.Where(row => row.Model.Name == "seedance-2.1"), row => Assert.Equal(0, row.Model.MaxReferenceImages));
    }

    [Fact]
    public void BuildSubmit_ExtendAndEdit_NameTheirSource()
    {
        var options = new Dictionary<string, object?> { ["request_id"] = "req_0", ["output_format"] = "mov" };
        SameJson(
            """{"prompt":"p","duration":5,"quality":"high","request_id":"req_0","output_format":"mov"}""",
            Submit(s_text with { Resolution = "2k", Options = options }, s_muapi.Row("seedance-v2.0-extend", GenerationMode.Extend)).Json);
        SameJson(
            """{"prompt":"p","duration":5,"request_id":"req_0","output_format":"mov"}""",
            Submit(s_text with { Options = options }, s_muapi.Row("seedance-2-vip-extend", GenerationMode.Extend)).Json);
        SameJson(
            """{"prompt":"p","duration":5,"resolution":"720p","video_url":"https://ex.org/v.mp4"}""",
            Submit(s_text with { ReferenceVideos = [V] }, s_muapi.Row("seedance-v1.5-pro-video-extend", GenerationMode.Extend)).Json);
        SameJson(
            """{"prompt":"p","aspect_ratio":"16:9","quality":"basic","video_urls":["https://ex.org/v.mp4"],"images_list":["https://ex.org/a.png"]}""",
            Submit(s_text with { ReferenceVideos = [V], ReferenceImages = [A] },
                s_muapi.Row("seedance-v2.0-video-edit", GenerationMode.Edit)).Json);
    }

    [Fact]
    public void BuildSubmit_Tools_SendTheirSourceAndTheirOwnFields()
    {
        var plain = new VideoRequest { Prompt = "p" };
        var options = new Dictionary<string, object?> { ["character_name"] = "Ada", ["outfit_description"] = "a red coat" };
        SameJson(
            """{"prompt":"p","images_list":["https://ex.org/a.png","https://ex.org/b.png"],"character_name":"Ada","outfit_description":"a red coat"}""",
            Submit(plain with { ReferenceImages = [A, B], Options = options },
                s_muapi.Row("seedance-2-character", GenerationMode.Reference)).Json);
        SameJson(
            """{"video_url":"https://ex.org/v.mp4"}""",
            Submit(plain with { Prompt = string.Empty, ReferenceVideos = [V] },
                s_muapi.Row("seedance-2.0-watermark-remover", GenerationMode.Edit)).Json);
    }

    [Fact]
    public void BuildSubmit_Switches_GoWhereTheEndpointHasThem()
    {
        SameJson(
            """{"prompt":"p","aspect_ratio":"16:9","resolution":"720p","duration":5,"generate_audio":false,"high_bitrate":true}""",
            Submit(s_text with { GenerateAudio = false, HighBitrate = true },
                s_muapi.Row("seedance-2-mini-text-to-video", GenerationMode.TextToVideo)).Json);
        SameJson(
            """{"prompt":"p","aspect_ratio":"16:9","duration":5,"seed":4294967295}""",
            Submit(s_text with { Seed = 4294967295 }, s_muapi.Row("seedance-2.5-text-to-video", GenerationMode.TextToVideo)).Json);
    }

    [Fact]
    public void BuildSubmit_SeedElsewhereThan25_IsRefused() => Assert.Contains(
        "Seed",
        Assert.Throws<SeedanceException>(() =>
            Submit(s_text with { Seed = 7 }, s_muapi.Row("seedance-2.1-text-to-video", GenerationMode.TextToVideo))).Message,
        StringComparison.Ordinal);

    [Fact]
    [Trait("Sheet", "muapi §11.3")]
    public void BuildSubmit_Callback_IsAQueryAndNotInTheBody()
    {
        WireRequest message = Submit(
            s_text with { CallbackUri = new Uri("https://h.ex.org/x?a=1&b=2") },
            s_muapi.Row("seedance-2-mini-text-to-video", GenerationMode.TextToVideo));

        Assert.Equal("seedance-2-mini-text-to-video?webhook=https%3A%2F%2Fh.ex.org%2Fx%3Fa%3D1%26b%3D2", message.Route);
        Assert.False(message.Json!.ContainsKey("webhook_url"));
    }

    [Fact]
    [Trait("Sheet", "muapi §11.4")]
    public void BuildSubmit_Sandbox_IsABodyFlagThatOnly21Promises()
    {
        Assert.True((bool)Submit(
            s_text with { Sandbox = true }, s_muapi.Row("seedance-2.1-text-to-video", GenerationMode.TextToVideo)).Json!["is_test"]!);
        Assert.All(s_muapi.Models, row => Assert.Equal(row.Model.Name == "seedance-2.1", row.Model.Features.Contains("Sandbox")));
    }

    [Fact]
    public void BuildSubmit_Options_OverwriteLast() => SameJson(
        """{"prompt":"p","aspect_ratio":"9:16","resolution":"720p","duration":5,"remove_watermark":true}""",
        Submit(
            s_text with { Options = new Dictionary<string, object?> { ["aspect_ratio"] = "9:16", ["remove_watermark"] = true } },
            s_muapi.Row("seedance-2.1-text-to-video", GenerationMode.TextToVideo)).Json);

    [Theory]
    [InlineData("seedance-2-t2v", "seedance-v2.0-t2v")]
    [InlineData("seedance-2-i2v", "seedance-v2.0-i2v")]
    [InlineData("seedance-2-omni-reference", "seedance-2.0-omni-reference")]
    [InlineData("seedance-lite-reference-video", "seedance-lite-reference-to-video")]
    [Trait("Sheet", "muapi §3 trap")]
    public void BuildSubmit_CatalogueName_IsRefusedWithItsEndpoint(string name, string endpoint)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => Submit(s_text, Unknown(name)));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
        Assert.Contains(endpoint, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(s_muapi.Models, row => row.Model.WireModel == endpoint && row.Aliases.Contains(name));
    }

    [Theory]
    [InlineData("seedance-3-image-to-video", "image_url")]
    [InlineData("seedance-2.5-image-to-video-8k", "image_url")]
    [InlineData("seedance-2-mini-image-to-video-fast", "image_url")]
    [InlineData("sd-2-vip-image-to-video-1080p", "images_list")]
    [InlineData("seedance-2-vip-image-to-video-4k", "images_list")]
    [InlineData("seedance-3-first-last-frame", "images_list")]
    [Trait("Sheet", "muapi §11.7")]
    public void BuildSubmit_UnknownEndpoint_GuessesTheImageFieldFromItsName(string endpoint, string field)
    {
        WireRequest message = Submit(s_image, Unknown(endpoint));

        Assert.Equal(endpoint, message.Route);
        Assert.True(message.Json!.ContainsKey(field));
    }

    [Fact]
    public void BuildSubmit_UnknownEndpoint_LosesNothingThatWasAsked()
    {
        VideoRequest request = s_references with { Seed = 1, GenerateAudio = true, CameraFixed = true, HighBitrate = true };

        SameJson(
            """
            {"prompt":"p","images_list":["https://ex.org/a.png","https://ex.org/b.png"],"videos_list":["https://ex.org/v.mp4"],"audios_list":["https://ex.org/s.mp3"],
             "aspect_ratio":"16:9","duration":5,"generate_audio":true,"camera_fixed":true,"high_bitrate":true,"seed":1}
            """,
            Submit(request, Unknown("seedance-2.5-omni-reference-2k")).Json);
        Assert.Equal("\"720p\"", Submit(s_text, Unknown("seedance-3-text-to-video")).Json!["resolution"]!.ToJsonString());
        Assert.True(Submit(s_text with { ReferenceVideos = [V] }, Unknown("seedance-2.5-video-edit")).Json!.ContainsKey("video_urls"));
        Assert.True(Submit(s_text with { ReferenceVideos = [V] }, Unknown("seedance-2.5-video-extend")).Json!.ContainsKey("video_url"));
    }

    [Theory]
    [InlineData("seedance-pro-i2v", GenerationMode.ImageToVideo, "AspectRatio")]
    [InlineData("seedance-lite-i2v", GenerationMode.ImageToVideo, "AspectRatio")]
    [InlineData("seedance-2-vip-extend", GenerationMode.Extend, "AspectRatio")]
    [InlineData("seedance-v2.0-video-edit", GenerationMode.Edit, "Duration")]
    [InlineData("seedance-2.0-watermark-remover", GenerationMode.Edit, "Prompt, Duration, Resolution, AspectRatio")]
    public void BuildSubmit_WishThatTheEndpointHasNoFieldFor_IsRefusedAndNotDropped(string endpoint, GenerationMode mode, string missing)
    {
        var error = Assert.Throws<SeedanceException>(() => s_muapi.BuildSubmit(s_text, s_muapi.Row(endpoint, mode)));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("no field for " + missing + ";", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Sheet", "muapi §11.1")]
    public void Sign_Key_GoesIntoBothHeadersThatTheDocumentsName()
    {
        var headers = s_muapi.Sign(WireRequest.Get("x"), "KEY").Headers;

        Assert.Contains(new("x-api-key", "KEY"), headers);
        Assert.Contains(new("Authorization", "Bearer KEY"), headers);
        Assert.Equal("https://api.muapi.ai/api/v1", s_muapi.Provider.BaseUri.AbsoluteUri);
    }

    /// <summary>Without what this endpoint has no field for, which is refused.</summary>
    private static WireRequest Submit(VideoRequest request, SeedanceModel model) => s_muapi.BuildSubmit(
        model.Source.Length == 0 ? request : request with
        {
            AspectRatio = model.AspectRatios.Count == 0 ? null : request.AspectRatio,
            DurationSeconds = model.DefaultDuration is null ? null : request.DurationSeconds,
        },
        model);
}
