using Seedance.Core.Tests.Providers;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Core.Tests.Updates;

/// <summary>
/// Prices per million tokens: the contract sheet of ByteDance's API, section 10. A measured 720p clip of 5 s has 108,900 tokens.
/// </summary>
public sealed class TokenBillTests
{
    [Theory]
    [InlineData("Volcengine", "doubao-seedance-2-0-260128", "720p", null, 108_900, 5.0094, "CNY")]
    [InlineData("Volcengine", "doubao-seedance-2-0-260128", "1080p", null, 245_025, 12.496275, "CNY")]
    [InlineData("Volcengine", "doubao-seedance-1-5-pro-251215", "720p", true, 100_000, 1.6, "CNY")]
    [InlineData("Volcengine", "doubao-seedance-1-5-pro-251215", "720p", false, 100_000, 0.8, "CNY")]
    [InlineData("BytePlus", "dreamina-seedance-2-0-mini-260615", "720p", null, 108_900, 0.38115, "USD")]
    [InlineData("BytePlus", "seedance-1-5-pro-251215", "720p", true, 100_000, 0.24, "USD")]
    [InlineData("BytePlus", "seedance-1-5-pro-251215", "720p", false, 100_000, 0.12, "USD")]
    [InlineData("BytePlus", "seedance-1-0-pro-250528", "1080p", null, 100_000, 0.25, "USD")]
    [InlineData("BytePlus", "seedance-1-0-lite-t2v-250428", "720p", null, 100_000, 0.18, "USD")]
    [InlineData("BytePlus", "dreamina-seedance-2-0-260128", "720p", null, 108_000, 0.756, "USD")]
    [InlineData("BytePlus", "dreamina-seedance-2-5-260628", "1080p", null, 100_000, 1.17, "USD")]
    [InlineData("Volcengine", "doubao-seedance-2-5-260628", "720p", null, 100_000, 7.0, "CNY")]
    public void Apply_TokensOfAModelWithAPrice_AreSettledInMoneyAndStayVisible(
        string provider, string wireModel, string resolution, bool? audio, int tokens, double amount, string unit)
    {
        SeedanceCost cost = Settle(provider, wireModel,
            new VideoRequest { Prompt = "p", Resolution = resolution, DurationSeconds = 5, GenerateAudio = audio }, tokens);

        Assert.Equal(((decimal)amount, unit, true), (Math.Round(cost.Amount, 6), cost.Unit, cost.IsEstimate));
        Assert.Contains(FormattableString.Invariant($"{tokens} tokens"), cost.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Volcengine", "doubao-seedance-2-0-260128", "720p", 2.8)]
    [InlineData("Volcengine", "doubao-seedance-2-0-260128", "1080p", 3.1)]
    [InlineData("Volcengine", "doubao-seedance-2-0-fast-260128", "720p", 2.2)]
    [InlineData("BytePlus", "dreamina-seedance-2-0-260128", "4k", 0.24)]
    [InlineData("BytePlus", "dreamina-seedance-2-5-260628", "720p", 0.64)]
    public void Apply_ReferenceVideos_HaveThePriceOfTheirOwn(string provider, string wireModel, string resolution, double amount) =>
        Assert.Equal(
        (decimal)amount,
        Settle(provider, wireModel, new VideoRequest { Prompt = "p", Resolution = resolution, ReferenceVideos = ["https://ex.org/v.mp4"] },
            100_000).Amount);

    [Fact]
    public void Apply_FlexTier_IsHalf() =>
        Assert.Equal(0.125m,
            Settle("BytePlus", "seedance-1-0-pro-250528", With("service_tier", "flex") with { Resolution = "720p" }, 100_000).Amount);

    [Fact]
    public void Apply_WhatTheListDoesNotPrice_StaysInTokens()
    {
        VideoRequest request = new() { Prompt = "p", Resolution = "720p" };
        VideoRequest video = request with { ReferenceVideos = ["https://ex.org/v.mp4"] };

        Assert.All(
            [
                Settle("BytePlus", "seedance-1-0-lite-i2v-250428", video, 5),
                Settle("BytePlus", "seedance-1-5-pro-251215", With("draft", true) with { Resolution = "480p" }, 5),
                Settle("Volcengine", "doubao-seedance-1-0-lite-t2v-250428", request, 5),
                Settle("Volcengine", "ep-20260801", request, 5),
                Settle("Apiyi", "doubao-seedance-2-0-260128", request, 5),
                Settle("AtlasCloud", "bytedance/seedance-2.0/text-to-video", request, 5),
            ],
            cost => Assert.Equal((5m, "tokens"), (cost.Amount, cost.Unit)));
    }

    [Theory]
    [InlineData("draft", "true", true, "480p", 0.072)]
    [InlineData("draft", "true", false, "480p", 0.042)]
    [InlineData("service_tier", "flex", true, "720p", 0.13)]
    [InlineData("service_tier", "default", true, "720p", 0.26)]
    public void Estimate_DraftOrFlex_HasTheFactorOfTheSheet(string option, string value, bool audio, string resolution, double dollars)
    {
        PriceRule rule = ProviderRegistry.Find("BytePlus")!.Capability("seedance-1.5-pro", GenerationMode.TextToVideo).Price!;
        object given = bool.TryParse(value, out bool flag) ? flag : value;

        Assert.Equal((decimal)dollars,
            rule.Estimate(With(option, given) with { DurationSeconds = 5, Resolution = resolution, GenerateAudio = audio })!.Amount);
    }

    private static VideoRequest With(string option, object value) =>
        new() { Prompt = "p", Options = new Dictionary<string, object?>(StringComparer.Ordinal) { [option] = value } };

    private static SeedanceCost Settle(string provider, string wireModel, VideoRequest request, int tokens)
    {
        DateTimeOffset now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
        SeedanceJob job = new() { Id = "1", Provider = provider, WireModel = wireModel, Request = request, State = JobStatus.Running,
            CreatedAt = now };
        JobUpdate update = new()
        {
            Status = JobStatus.Succeeded, Cost = new SeedanceCost { Amount = tokens, Unit = "tokens", Source = "usage.completion_tokens" },
        };
        return JobMerge.Apply(new StoredJob(job), update, now).Job.ActualCost!;
    }
}
