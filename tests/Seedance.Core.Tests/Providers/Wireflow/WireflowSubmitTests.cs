using System.Collections;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers.Wireflow;
using Seedance.TestKit;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Wireflow;

public sealed class WireflowSubmitTests
{
    private static readonly WireflowAdapter s_host = new();
    private static readonly SeedanceModel s_workflow = Unknown("wf_1");
    private static readonly VideoRequest s_text = new() { Prompt = "dawn over a harbour, camera rises" };

    public static TheoryData<VideoRequest> WithoutAnInput =>
    [
        s_text with { DurationSeconds = 5 }, s_text with { AspectRatio = "16:9" }, s_text with { Seed = 1 },
        s_text with { GenerateAudio = false },
        s_text with { GenerateAudio = true }, s_text with { CameraFixed = true }, s_text with { HighBitrate = true },
        s_text with { Upscale = "2k" },
        s_text with { CallbackUri = new Uri("https://h.ex.org") }, s_text with { Sandbox = true },
        s_text with { Image = "https://ex.org/a.png", LastFrame = "https://ex.org/b.png" },
        s_text with { ReferenceImages = ["https://ex.org/a.png", "https://ex.org/b.png"] },
        s_text with { ReferenceVideos = ["https://ex.org/v.mp4"] },
        s_text with { ReferenceAudios = ["https://ex.org/s.mp3"] },
    ];

    [Fact]
    [Trait("Sheet", "wireflow §10.1")]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForField()
    {
        WireRequest message = s_host.BuildSubmit(s_text with { Resolution = "1080p" }, s_workflow);

        Assert.Equal((HttpMethod.Post, "workflows/wf_1/execute"), (message.Method, message.Route));
        SameJson("""{"inputs":{"prompt":"dawn over a harbour, camera rises","resolution":"1080p"}}""", message.Json);
    }

    [Fact]
    public void BuildSubmit_NothingElseAsked_LeavesTheRestAsItIsSaved() =>
        SameJson("""{"inputs":{"prompt":"dawn over a harbour, camera rises"}}""", s_host.BuildSubmit(s_text, s_workflow).Json);

    [Fact]
    public void BuildSubmit_OneImage_IsTheReferenceImageAsFrameAndAsReference()
    {
        const string Expected = """{"inputs":{"prompt":"dawn over a harbour, camera rises","reference_image":"https://ex.org/a.png"}}""";

        SameJson(Expected, s_host.BuildSubmit(s_text with { Image = "https://ex.org/a.png" }, s_workflow).Json);
        SameJson(Expected, s_host.BuildSubmit(s_text with { ReferenceImages = ["https://ex.org/a.png"] }, s_workflow).Json);
    }

    [Theory]
    [MemberData(nameof(WithoutAnInput), DisableDiscoveryEnumeration = true)]
    [Trait("Sheet", "wireflow §3")]
    public void BuildSubmit_NoDocumentedInput_IsRefusedAndNotDropped(VideoRequest request) =>
        Assert.Equal(ErrorCode.UnsupportedByModel, Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(request, s_workflow)).Code);

    [Fact]
    public void BuildSubmit_AliasesAndInputs_GoWhereTheUserSays() => SameJson(
        """{"inputs":{"text":"dawn over a harbour, camera rises","seconds":8,"ref_a":"https://ex.org/a.png","ref_b":"https://ex.org/b.png","style":"film","fps":24}}""",
        s_host.BuildSubmit(
            s_text with
            {
                DurationSeconds = 8,
                ReferenceImages = ["https://ex.org/a.png", "https://ex.org/b.png"],
                Options = Options(
                    ("aliases", new Hashtable { ["prompt"] = "text", ["DurationSeconds"] = "seconds",
                        ["ReferenceImages"] = new[] { "ref_a", "ref_b" } }),
                    ("inputs", new Hashtable { ["style"] = "film" }),
                    ("fps", 24)),
            },
            s_workflow).Json);

    [Theory]
    [InlineData("dialect", "graph")]
    [InlineData("aliases", "prompt")]
    [InlineData("inputs", 5)]
    public void BuildSubmit_OptionThatMeansNothing_IsRefused(string name, object value) => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(s_text with { Options = Options((name, value)) }, s_workflow)).Code);

    [Fact]
    public void BuildSubmit_AliasOfNoNeutralName_IsRefused() => Assert.Contains(
        "'fps'",
        Assert.Throws<SeedanceException>(
            () => s_host.BuildSubmit(s_text with { Options = Options(("aliases", new Hashtable { ["fps"] = "n" })) }, s_workflow)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void BuildSubmit_TwoThingsForOneInput_IsRefused() => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(
            s_text with { Seed = 1, Options = Options(("aliases", new Hashtable { ["Seed"] = "prompt" })) }, s_workflow)).Code);

    [Fact]
    public void BuildQuestion_RunDialectAlone_AsksForTheInputs()
    {
        Assert.Null(s_host.BuildQuestion(s_text, s_workflow));
        Assert.Equal("workflows/wf_1/run", s_host.BuildQuestion(Run(s_text), s_workflow)!.Route);
    }

    [Fact]
    public void ReadAnswer_LabelsAndTypes_TieTheInputs()
    {
        VideoRequest asked = Run(s_text with { Image = "https://ex.org/a.png", Resolution = "1080p", DurationSeconds = 8, Seed = 7 });

        WireRequest message = s_host.BuildSubmit(s_host.ReadAnswer(asked, s_workflow, Transcript("wireflow", "inputs")), s_workflow);

        Assert.Equal("workflows/wf_1/run", message.Route);
        SameJson("""{"inputs":{"n1":"dawn over a harbour, camera rises","n2":"https://ex.org/a.png","n3":"1080p","n4":8,"n5":7}}""",
            message.Json);
    }

    [Fact]
    public void ReadAnswer_UsersAlias_WinsOverTheLabel()
    {
        VideoRequest asked = Run(s_text, ("aliases", new Hashtable { ["Prompt"] = "n6" }), ("inputs", new Hashtable { ["n1"] = "fixed" }));

        SameJson(
            """{"inputs":{"n6":"dawn over a harbour, camera rises","n1":"fixed"}}""",
            s_host.BuildSubmit(s_host.ReadAnswer(asked, s_workflow, Transcript("wireflow", "inputs")), s_workflow).Json);
    }

    [Fact]
    public void ReadAnswer_NothingFits_IsRefusedByName()
    {
        VideoRequest told = s_host.ReadAnswer(
            Run(s_text with { ReferenceVideos = ["https://ex.org/v.mp4"] }), s_workflow, Transcript("wireflow", "inputs"));

        Assert.Contains("ReferenceVideos", Assert.Throws<SeedanceException>(() => s_host.BuildSubmit(told, s_workflow)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"inputs":[{"nodeId":"a","label":"Prompt one","type":"text"},{"nodeId":"b","label":"Prompt two","type":"text"}]}}""", "'a'")]
    [InlineData("""{"data":{"inputs":[{"nodeId":"a","label":"Prompt","type":"text"},{"nodeId":"b","label":"Style","type":"text","required":true}]}}""", "'b'")]
    public void ReadAnswer_DoubtOrAMissingInput_AsksTheUser(string inputs, string named)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => s_host.ReadAnswer(Run(s_text), s_workflow, Answer(200, inputs)));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAnswer_InputThatTheWorkflowHasNot_IsRefused() => Assert.Contains(
        "'nope'",
        Assert.Throws<SeedanceException>(
            () => s_host.ReadAnswer(
            Run(s_text, ("inputs", new Hashtable { ["nope"] = 1 })), s_workflow, Transcript("wireflow", "inputs"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ReadAnswer_SeveralReferences_TakeTheInputsInOrder()
    {
        const string Inputs =
            """{"data":{"inputs":[{"nodeId":"p","label":"Prompt","type":"text"},{"nodeId":"r1","label":"Reference 1","type":"image"},{"nodeId":"r2","label":"Reference 2","type":"image"}]}}""";
        VideoRequest asked = Run(s_text with { ReferenceImages = ["https://ex.org/a.png", "https://ex.org/b.png"] });

        SameJson(
            """{"inputs":{"p":"dawn over a harbour, camera rises","r1":"https://ex.org/a.png","r2":"https://ex.org/b.png"}}""",
            s_host.BuildSubmit(s_host.ReadAnswer(asked, s_workflow, Answer(200, Inputs)), s_workflow).Json);
    }

    [Theory]
    [InlineData("wf_1")]
    [InlineData("0b6f3c1e-5d7a-4a53-9b1e-6c2f2f1a7d10")]
    [InlineData("cm4x9k2lq0001")]
    public void Prepare_WorkflowId_PassesWithoutAWarning(string id)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(Account(), s_text with { Model = id, Resolution = "2k" });

        Assert.Equal((id, id), (prepared.Capability.Model.Name, prepared.Capability.Model.WireModel));
        Assert.Empty(prepared.Warnings);
        Assert.Null(prepared.Estimate);
        Assert.Null(prepared.Request.DurationSeconds);
    }

    [Theory]
    [InlineData("seedance-2.1")]
    [InlineData("seedance-2-mini")]
    [InlineData("bytedance/seedance-2.0/text-to-video")]
    [InlineData("workflow")]
    [InlineData("(the id of the workflow)")]
    [InlineData("exec_1")]
    [InlineData("https://www.wireflow.ai/w/1")]
    [InlineData("a b")]
    public void Prepare_NoWorkflowId_IsRefusedAndToldWhatToGive(string name)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(Account(), s_text with { Model = name }));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
        Assert.Contains("id of your own workflow", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_KeyInThePlaceOfTheWorkflow_IsRefusedAndNotRepeated()
    {
        const string Key = "wf_live_0123456789abcdef";
        Account account = new(s_host, s_host.Provider.BaseUri, Key);

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, s_text with { Model = Key }));

        Assert.DoesNotContain(Key, error.ToString() + error.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_Key_IsABearer() =>
        Assert.Contains(new KeyValuePair<string, string>("Authorization", "Bearer k"), s_host.Sign(WireRequest.Get("x"), "k").Headers);

    [Fact]
    public void BuildEstimate_LocalFiles_StayHere()
    {
        WireRequest message = s_host.BuildEstimate(s_text with { Image = "/home/me/a.png", DurationSeconds = 5 }, s_workflow);

        Assert.Equal("workflows/wf_1/estimate", message.Route);
        SameJson("""{"inputs":{"prompt":"dawn over a harbour, camera rises"}}""", message.Json);
    }

    [Fact]
    public void BuildUpload_File_IsOneMultipartField()
    {
        WireRequest message = s_host.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal((HttpMethod.Post, "media/upload", new WireFile("/tmp/a.png", "image/png", "file")),
            (message.Method, message.Route, message.File));
    }

    private static Account Account() => new(s_host, s_host.Provider.BaseUri, TestServices.Key);

    private static VideoRequest Run(VideoRequest request, params (string Name, object Value)[] options) =>
        request with { Options = Options([("dialect", "run"), .. options]) };

    private static Dictionary<string, object?> Options(params (string Name, object Value)[] options) =>
        options.ToDictionary(option => option.Name, option => (object?)option.Value, StringComparer.Ordinal);
}
