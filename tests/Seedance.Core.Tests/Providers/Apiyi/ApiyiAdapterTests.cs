using Seedance.Accounts;
using Seedance.Models;
using Seedance.Money;
using Seedance.Providers;
using Seedance.Providers.Apiyi;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Apiyi;

public sealed class ApiyiAdapterTests
{
    private const string Page = "<!doctype html><html><body>APIYI</body></html>";
    private const string Fast = "doubao-seedance-2-0-fast-260128";

    private static readonly ApiyiAdapter s_apiyi = new();
    private static readonly ProviderJob s_job = new() { Id = "cgt-20260801120000-ab12c", WireModel = Fast };
    private static readonly VideoRequest s_text = new() { Prompt = "a fox crosses fresh snow", DurationSeconds = 5, Resolution = "720p",
        AspectRatio = "16:9", GenerateAudio = true };

    [Fact]
    [Trait("Sheet", "apiyi §1 trap")]
    public void BuildSubmit_SampleOfTheSheet_IsFieldForFieldAndWantsNoCompression()
    {
        WireRequest message = s_apiyi.BuildSubmit(s_text, s_apiyi.Row(Fast, GenerationMode.TextToVideo));

        Assert.Equal((HttpMethod.Post, "contents/generations/tasks"), (message.Method, message.Route));
        Assert.Contains(new("Accept-Encoding", "identity"), message.Headers);
        SameJson(
            """{"model":"doubao-seedance-2-0-fast-260128","content":[{"type":"text","text":"a fox crosses fresh snow"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true}""",
            message.Json);
    }

    [Fact]
    public void BuildSubmit_FramesAndReferences_HaveArksRoles()
    {
        SameJson(
            """
            {"model":"doubao-seedance-2-0-fast-260128","content":[{"type":"text","text":"a fox crosses fresh snow"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"},"role":"first_frame"},
             {"type":"image_url","image_url":{"url":"asset://7"},"role":"last_frame"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":3,"watermark":true}
            """,
            s_apiyi.BuildSubmit(
                s_text with { Image = "data:image/png;base64,iVBO", LastFrame = "asset://7", Seed = 3,
                    Options = new Dictionary<string, object?> { ["watermark"] = true } },
                s_apiyi.Row(Fast, GenerationMode.FirstLastFrame)).Json);
        Assert.Equal(
            "\"reference_video\"",
            s_apiyi.BuildSubmit(s_text with { ReferenceVideos = ["https://ex.org/v.mp4"] },
                s_apiyi.Row(Fast, GenerationMode.Reference)).Json!["content"]![1]!["role"]!.ToJsonString());
    }

    public static TheoryData<VideoRequest> WithoutAField =>
    [
        s_text with { CallbackUri = new Uri("https://h.ex.org") }, s_text with { HighBitrate = true }, s_text with { Upscale = "2k" },
        s_text with { Sandbox = true },
        s_text with { CameraFixed = true }, s_text with { Options = new Dictionary<string, object?> { ["model"] = "x" } },
    ];

    [Theory]
    [MemberData(nameof(WithoutAField), DisableDiscoveryEnumeration = true)]
    public void BuildSubmit_NoFieldForIt_IsRefusedAndNotDropped(VideoRequest request) => Assert.Equal(
        ErrorCode.UnsupportedByModel,
        Assert.Throws<SeedanceException>(() => s_apiyi.BuildSubmit(request, s_apiyi.Row(Fast, GenerationMode.TextToVideo))).Code);

    [Fact]
    [Trait("Sheet", "apiyi §9.3")]
    public void BuildSubmit_CallbackAsAnOption_IsTheUsersOwnTry() => Assert.Equal(
        "https://h.ex.org",
        (string?)s_apiyi.BuildSubmit(
            s_text with { Options = new Dictionary<string, object?> { ["callback_url"] = "https://h.ex.org" } },
            s_apiyi.Row(Fast, GenerationMode.TextToVideo)).Json!["callback_url"]);

    [Fact]
    public void BuildSubmit_FlagInThePrompt_IsRefused() => Assert.Throws<SeedanceException>(() =>
        s_apiyi.BuildSubmit(s_text with { Prompt = "a fox --rs 1080p" }, s_apiyi.Row(Fast, GenerationMode.TextToVideo)));

    [Theory]
    [InlineData("seedance-2.5", "doubao-seedance-2-5-260628", "480p 720p 1080p", 30)]
    [InlineData("seedance-2.0", "doubao-seedance-2-0-260128", "480p 720p 1080p", 15)]
    [InlineData("seedance-2.0-fast", Fast, "480p 720p", 15)]
    [InlineData("seedance-2-mini", "doubao-seedance-2-0-mini-260615", "480p 720p", 15)]
    [Trait("Sheet", "apiyi §9.1 §9.4")]
    public void Rows_Models_AreThoseOfTheSheet(string name, string wire, string resolutions, int longest)
    {
        SeedanceModel[] rows = [.. s_apiyi.Models.Select(row => row.Model).Where(row => row.Name == name)];

        Assert.Equal([GenerationMode.TextToVideo, GenerationMode.ImageToVideo, GenerationMode.FirstLastFrame, GenerationMode.Reference],
            rows.Select(row => row.StartsFrom));
        Assert.All(rows,
            row => Assert.Equal(
            (wire, resolutions, 4, longest), (row.WireModel, string.Join(' ', row.Resolutions), row.MinDuration, row.MaxDuration)));
        Assert.All(rows, row => Assert.Equal(["Audio", "Seed"], row.Features));
        Assert.All(rows, row => Assert.Contains("Whether the seed reaches 2.x is not documented", row.Notes, StringComparison.Ordinal));
        Assert.Equal(16, s_apiyi.Models.Count);
    }

    [Fact]
    public void Rows_ImageOf25_AdaptsToTheImage()
    {
        Assert.Equal(["adaptive"], s_apiyi.Capability("seedance-2.5", GenerationMode.ImageToVideo).Model.AspectRatios);
        Assert.Equal(30, s_apiyi.Capability("seedance-2.5", GenerationMode.Reference).Model.MaxReferenceImages);
        Assert.Contains(
            "SeeDance25", s_apiyi.Capability("seedance-2.5", GenerationMode.TextToVideo).Price!.Source, StringComparison.Ordinal);
        Assert.Contains(
            "'no available channel'", s_apiyi.Capability("seedance-2.5", GenerationMode.Reference).Model.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "SeeDance25", s_apiyi.Capability("seedance-2.0", GenerationMode.Reference).Model.Notes, StringComparison.Ordinal);
        Assert.Contains(
            "not open to everybody", s_apiyi.Capability("seedance-2.5", GenerationMode.TextToVideo).Model.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seedance-2-mini", "720p", 5, 0.4508)]
    [InlineData("seedance-2.0-fast", "720p", 5, 0.7253)]
    [InlineData("seedance-2.0", "720p", 5, 0.9074)]
    [InlineData("seedance-2.0", "720p", 10, 1.8148)]
    [InlineData("seedance-2.5", "720p", 5, 1.3721)]
    [InlineData("seedance-2.5", "1080p", 5, 3.09)]
    public void Price_ListOfTheSheet_IsLinearInSeconds(string name, string resolution, int seconds, double dollars) => Assert.Equal(
        ((decimal)dollars, "USD"),
        Estimate(name, resolution, seconds) is { } cost ? (cost.Amount, cost.Unit) : default);

    [Theory]
    [InlineData("seedance-2.0", "480p")]
    [InlineData("seedance-2.0", "1080p")]
    [InlineData("seedance-2-mini", "480p")]
    public void Price_WhatTheListDoesNotName_IsUnknown(string name, string resolution) => Assert.Null(Estimate(name, resolution, 5));

    [Fact]
    [Trait("Sheet", "apiyi §1 trap")]
    public void WebPageIn200_OfASubmit_ProvesNothing()
    {
        WireResponse page = Answer(200, Page, ("Content-Type", "text/html"));
        SubmitReading? reading = null;

        SeedanceException error = Assert.Throws<SeedanceException>(() => reading = s_apiyi.ReadSubmit(page));

        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Assert.Contains("text/html", error.Message, StringComparison.Ordinal);
        Assert.Equal(SubmitOutcome.Ambiguous, SubmitClassifier.OfAnswer(200, reading));
    }

    [Fact]
    [Trait("Sheet", "apiyi §1 trap")]
    public void WebPageIn200_OfAPollOrTheBalance_IsAProtocolErrorThatPointsAtTheAddress()
    {
        WireResponse page = Answer(200, Page, ("Content-Type", "text/html"));

        Assert.Contains("base address", Assert.Throws<SeedanceException>(() => s_apiyi.ReadPoll(s_job, page)).RecommendedAction,
            StringComparison.Ordinal);
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<SeedanceException>(() => s_apiyi.ReadCredits(page)).Code);
    }

    [Fact]
    [Trait("Sheet", "apiyi §5")]
    public async Task Credits_OverTheNetwork_UseTheOtherAddressAndTheRawSecondSecret()
    {
        ScriptedHandler network = new ScriptedHandler().Answer(200, """{"success":true,"data":{"quota":24997909}}""");
        using TestServices kit = new(network);
        Account account = new(s_apiyi, s_apiyi.Provider.BaseUri, "sk-key-0123456789", "system-token-9876543210");

        await GetCredits.RunAsync(kit.Services, account, kit.Output, TestContext.Current.CancellationToken);

        var (method, address, _, headers) = Assert.Single(network.Requests);
        Assert.Equal((HttpMethod.Get, "https://api.apiyi.com/api/user/self"), (method, address.AbsoluteUri));
        Assert.Contains("Authorization: system-token-9876543210", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-key", headers, StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding: identity", headers, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Sheet", "apiyi §5")]
    public async Task Credits_WithoutTheSecondSecret_AreNotConfiguredAndAskNobody()
    {
        ScriptedHandler network = new();
        using TestServices kit = new(network);
        Account account = new(s_apiyi, s_apiyi.Provider.BaseUri, "sk-key-0123456789");

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(
            () => GetCredits.RunAsync(kit.Services, account, kit.Output, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.CredentialMissing, error.Code);
        Assert.Contains("APIYI_ACCESS_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.Empty(network.Requests);
    }

    [Fact]
    [Trait("Sheet", "apiyi §1 trap")]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal("https://api.apiyi.com/seedance/api/v3", s_apiyi.Provider.BaseUri.AbsoluteUri);
        Assert.Equal(("APIYI_API_KEY", "APIYI_ACCESS_TOKEN", false),
            (s_apiyi.Provider.KeyVariable, s_apiyi.Provider.SecondKeyVariable, s_apiyi.Provider.AcceptsCompression));
        Assert.Equal(TimeSpan.FromSeconds(10), s_apiyi.Provider.PollFloor);
        Assert.False(s_apiyi.Provider.ServerErrorWithoutIdCreatesNothing);
        Assert.IsNotAssignableFrom<ICancelsJobs>(s_apiyi);
        Assert.IsNotAssignableFrom<IListsJobs>(s_apiyi);
        Assert.IsNotAssignableFrom<IReadsCallbacks>(s_apiyi);
        Assert.Equal(0, s_apiyi.InlineLimit(MediaType.Video));
        Assert.Equal([new("Accept-Encoding", "identity"), new("Authorization", "Bearer KEY")],
            s_apiyi.Sign(s_apiyi.BuildPoll(s_job), "KEY").Headers);
    }

    private static SeedanceCost? Estimate(string name, string resolution, int seconds) =>
        s_apiyi.Capability(
            name, GenerationMode.TextToVideo).Price!.Estimate(new VideoRequest { Resolution = resolution, DurationSeconds = seconds });
}
