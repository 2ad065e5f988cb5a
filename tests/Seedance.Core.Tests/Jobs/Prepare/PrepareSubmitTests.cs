using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Models;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class PrepareSubmitTests : PrepareSuite
{
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
    public void Run_ModeIsMissing_NamesTheOtherViolationsToo()
    {
        VideoRequest request = Request() with { Model = "seedance-2.1", ReferenceImages = ["https://m.example/1.png"], Resolution = "8k",
            DurationSeconds = 99 };

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Muapi")), request));

        Assert.All(["no mode Reference", "8k", "99 s"], word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("reference images", error.Message, StringComparison.Ordinal);
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
}
