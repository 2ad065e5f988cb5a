using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers.Muapi;

namespace Seedance.Core.Tests.Providers.Muapi;

public sealed class MuapiModelsTests
{
    private static readonly MuapiAdapter s_muapi = new();

    [Theory]
    [InlineData("seedance-2.1", 4, 12, "480p 720p 1080p", "720p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-2-mini", 4, 15, "480p 720p", "720p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-1.5-pro", 4, 12, "480p 720p 1080p", "720p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-1.5-pro-fast", 4, 12, "720p 1080p", "720p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-1.0-pro", 3, 12, "480p 720p 1080p", "480p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-1.0-pro-fast", 2, 12, "480p 720p 1080p", "480p", "16:9 9:16 1:1 3:4 4:3 21:9")]
    [InlineData("seedance-1.0-lite", 3, 12, "480p 720p 1080p", "480p", "16:9 9:16 1:1 4:3 3:4 9:21")]
    public void Row_TextToVideo_HasTheRangesOfTheSheet(string name, int min, int max, string resolutions, string resolution, string ratios)
    {
        SeedanceModel model = s_muapi.Capability(name, GenerationMode.TextToVideo).Model;

        Assert.Equal((min, max, 5), (model.MinDuration, model.MaxDuration, model.DefaultDuration));
        Assert.Equal((resolutions, resolution), (string.Join(' ', model.Resolutions), model.DefaultResolution));
        Assert.Equal((ratios, "16:9"), (string.Join(' ', model.AspectRatios), model.DefaultAspectRatio));
    }

    [Theory]
    [InlineData(null, "seedance-2.5-text-to-video")]
    [InlineData("480p", "seedance-2.5-text-to-video-480p")]
    [InlineData("1080p", "seedance-2.5-text-to-video-1080p")]
    [InlineData("4k", "seedance-2.5-text-to-video-4k")]
    [Trait("Sheet", "muapi §11.8")]
    public void Row_25_ResolutionChoosesTheEndpoint(string? resolution, string endpoint)
    {
        SeedanceModel model = s_muapi.Capability("seedance-2.5", GenerationMode.TextToVideo, resolution).Model;

        Assert.Equal(endpoint, model.WireModel);
        Assert.Equal((4, 30), (model.MinDuration, model.MaxDuration));
        Assert.Contains("9:21", model.AspectRatios);
        Assert.Contains("16 s", model.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seedance-2.0-vip", "720p", "seedance-2-vip-image-to-video")]
    [InlineData("seedance-2.0-vip", "1080p", "seedance-2-vip-image-to-video-1080p")]
    [InlineData("seedance-2.0-vip", "4k", "sd-2-vip-image-to-video-4k")]
    [InlineData("seedance-2.0-vip-fast", "720p", "seedance-2-vip-image-to-video-fast")]
    [InlineData("seedance-2.0-vip-fast", "1080p", "sd-2-vip-image-to-video-fast-1080p")]
    [Trait("Sheet", "muapi §11.7")]
    public void Row_Vip_ResolutionChoosesTheEndpointAndSaysThatThePrefixIsDisputed(string name, string resolution, string endpoint)
    {
        SeedanceModel model = s_muapi.Capability(name, GenerationMode.ImageToVideo, resolution).Model;

        Assert.Equal(endpoint, model.WireModel);
        Assert.Equal(resolution != "720p", model.Notes!.Contains("sd-2-vip", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seedance-2-character", GenerationMode.Reference, 3, 0)]
    [InlineData("seedance-2.0-watermark-remover", GenerationMode.Edit, 0, 1)]
    [InlineData("seedance-2-video-watermark-remover-pro", GenerationMode.Edit, 0, 1)]
    public void Row_Tool_TakesWhatTheSheetNamesAndNoMore(string endpoint, GenerationMode mode, int images, int videos)
    {
        SeedanceModel model = s_muapi.Row(endpoint, mode);

        Assert.Equal(
            (endpoint, images, videos, 0), (model.Name, model.MaxReferenceImages, model.MaxReferenceVideos, model.MaxReferenceAudios));
        Assert.Equal((null, null, null), (model.DefaultDuration, model.DefaultResolution, model.DefaultAspectRatio));
        Assert.Equal(model, ModelCatalogue.BuiltIn.Find(s_muapi, endpoint, GenerationMode.Reference, resolution: null)!.Model);
    }

    [Fact]
    public void Price_Tool_IsOneForTheSheetAndUnknownForTheRest()
    {
        SeedanceCost cost = s_muapi.Capability("seedance-2-character", GenerationMode.Reference).Price!.Estimate(new VideoRequest())!;

        Assert.Equal((0.18m, "USD", true), (cost.Amount, cost.Unit, cost.IsEstimate));
        Assert.Null(s_muapi.Capability("seedance-2.0-watermark-remover", GenerationMode.Edit).Price);
    }

    [Theory]
    [InlineData("seedance-2.5-video-edit", GenerationMode.Edit)]
    [InlineData("seedance-2.5-video-extend", GenerationMode.Extend)]
    [Trait("Sheet", "muapi §11.8")]
    public void Row_25EditAndExtend_SayThatTheirFieldsAreNotDocumented(string endpoint, GenerationMode mode)
    {
        SeedanceModel model = s_muapi.Row(endpoint, mode);

        Assert.Contains("not documented", model.Notes, StringComparison.Ordinal);
        Assert.Contains("does not exist yet", model.Notes, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (model.DefaultDuration, model.DefaultAspectRatio, model.PriceRule));
    }

    [Fact]
    [Trait("Sheet", "muapi §11.9")]
    public void Row_21_SaysThatTheEndpointsMayBeGated() =>
        Assert.Contains(
            "coming soon", s_muapi.Capability("seedance-2.1", GenerationMode.TextToVideo).Model.Notes, StringComparison.Ordinal);

    [Fact]
    public void Row_V20_HasExactDurationsAndAnOlderNamesOfItsOwn()
    {
        SeedanceModel model = s_muapi.Row("seedance-v2.0-t2v", GenerationMode.TextToVideo);

        Assert.Equal([5, 10, 15], model.Durations);
        Assert.Equal("seedance-2.0-legacy", model.Name);
        Assert.Equal("seedance-2-text-to-video", s_muapi.Capability("seedance-2.0", GenerationMode.TextToVideo).Model.WireModel);
    }

    [Theory]
    [InlineData("seedance-2-mini", GenerationMode.TextToVideo, "480p", 5, 0.40)]
    [InlineData("seedance-2-mini", GenerationMode.TextToVideo, "720p", 10, 1.50)]
    [InlineData("seedance-2.5", GenerationMode.TextToVideo, "480p", 5, 1.50)]
    [InlineData("seedance-2.5", GenerationMode.Reference, "720p", 5, 3.60)]
    [InlineData("seedance-2.0-vip", GenerationMode.TextToVideo, "720p", 5, 1.50)]
    [InlineData("seedance-2.0-vip-fast", GenerationMode.TextToVideo, "720p", 5, 1.05)]
    [InlineData("seedance-2.0-vip", GenerationMode.TextToVideo, "1080p", 5, 3.375)]
    [InlineData("seedance-2.0", GenerationMode.TextToVideo, "720p", 5, 1.25)]
    [InlineData("seedance-2.0-fast", GenerationMode.TextToVideo, "720p", 5, 0.75)]
    [InlineData("seedance-1.0-lite", GenerationMode.TextToVideo, "480p", 5, 0.10)]
    [InlineData("seedance-1.0-pro", GenerationMode.TextToVideo, "480p", 5, 0.18)]
    [InlineData("seedance-1.0-pro-fast", GenerationMode.TextToVideo, "480p", 5, 0.06)]
    [InlineData("seedance-1.5-pro", GenerationMode.TextToVideo, "720p", 5, 0.34)]
    [InlineData("seedance-1.5-pro-fast", GenerationMode.TextToVideo, "720p", 5, 0.26)]
    public void Price_ListedClip_IsTheListPrice(string name, GenerationMode mode, string resolution, int seconds, double dollars)
    {
        ModelCapability row = s_muapi.Capability(name, mode, resolution);
        SeedanceCost cost = row.Price!.Estimate(new VideoRequest { Resolution = resolution, DurationSeconds = seconds })!;

        Assert.Equal(((decimal)dollars, "USD", true), (cost.Amount, cost.Unit, cost.IsEstimate));
        Assert.Matches("2026", cost.Source);
    }

    [Fact]
    public void Price_NotListed_IsUnknownAndNotZero()
    {
        Assert.Null(s_muapi.Capability("seedance-2.1", GenerationMode.TextToVideo).Price);
        Assert.Null(s_muapi.Capability("seedance-1.0-pro",
            GenerationMode.TextToVideo).Price!.Estimate(new VideoRequest { Resolution = "1080p", DurationSeconds = 5 }));
        Assert.Null(s_muapi.Capability("seedance-2.0-vip-fast", GenerationMode.TextToVideo, "1080p").Price);
    }

    [Fact]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.True(s_muapi.Provider.ServerErrorWithoutIdCreatesNothing);
        Assert.Equal((5, "MUAPI_API_KEY", TimeSpan.FromHours(24)),
            (s_muapi.Provider.Concurrency, s_muapi.Provider.KeyVariable, s_muapi.Provider.UrlLifetime));
        Assert.Equal(20_000, s_muapi.Capability("seedance-2-mini", GenerationMode.TextToVideo).Model.MaxPromptLength);
        Assert.Equal(
            (9, 3, 3),
            s_muapi.Capability("seedance-2-mini", GenerationMode.Reference).Model is var omni
                ? (omni.MaxReferenceImages, omni.MaxReferenceVideos, omni.MaxReferenceAudios)
                : default);
        Assert.All(s_muapi.Models.Where(row => row.Model.Features.Contains("Seed")),
            row => Assert.StartsWith("seedance-2.5", row.Model.Name, StringComparison.Ordinal));
    }
}
