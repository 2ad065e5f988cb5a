using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class PromptAndLengthTests : PrepareSuite
{
    [Fact]
    public void Run_NothingAskedButThePrompt_FillsInTheModelsDefaultsAndThePrice()
    {
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), Request());

        Assert.Equal((5, "720p", "16:9"), (prepared.Request.DurationSeconds, prepared.Request.Resolution, prepared.Request.AspectRatio));
        Assert.Equal((1.0m, "USD", true), (prepared.Estimate!.Amount, prepared.Estimate.Unit, prepared.Estimate.IsEstimate));
        Assert.Equal("Generate 5 s 720p with acme-1 at Acme (about 1 USD)", prepared.Describe());
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
}
