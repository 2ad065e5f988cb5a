using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.Ark;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Ark;

public sealed class ArkSubmitTests
{
    private const string A = "https://ex.org/a.png";
    private const string B = "https://ex.org/b.png";
    private const string V = "https://ex.org/v.mp4";
    private const string S = "https://ex.org/s.mp3";
    private const string Seedance20 = "dreamina-seedance-2-0-260128";

    private static readonly ArkAdapter s_bytePlus = ArkHosts.CreateBytePlus();
    private static readonly ArkAdapter s_volcengine = ArkHosts.CreateVolcengine();
    private static readonly VideoRequest s_text = new() { Prompt = "p", DurationSeconds = 5, Resolution = "720p", AspectRatio = "16:9" };

    [Fact]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        VideoRequest request = new()
        {
            Prompt = "day turns into night", Image = A, LastFrame = B, Resolution = "720p", AspectRatio = "adaptive", DurationSeconds = 5,
            GenerateAudio = true,
            Options = Options(("watermark", false), ("return_last_frame", true)),
        };

        WireRequest message = s_bytePlus.BuildSubmit(request, s_bytePlus.Row(Seedance20, GenerationMode.FirstLastFrame));

        Assert.Equal((HttpMethod.Post, "contents/generations/tasks"), (message.Method, message.Route));
        SameJson(
            """
            {"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"day turns into night"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"first_frame"},
             {"type":"image_url","image_url":{"url":"https://ex.org/b.png"},"role":"last_frame"}],"resolution":"720p","ratio":"adaptive","duration":5,"generate_audio":true,"watermark":false,"return_last_frame":true}
            """,
            message.Json);
    }

    [Fact]
    public void BuildSubmit_Text_NamesResolutionRatioAndDuration() => SameJson(
        """{"model":"doubao-seedance-2-0-fast-260128","content":[{"type":"text","text":"p"}],"resolution":"720p","ratio":"16:9","duration":5}""",
        s_volcengine.BuildSubmit(s_text, s_volcengine.Row("doubao-seedance-2-0-fast-260128", GenerationMode.TextToVideo)).Json);

    [Fact]
    public void BuildSubmit_OneImage_HasTheRoleOfTheFirstFrame() => SameJson(
        """
        {"model":"seedance-1-0-pro-250528","content":[{"type":"text","text":"p"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"first_frame"}],
         "resolution":"720p","ratio":"16:9","duration":5,"seed":11,"camera_fixed":true}
        """,
        s_bytePlus.BuildSubmit(s_text with { Image = A, Seed = 11, CameraFixed = true },
            s_bytePlus.Row("seedance-1-0-pro-250528", GenerationMode.ImageToVideo)).Json);

    [Fact]
    public void BuildSubmit_References_HaveTheirRolesInOrder() => SameJson(
        """
        {"model":"dreamina-seedance-2-5-260628","content":[{"type":"text","text":"p"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"reference_image"},
         {"type":"image_url","image_url":{"url":"asset://42"},"role":"reference_image"},{"type":"video_url","video_url":{"url":"https://ex.org/v.mp4"},"role":"reference_video"},
         {"type":"audio_url","audio_url":{"url":"data:audio/mpeg;base64,SUQz"},"role":"reference_audio"}],"resolution":"720p","ratio":"16:9","duration":5,"omni_reference_task_type":"extend"}
        """,
        s_bytePlus.BuildSubmit(
            s_text with
            {
                ReferenceImages = [A, "asset://42"], ReferenceVideos = [V], ReferenceAudios = ["data:audio/mpeg;base64,SUQz"],
                Options = Options(("omni_reference_task_type", "extend")),
            },
            s_bytePlus.Row("dreamina-seedance-2-5-260628", GenerationMode.Reference)).Json);

    [Fact]
    [Trait("Sheet", "bytedance-ark §4")]
    public void BuildSubmit_EveryOtherField_IsAnOption() => SameJson(
        """
        {"model":"doubao-seedance-1-5-pro-251215","content":[{"type":"text","text":"p"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":false,
         "callback_url":"https://h.ex.org/a?b=1","service_tier":"flex","execution_expires_after":3600,"priority":9,"safety_identifier":"u","tools":[{"type":"web_search"}],"output_format":"mov"}
        """,
        s_volcengine.BuildSubmit(
            s_text with
            {
                GenerateAudio = false,
                CallbackUri = new Uri("https://h.ex.org/a?b=1"),
                Options = Options(
                    ("service_tier", "flex"), ("execution_expires_after", 3600), ("priority", 9), ("safety_identifier", "u"),
                    ("output_format", "mov"),
                    ("tools", new[] { new Dictionary<string, object?> { ["type"] = "web_search" } })),
            },
            s_volcengine.Row("doubao-seedance-1-5-pro-251215", GenerationMode.TextToVideo)).Json);

    [Fact]
    [Trait("Sheet", "bytedance-ark §4")]
    public void Mark_Submit_HasTheJobsIdWhereSupportAndTheListCanFindIt()
    {
        WireRequest message =
            s_bytePlus.Mark(s_bytePlus.BuildSubmit(s_text, s_bytePlus.Row("seedance-1-0-pro-250528", GenerationMode.TextToVideo)),
            "20260301-120000-000abcd");
        Assert.Equal("seedance-job-20260301-120000-000abcd", (string?)message.Json!["safety_identifier"]);
        Assert.Contains(new KeyValuePair<string, string>("X-Client-Request-Id", "20260301-120000-000abcd"), message.Headers);

        WireResponse listed = new() { Status = 200,
            Bytes = """{"total":2,"items":[{"id":"cgt-1","status":"queued","safety_identifier":"seedance-job-20260301-120000-000abcd"},{"id":"cgt-2","status":"queued","safety_identifier":"user-7"}]}"""u8.ToArray() };
        Assert.Equal(["20260301-120000-000abcd", null], s_bytePlus.ReadList(new ListQuery(), listed).Jobs.Select(job => job.ClientToken));
    }

    [Fact]
    public void Mark_UserNamesWhomItIsFor_LeavesThat() => Assert.Equal(
        "u",
        (string?)s_bytePlus.Mark(
            s_bytePlus.BuildSubmit(
                s_text with { Options = Options(("safety_identifier", "u")) },
                s_bytePlus.Row("seedance-1-0-pro-250528", GenerationMode.TextToVideo)),
            "job-7").Json!["safety_identifier"]);

    [Theory]
    [InlineData("cgt-1")]
    [InlineData(null)]
    public void BuildSubmit_FinalOfADraft_SendsTheDraftAloneAndTakesTheRestFromIt(string? id)
    {
        object given = id ?? (object)new Dictionary<string, object?> { ["id"] = "cgt-1" };

        SameJson(
            """{"model":"seedance-1-5-pro-251215","content":[{"type":"draft_task","draft_task":{"id":"cgt-1"}}],"resolution":"1080p","return_last_frame":true}""",
            s_bytePlus.BuildSubmit(
                s_text with { Resolution = "1080p", AspectRatio = "adaptive", GenerateAudio = true,
                    Options = Options(("draft_task", given), ("return_last_frame", true)) },
                s_bytePlus.Row("seedance-1-5-pro-251215", GenerationMode.TextToVideo)).Json);
    }

    public static TheoryData<VideoRequest> OverADraft =>
    [
        new VideoRequest { Prompt = "p", DurationSeconds = 8 }, new VideoRequest { Prompt = "p", AspectRatio = "1:1" },
        new VideoRequest { Prompt = "p", GenerateAudio = false },
        new VideoRequest { Prompt = "p", Seed = 7 }, new VideoRequest { Prompt = "p", CameraFixed = true },
    ];

    /// <summary>The final video takes these from its draft: what was asked would be lost.</summary>
    [Theory]
    [MemberData(nameof(OverADraft), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_FinalThatAsksForSomethingElseThanItsDraft_IsRefused(VideoRequest request) => Assert.Contains(
        "beside the draft",
        Assert.Throws<SeedanceException>(() => s_bytePlus.BuildSubmit(
            request with { Options = Options(("draft_task", "cgt-1")) },
            s_bytePlus.Row("seedance-1-5-pro-251215", GenerationMode.TextToVideo))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("480p", true)]
    [InlineData("720p", false)]
    public void BuildSubmit_Draft_IsMadeAt480pOnly(string resolution, bool taken)
    {
        VideoRequest request = s_text with { Resolution = resolution, Options = Options(("draft", true)) };
        SeedanceModel model = s_bytePlus.Row("seedance-1-5-pro-251215", GenerationMode.TextToVideo);

        if (taken)
        {
            Assert.True((bool)s_bytePlus.BuildSubmit(request, model).Json!["draft"]!);
        }
        else
        {
            Assert.Contains("480p", Assert.Throws<SeedanceException>(() => s_bytePlus.BuildSubmit(request, model)).RecommendedAction,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a fox --rs 1080p")]
    [InlineData("a fox --resolution 1080p")]
    [InlineData("--rt 16:9 a fox")]
    [InlineData("a fox --ratio=16:9")]
    [InlineData("a fox --dur 10")]
    [InlineData("a fox --DURATION 10")]
    [InlineData("a fox --fps 24")]
    [InlineData("a fox --framespersecond 24")]
    [InlineData("a fox --seed 1")]
    [InlineData("a fox --cf true")]
    [InlineData("a fox --camerafixed true")]
    [InlineData("a fox --wm")]
    [InlineData("a fox\n--watermark true")]
    [Trait("Sheet", "bytedance-ark §4 prompt flags")]
    public void BuildSubmit_FlagInThePrompt_IsRefusedBecauseItBeatsTheFields(string prompt)
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => s_bytePlus.BuildSubmit(s_text with { Prompt = prompt }, Unknown(Seedance20)));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a fox -- in snow")]
    [InlineData("a fox--rs")]
    [InlineData("--rsx and --seedling")]
    public void BuildSubmit_DashesThatAreNoFlag_Pass(string prompt) =>
        Assert.Equal(
            prompt, (string?)s_bytePlus.BuildSubmit(s_text with { Prompt = prompt }, Unknown(Seedance20)).Json!["content"]![0]!["text"]);

    public static TheoryData<VideoRequest> WithoutAField =>
    [
        s_text with { HighBitrate = true }, s_text with { Upscale = "4k" }, s_text with { Sandbox = true },
        s_text with { CameraFixed = true },
        s_text with { LastFrame = B }, s_text with { Image = A, ReferenceImages = [B] },
        s_text with { ReferenceVideos = ["data:video/mp4;base64,AAAA"] },
        s_text with { Image = A, Options = Options(("draft_task", "cgt-1")) },
        s_text with { Options = Options(("model", "x")) }, s_text with { Options = Options(("content", "x")) },
    ];

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(VideoRequest request) => Assert.Equal(
        ErrorCode.UnsupportedByModel,
        Assert.Throws<SeedanceException>(
            () => s_bytePlus.BuildSubmit(request, s_bytePlus.Row(Seedance20, GenerationMode.TextToVideo))).Code);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BuildSubmit_SoundOf10_IsRefusedBecauseItHasNone(bool audio) => Assert.Contains(
        "sound",
        Assert.Throws<SeedanceException>(
            () => s_bytePlus.BuildSubmit(
            s_text with { GenerateAudio = audio }, s_bytePlus.Row("seedance-1-0-pro-250528", GenerationMode.TextToVideo))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void BuildSubmit_DraftWithoutAnId_IsRefused() => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<SeedanceException>(
            () => s_bytePlus.BuildSubmit(s_text with { Options = Options(("draft_task", 7)) }, Unknown(Seedance20))).Code);

    [Fact]
    public void BuildSubmit_MoreThan64MegabytesInline_IsRefused()
    {
        string image = "data:image/png;base64," + new string('A', 30 * 1024 * 1024);

        Assert.Equal(
            ErrorCode.InvalidRequest,
            Assert.Throws<SeedanceException>(
                () => s_bytePlus.BuildSubmit(s_text with { ReferenceImages = [image, image, image] }, Unknown(Seedance20))).Code);
    }

    [Fact]
    public void BuildSubmit_EndpointId_PassesThroughWithAllThatWasAsked() => SameJson(
        """{"model":"ep-20260801-abc","content":[{"type":"text","text":"p"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":false,"seed":-1,"camera_fixed":true}""",
        s_bytePlus.BuildSubmit(s_text with { CameraFixed = true, Seed = -1, GenerateAudio = false }, Unknown("ep-20260801-abc")).Json);

    [Theory]
    [InlineData("seedance-2.0", 4294967295)]
    [InlineData("seedance-2.5", 7)]
    [Trait("Sheet", "bytedance-ark §12.1 §12.3")]
    public void BuildSubmit_SeedOf2_IsSentAndTheRowSaysThatSourcesDisagree(string name, long seed)
    {
        SeedanceModel model = s_bytePlus.Capability(name, GenerationMode.TextToVideo).Model;

        Assert.Equal(seed, (long)s_bytePlus.BuildSubmit(s_text with { Seed = seed }, model).Json!["seed"]!);
        Assert.Contains("Seed", model.Features);
        Assert.Contains("1.x only", model.Notes, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Sheet", "bytedance-ark §12.5")]
    public void InlineLimit_OfTheSheet_ImagesAndAudioButNoVideo()
    {
        Assert.Equal((30L * 1024 * 1024) - 1, s_bytePlus.InlineLimit(MediaType.Image));
        Assert.Equal(15L * 1024 * 1024, s_bytePlus.InlineLimit(MediaType.Audio));
        Assert.Equal(0, s_bytePlus.InlineLimit(MediaType.Video));
    }

    private static Dictionary<string, object?> Options(params (string Name, object? Value)[] options) =>
        options.ToDictionary(option => option.Name, option => option.Value);
}
