using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Models;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class PrepareSubmitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-prepare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_NothingAskedButThePrompt_FillsInTheModelsDefaultsAndThePrice()
    {
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), Request());

        Assert.Equal((5, "720p", "16:9"), (prepared.Request.DurationSeconds, prepared.Request.Resolution, prepared.Request.AspectRatio));
        Assert.Equal((1.0m, "USD", true), (prepared.Estimate!.Amount, prepared.Estimate.Unit, prepared.Estimate.IsEstimate));
        Assert.Equal("Generate 5 s 720p with acme-1 at Acme (about 1 USD)", prepared.Describe());
    }

    [Fact]
    public void Run_SeveralViolations_NamesThemAllAtOnce()
    {
        VideoRequest request = Request() with
        {
            DurationSeconds = 30,
            Resolution = "4k",
            AspectRatio = "2:1",
            CameraFixed = true,
            CallbackUri = new Uri("http://hooks.example/x"),
        };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), request));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.All(["30 s", "4k", "2:1", "fixed camera", "https"], word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.Contains("Nothing was sent or spent", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the prompt is empty")]
    [InlineData("   ", "the prompt is empty")]
    public void Run_EmptyPrompt_IsInvalid(string prompt, string words)
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { Prompt = prompt }));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A host far away cannot reach this machine, and a pretended one here can; whoever listens elsewhere needs https from both.
    /// </summary>
    [Theory]
    [InlineData("http://127.0.0.1:9000/muapi", "http://127.0.0.1:8400/hook", true)]
    [InlineData("http://localhost:9000/muapi", "http://[::1]:8400/hook", true)]
    [InlineData("http://127.0.0.1:9000/muapi", "http://hooks.example/x", false)]
    [InlineData("https://api.muapi.ai/api/v1/", "http://127.0.0.1:8400/hook", false)]
    [InlineData("https://api.muapi.ai/api/v1/", "https://hooks.example/x", true)]
    public void Run_CallbackAddress_MayBeHttpOnlyFromHereToHere(string provider, string callback, bool isRight)
    {
        Account account = new(ProviderRegistry.Find("Muapi")!, new Uri(provider), TestServices.Key);
        VideoRequest request = new() { Prompt = "a kite", Model = "seedance-2-mini", CallbackUri = new Uri(callback) };

        Exception? error = Record.Exception(() => PrepareSubmit.Run(account, request));

        Assert.Equal(isRight, error is null);
        Assert.Equal(!isRight, error?.Message.Contains("callback address must be https", StringComparison.Ordinal) == true);
    }

    /// <summary>The sheets: Muapi 3 (v2.0 extend, character), Seedance2Ai 2, ByteDance 3 (a draft's final video).</summary>
    [Theory]
    [InlineData("Muapi", "seedance-v2.0-extend", "request_id", null)]
    [InlineData("Muapi", "seedance-2-character", "outfit_description", "https://m.example/a.png")]
    [InlineData("Seedance2Ai", "seedance-2.0", null, "https://m.example/a.png")]
    [InlineData("BytePlus", "seedance-1.5-pro", "draft_task", null)]
    public void Run_EmptyPromptWhereTheHostHasItOptional_IsTakenAndNotSent(string provider, string model, string? option, string? image)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest request = new()
        {
            Model = model,
            ReferenceImages = image is null ? [] : [image],
            Options = option is null
                ? new Dictionary<string, object?>(StringComparer.Ordinal)
                : new Dictionary<string, object?>(StringComparer.Ordinal) { [option] = "x" },
        };

        PreparedSubmit prepared = PrepareSubmit.Run(account, request);

        Assert.DoesNotContain("prompt", account.Adapter.BuildSubmit(prepared.Request, prepared.Capability.Model).Json!.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Muapi", "seedance-2-character", "https://m.example/a.png")]
    [InlineData("Seedance2Ai", "seedance-2.0", null)]
    [InlineData("BytePlus", "seedance-1.5-pro", null)]
    public void Run_EmptyPromptWithNothingInItsPlace_IsInvalid(string provider, string model, string? image)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));

        SeedanceException error =
            Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(account, new VideoRequest { Model = model, ReferenceImages = image is null ? [] : [image] }));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
    }

    /// <summary>
    /// The sheets: -1 at ByteDance (2.x, 1.5), Apiyi, Atlas Cloud (2.x) and Replicate (2.0), "auto" at Fal; nowhere else.
    /// </summary>
    [Theory]
    [InlineData("BytePlus", "seedance-2.5", "\"duration\":-1")]
    [InlineData("Volcengine", "seedance-1.5-pro", "\"duration\":-1")]
    [InlineData("Apiyi", "seedance-2-mini", "\"duration\":-1")]
    [InlineData("AtlasCloud", "seedance-2.5", "\"duration\":-1")]
    [InlineData("Replicate", "seedance-2.0", "\"duration\":-1")]
    [InlineData("Fal", "seedance-2.0", "\"duration\":\"auto\"")]
    [InlineData("BytePlus", "seedance-1.0-pro", null)]
    [InlineData("AtlasCloud", "seedance-1.5-pro", null)]
    [InlineData("Muapi", "seedance-2-mini", null)]
    [InlineData("ModelsLab", "seedance", null)]
    [InlineData("Seedance2Ai", "seedance-2.0", null)]
    public void Run_LengthLeftToTheModel_IsSentWhereItCanChooseAndHasNoPrice(string provider, string name, string? sent)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest request = Request() with { Model = name, DurationSeconds = -1 };

        if (sent is null)
        {
            SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, request));
            Assert.Contains("that the model chooses", error.Message, StringComparison.Ordinal);
            return;
        }

        PreparedSubmit prepared = PrepareSubmit.Run(account, request);

        Assert.Contains(
            sent, account.Adapter.BuildSubmit(prepared.Request, prepared.Capability.Model).Json!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(prepared.Estimate);
        Assert.DoesNotContain("-1 s", prepared.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Run_NoDuration_IsInvalid(int seconds) => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(), Request() with { DurationSeconds = seconds })).Code);

    [Fact]
    public void Run_AtlasCloudEditOf25ByItsOption_IsStillTaken()
    {
        Account atlas = TestServices.Account(ProviderRegistry.Find("AtlasCloud"));
        VideoRequest request = Request() with
        {
            Model = "seedance-2.5",
            ReferenceVideos = ["https://m.example/a.mp4"],
            Options = new Dictionary<string, object?>(StringComparer.Ordinal) { ["omni_reference_task_type"] = "edit", ["duration"] = -1 },
        };

        PreparedSubmit prepared = PrepareSubmit.Run(atlas, request);

        Assert.Contains("\"duration\":-1", atlas.Adapter.BuildSubmit(prepared.Request, prepared.Capability.Model).Json!.ToJsonString(),
            StringComparison.Ordinal);
    }

    /// <summary>
    /// What the sheets have as open or contradictory (Muapi 4 and 11.8, ByteDance 12.1 to 12.3, ModelsLab 4, Fal, Apiyi 9.4), and limits
    /// that they do not have at all.
    /// </summary>
    [Theory]
    [InlineData("BytePlus", "seedance-2.0", "Seed=7", "for 1.x only")]
    [InlineData("Apiyi", "seedance-2.0", "Seed=7", "do not say whether a seed reaches 2.x")]
    [InlineData("BytePlus", "seedance-1.0-pro", "Seed=2147483648", "ends at 2147483647")]
    [InlineData("ModelsLab", "seedance", "Duration=11", "3 to 10 s")]
    [InlineData("ModelsLab", "seedance", "Duration=3", "4 to 30 s")]
    [InlineData("Fal", "seedance-2.0", "Seed=7", "OpenAPI")]
    [InlineData("Muapi", "seedance-2.5", "Duration=17", "up to 16 s")]
    [InlineData("Muapi", "seedance-2.5", "Images=21", "20 images")]
    [InlineData("Muapi", "seedance-2.0", "Duration=20", "is assumed")]
    [InlineData("Muapi", "seedance-2.0", "Ratio=9:21", "is assumed")]
    [InlineData("Muapi", "seedance-2.0", "Images=10", "is assumed")]
    [InlineData("Muapi", "seedance-2.0-vip", "Duration=3", "is assumed")]
    [InlineData("Muapi", "seedance-2.0-vip", "Ratio=9:21", "is assumed")]
    [InlineData("Muapi", "seedance-2.0-vip", "Images=10", "is assumed")]
    public void Run_BeyondADisputedLimit_PassesWithOneWarningThatNamesTheSource(string provider, string name, string asked, string words)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find(provider)), Asking(name, asked));

        Assert.Contains(words, Assert.Single(prepared.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BytePlus", "seedance-2.5", "Resolution=720p")]
    [InlineData("Apiyi", "seedance-2.5", "Resolution=1080p")]
    [InlineData("BytePlus", "seedance-1.0-pro", "Seed=2147483647")]
    [InlineData("AtlasCloud", "seedance-2.0", "Seed=7")]
    [InlineData("ModelsLab", "seedance", "Duration=10")]
    [InlineData("Muapi", "seedance-2.5", "Duration=16")]
    [InlineData("Muapi", "seedance-2.5", "Images=20")]
    [InlineData("Muapi", "seedance-2.0-vip", "Images=9")]
    public void Run_WithinADisputedLimit_PassesInSilence(string provider, string name, string asked) =>
        Assert.Empty(PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find(provider)), Asking(name, asked)).Warnings);

    [Theory]
    [InlineData("Muapi", "seedance-2.5", "Duration=31")]
    [InlineData("Muapi", "seedance-2.5", "Images=31")]
    [InlineData("ModelsLab", "seedance", "Duration=31")]
    [InlineData("BytePlus", "seedance-2.5", "Resolution=4k")]
    public void Run_BeyondEverySource_IsRefused(string provider, string name, string asked) =>
        Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find(provider)), Asking(name, asked)));

    /// <summary>
    /// The sheets: Muapi 20,000 (section 4), ModelsLab 2,000 (4), Replicate 2.5 2,000; ByteDance has an advice and no limit.
    /// </summary>
    [Theory]
    [InlineData("Muapi", "seedance-2-mini", 20_000)]
    [InlineData("ModelsLab", "seedance", 2_000)]
    [InlineData("Replicate", "seedance-2.5", 2_000)]
    [InlineData("BytePlus", "seedance-2.0", int.MaxValue)]
    public void Run_LongPrompt_IsHeldToTheLimitOfTheModel(string provider, string name, int limit)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest request = Request() with { Model = name, Prompt = new string('a', Math.Min(limit, 30_000)) };

        PrepareSubmit.Run(account, request);

        if (limit < int.MaxValue)
        {
            SeedanceException error =
                Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, request with { Prompt = request.Prompt + "a" }));
            Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
            Assert.Contains(FormattableString.Invariant($"{limit + 1} characters"), error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The sheets: Muapi 2.5 (section 4), ByteDance (4, the wider of two bounds), Atlas Cloud 2.0 (3).</summary>
    [Theory]
    [InlineData("Muapi", "seedance-2.5")]
    [InlineData("BytePlus", "seedance-1.5-pro")]
    [InlineData("AtlasCloud", "seedance-2.0")]
    public void Run_SeedOutOfRange_IsRefused(string provider, string name)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest request = Request() with { Model = name };

        Assert.All([-1L, 0L, 4_294_967_295L], seed => PrepareSubmit.Run(account, request with { Seed = seed }));
        Assert.All([-2L, 4_294_967_296L], seed =>
        {
            SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, request with { Seed = seed }));
            Assert.Contains("the model takes -1 to 4294967295", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("2k", true)]
    [InlineData("4K", true)]
    [InlineData("8k", false)]
    public void Run_UpscalingAtSeedance2Ai_IsOneOfItsTwoClasses(string upscale, bool taken)
    {
        Account account = TestServices.Account(ProviderRegistry.Find("Seedance2Ai"));

        Exception? error = Record.Exception(() => PrepareSubmit.Run(account, Request() with { Model = "seedance-2.0", Upscale = upscale }));

        Assert.Equal(taken, error is null);
        Assert.Equal(!taken, error?.Message.Contains("the model takes 2k, 4k", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Run_FramesAndReferences_IsInvalid()
    {
        VideoRequest request = Request() with { Image = "https://media.example/a.png", ReferenceImages = ["https://media.example/b.png"] };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), request));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("exclude each other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TooManyReferences_SaysHowManyTheModelTakes()
    {
        VideoRequest request = Request() with { ReferenceImages = ["https://m.example/1", "https://m.example/2", "https://m.example/3"] };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), request));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("3 reference images (the model takes 2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingLocalFile_IsReferenceUnreachable()
    {
        string path = Path.Combine(_folder, "none.png");

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { ReferenceImages = [path] }));

        Assert.Equal(ErrorCode.ReferenceUnreachable, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<html>not a picture</html>", "is no image")]
    public void Run_LocalFileThatIsNoImage_IsReferenceUnreachable(string content, string words)
    {
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllText(path, content);

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { ReferenceImages = [path] }));

        Assert.Equal(ErrorCode.ReferenceUnreachable, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LocalFileAtAHostThatTakesNone_IsRefusedBeforeAnythingIsSent()
    {
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllBytes(path, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        IProviderAdapter host = ProviderRegistry.Find("Seedance2Ai")!;

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(host), Request() with { Model = "seedance-2.0", Image = path }));

        Assert.Contains("takes no local files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LocalAudioAtAHostThatTakesLocalImages_SaysWhichFilesItDoesNotTake()
    {
        string path = Path.Combine(_folder, "a.mp3");
        File.WriteAllBytes(path, [0x49, 0x44, 0x33, 0, 0, 0, 0, 0]);
        IProviderAdapter host = ProviderRegistry.Find("Apiyi")!;

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(host), Request() with { Model = "seedance-2.5", ReferenceAudios = [path] }));

        Assert.Contains("takes no local audio files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoModelNamed_IsAnErrorThatListsThem()
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { Model = null }));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
        Assert.Contains("seedance-acme", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NeutralNameThatOnlyOthersHave_IsNotPassedThrough()
    {
        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Seedance2Ai")), Request() with { Model = "seedance-2.1" }));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
    }

    [Theory]
    [InlineData("seedance-mini", "seedance-2-mini")]
    [InlineData("seedance2-mini", "seedance-2-mini")]
    [InlineData("Seedence-2.1", "seedance-2.1")]
    [InlineData("mini", "seedance-2-mini")]
    public void Run_ModelThatIsLikeAKnownOne_IsAnErrorUnlessItIsAllowed(string model, string meant)
    {
        VideoRequest request = new() { Prompt = "a fox", Model = model };
        Account account = TestServices.Account(ProviderRegistry.Find("Muapi"));

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, request));

        Assert.Equal(ErrorCode.ModelNotFound, error.Code);
        Assert.Contains("did you mean " + meant, error.Message, StringComparison.Ordinal);
        PreparedSubmit sent = PrepareSubmit.Run(account, request, new RequestTerms { AllowUnknownModel = true });
        Assert.Equal(model, sent.Capability.Model.WireModel);
        Assert.NotEmpty(sent.Warnings);
    }

    [Fact]
    public void Run_TheHostsOwnUnknownId_PassesThroughWithAWarningAndWithoutAPrice()
    {
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), Request() with { Model = "acme-9-beta", DurationSeconds = 99 });

        Assert.Equal("acme-9-beta", prepared.Capability.Model.WireModel);
        Assert.Null(prepared.Estimate);
        Assert.Contains("acme-9-beta", Assert.Single(prepared.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherModelCouldTakeIt_SaysWhich()
    {
        Account muapi = TestServices.Account(ProviderRegistry.Find("Muapi"));

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(muapi, Request() with { Model = "seedance-2-mini", Resolution = "1080p" }));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("It could be taken by seedance-", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("at Muapi", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhatOnlyTheAdapterRefuses_IsRefusedBeforeAnUpload()
    {
        VideoRequest request = Request() with { Model = "task-model-of-theirs", Seed = 7 };

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Seedance2Ai")), request));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("eed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ModeIsMissing_NamesTheOtherViolationsToo()
    {
        VideoRequest request = Request() with { Model = "seedance-2.1", ReferenceImages = ["https://m.example/1.png"], Resolution = "8k",
            DurationSeconds = 99 };

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Muapi")), request));

        Assert.All(["no mode Reference", "8k", "99 s"], word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("reference images", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The sheets: 2.0 needs an image or a video at ByteDance (section 3), Atlas Cloud (3) and, for 2.5, Fal; 2.5 does not at ByteDance and
    /// Atlas Cloud.
    /// </summary>
    [Theory]
    [InlineData("BytePlus", "seedance-2.0", true)]
    [InlineData("Volcengine", "seedance-2.0-fast", true)]
    [InlineData("Apiyi", "seedance-2-mini", true)]
    [InlineData("AtlasCloud", "seedance-2.0", true)]
    [InlineData("Fal", "seedance-2.5", true)]
    [InlineData("BytePlus", "seedance-2.5", false)]
    [InlineData("Volcengine", "seedance-2.5", false)]
    [InlineData("Apiyi", "seedance-2.5", false)]
    [InlineData("AtlasCloud", "seedance-2.5", false)]
    public void Run_ReferenceAudioAlone_IsRefusedWhereTheModelNeedsAPicture(string provider, string name, bool refused)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest sound = Request() with { Model = name, ReferenceAudios = ["https://m.example/a.mp3"] };

        SeedanceException? error = (SeedanceException?)Record.Exception(() => PrepareSubmit.Run(account, sound));

        Assert.Equal(refused ? ErrorCode.UnsupportedByModel : null, error?.Code);
        Assert.Equal(refused, error?.Message.Contains("reference audio alone; the model needs", StringComparison.Ordinal) == true);
        PrepareSubmit.Run(account, sound with { ReferenceImages = ["https://m.example/a.png"] });
    }

    [Fact]
    public void Run_WhatTheAdapterRefuses_IsNamedWithTheRestAndWithWhoCouldTakeIt()
    {
        Account atlas = TestServices.Account(ProviderRegistry.Find("AtlasCloud"));
        VideoRequest other = Request() with { Model = "seedance-2.0",
            Options = new Dictionary<string, object?>(StringComparer.Ordinal) { ["model"] = "x" } };

        SeedanceException alone = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(atlas, other));
        SeedanceException both = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(atlas, other with { DurationSeconds = 40 }));

        Assert.Equal(ErrorCode.UnsupportedByModel, alone.Code);
        Assert.Contains("40 s", both.Message, StringComparison.Ordinal);
        Assert.Contains(alone.Message.TrimEnd('.'), both.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherCouldTakeIt_NamesNothingThatCannotBeChosen()
    {
        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(
                TestServices.Account(ProviderRegistry.Find("BytePlus")), Request() with { Model = "seedance-2.0", DurationSeconds = 40 }));

        Assert.DoesNotContain("Wireflow", error.RecommendedAction, StringComparison.Ordinal);
    }

    private static VideoRequest Asking(string model, string asked)
    {
        VideoRequest request = Request() with { Model = model };
        string value = asked.Substring(asked.IndexOf('=') + 1);
        return asked.Split('=')[0] switch
        {
            "Duration" => request with { DurationSeconds = int.Parse(value, CultureInfo.InvariantCulture) },
            "Seed" => request with { Seed = long.Parse(value, CultureInfo.InvariantCulture) },
            "Ratio" => request with { AspectRatio = value },
            "Images" => request with {
                ReferenceImages =
                [.. Enumerable.Range(0, int.Parse(value, CultureInfo.InvariantCulture)).Select(i => "https://m.example/" + i + ".png")] },
            _ => request with { Resolution = value },
        };
    }

    private static VideoRequest Request() => new() { Prompt = "a fox in snow", Model = "seedance-acme" };
}
