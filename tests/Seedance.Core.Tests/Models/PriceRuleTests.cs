using Seedance.Models;

namespace Seedance.Core.Tests.Models;

public sealed class PriceRuleTests
{
    private static readonly PriceRule s_rule = new()
    {
        Unit = "credits",
        Source = "list",
        PerSecond = new Dictionary<string, decimal> { [PriceRule.AnyResolution] = 40 },
        ReferenceVideoFactor = 2,
        Upscale = new Dictionary<string, decimal> { ["2k"] = 100 },
    };

    [Theory]
    [InlineData("2k", null)]
    [InlineData("720p", "2k")]
    [InlineData("2k", "2k")]
    public void Estimate_UpscalingAskedEitherWay_AddsTheSurchargeOnce(string resolution, string? upscale) =>
        Assert.Equal(300, s_rule.Estimate(new VideoRequest { DurationSeconds = 5, Resolution = resolution, Upscale = upscale })!.Amount);

    [Fact]
    public void Estimate_UnlistedUpscale_IsUnknown() =>
        Assert.Null(s_rule.Estimate(new VideoRequest { DurationSeconds = 5, Upscale = "8k" }));

    [Fact]
    public void Describe_AllParts_ReadsAsASentence() =>
        Assert.Equal("40 credits a second, times 2 with reference videos, 100 more for 2k", s_rule.Describe());

    [Theory]
    [InlineData(true, 200)]
    [InlineData(null, 200)]
    [InlineData(false, 100)]
    public void Estimate_SoundSwitchedOff_IsCheaperWhereTheListSaysSo(bool? audio, int price) =>
        Assert.Equal(
            price, (s_rule with { SilentFactor = 0.5m }).Estimate(new VideoRequest { DurationSeconds = 5, GenerateAudio = audio })!.Amount);

    [Fact]
    public void Estimate_ReferenceVideosOfUnknownPrice_IsUnknown()
    {
        PriceRule rule = s_rule with { ReferenceVideoFactor = null, SilentFactor = 0.5m };

        Assert.Null(rule.Estimate(new VideoRequest { DurationSeconds = 5, ReferenceVideos = ["https://ex.org/v.mp4"] }));
        Assert.Equal("40 credits a second, unknown with reference videos, times 0.5 without sound, 100 more for 2k", rule.Describe());
    }
}
