using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.Ark;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Ark;

public sealed class ArkModelsTests
{
    private static readonly ArkAdapter s_bytePlus = ArkHosts.CreateBytePlus();
    private static readonly ArkAdapter s_volcengine = ArkHosts.CreateVolcengine();

    [Theory]
    [InlineData("seedance-2.5", "dreamina-seedance-2-5-260628", "doubao-seedance-2-5-260628")]
    [InlineData("seedance-2.0", "dreamina-seedance-2-0-260128", "doubao-seedance-2-0-260128")]
    [InlineData("seedance-2.0-fast", "dreamina-seedance-2-0-fast-260128", "doubao-seedance-2-0-fast-260128")]
    [InlineData("seedance-2-mini", "dreamina-seedance-2-0-mini-260615", "doubao-seedance-2-0-mini-260615")]
    [InlineData("seedance-1.5-pro", "seedance-1-5-pro-251215", "doubao-seedance-1-5-pro-251215")]
    [InlineData("seedance-1.0-pro", "seedance-1-0-pro-250528", "doubao-seedance-1-0-pro-250528")]
    [InlineData("seedance-1.0-pro-fast", "seedance-1-0-pro-fast-251015", "doubao-seedance-1-0-pro-fast-251015")]
    [InlineData("seedance-1.0-lite", "seedance-1-0-lite-t2v-250428", "doubao-seedance-1-0-lite-t2v-250428")]
    public void Row_NeutralName_HasTheIdOfEachHouseAndKnowsTheOthers(string name, string bytePlus, string volcengine)
    {
        ModelCapability there = s_bytePlus.Capability(name, GenerationMode.TextToVideo);
        ModelCapability here = s_volcengine.Capability(name, GenerationMode.TextToVideo);

        Assert.Equal((bytePlus, volcengine), (there.Model.WireModel, here.Model.WireModel));
        Assert.Equal([volcengine], there.Aliases);
        Assert.Equal([bytePlus], here.Aliases);
        Assert.Equal(bytePlus, ModelCatalogue.BuiltIn.Find(s_bytePlus, volcengine, GenerationMode.TextToVideo, null)!.Model.WireModel);
    }

    [Theory]
    [InlineData("seedance-2.5", "TextToVideo ImageToVideo FirstLastFrame Reference", "480p 720p 1080p", 4, 30)]
    [InlineData("seedance-2.0", "TextToVideo ImageToVideo FirstLastFrame Reference", "480p 720p 1080p 4k", 4, 15)]
    [InlineData("seedance-2.0-fast", "TextToVideo ImageToVideo FirstLastFrame Reference", "480p 720p", 4, 15)]
    [InlineData("seedance-2-mini", "TextToVideo ImageToVideo FirstLastFrame Reference", "480p 720p", 4, 15)]
    [InlineData("seedance-1.5-pro", "TextToVideo ImageToVideo FirstLastFrame", "480p 720p 1080p", 4, 12)]
    [InlineData("seedance-1.0-pro", "TextToVideo ImageToVideo FirstLastFrame", "480p 720p 1080p", 2, 12)]
    [InlineData("seedance-1.0-pro-fast", "TextToVideo ImageToVideo", "480p 720p 1080p", 2, 12)]
    [InlineData("seedance-1.0-lite", "TextToVideo ImageToVideo FirstLastFrame Reference", "480p 720p 1080p", 2, 12)]
    public void Rows_OfOneName_HaveTheModesResolutionsAndLengthsOfTheSheet(
        string name, string modes, string resolutions, int shortest, int longest)
    {
        foreach (ArkAdapter house in new[] { s_bytePlus, s_volcengine })
        {
            SeedanceModel[] rows = [.. house.Models.Select(row => row.Model).Where(row => row.Name == name)];

            Assert.Equal(modes, string.Join(' ', rows.Select(row => row.StartsFrom)));
            Assert.All(rows,
                row => Assert.Equal((resolutions, shortest, longest, 5),
                (string.Join(' ', row.Resolutions), row.MinDuration, row.MaxDuration, row.DefaultDuration)));
        }
    }

    [Theory]
    [InlineData("seedance-2.5", 30, 10, 10)]
    [InlineData("seedance-2.0", 9, 3, 3)]
    [InlineData("seedance-2-mini", 9, 3, 3)]
    [InlineData("seedance-1.0-lite", 4, 0, 0)]
    public void Reference_Counts_AreThoseOfTheSheet(string name, int images, int videos, int audios)
    {
        SeedanceModel row = s_bytePlus.Capability(name, GenerationMode.Reference).Model;

        Assert.Equal((images, videos, audios), (row.MaxReferenceImages, row.MaxReferenceVideos, row.MaxReferenceAudios));
    }

    [Theory]
    [InlineData("seedance-2.5", GenerationMode.TextToVideo, 7, "adaptive", "720p")]
    [InlineData("seedance-2.5", GenerationMode.ImageToVideo, 1, "adaptive", "720p")]
    [InlineData("seedance-2.5", GenerationMode.FirstLastFrame, 1, "adaptive", "720p")]
    [InlineData("seedance-2.5", GenerationMode.Reference, 7, "adaptive", "720p")]
    [InlineData("seedance-2.0", GenerationMode.ImageToVideo, 7, "adaptive", "720p")]
    [InlineData("seedance-1.5-pro", GenerationMode.TextToVideo, 7, "adaptive", "720p")]
    [InlineData("seedance-1.0-pro", GenerationMode.TextToVideo, 7, "16:9", "1080p")]
    [InlineData("seedance-1.0-pro", GenerationMode.ImageToVideo, 7, "adaptive", "1080p")]
    [InlineData("seedance-1.0-lite", GenerationMode.TextToVideo, 7, "16:9", "1080p")]
    [Trait("Sheet", "bytedance-ark §12.7")]
    public void Defaults_RatioAndResolution_AreTheHostsAndSentExplicitly(
        string name, GenerationMode mode, int ratios, string ratio, string resolution)
    {
        SeedanceModel row = s_bytePlus.Capability(name, mode).Model;

        Assert.Equal((ratios, ratio, resolution), (row.AspectRatios.Count, row.DefaultAspectRatio, row.DefaultResolution));
    }

    [Theory]
    [InlineData("seedance-2.0", "Audio Seed Callback")]
    [InlineData("seedance-2.5", "Audio Seed Callback")]
    [InlineData("seedance-1.5-pro", "Audio Seed CameraFixed Callback")]
    [InlineData("seedance-1.0-pro", "Seed CameraFixed Callback")]
    public void Features_OfTheSheet_AreListed(string name, string features) =>
        Assert.Equal(features, string.Join(' ', s_bytePlus.Capability(name, GenerationMode.TextToVideo).Model.Features));

    [Fact]
    public void Features_CameraBesideReferenceImages_DoesNotExist() =>
        Assert.DoesNotContain("CameraFixed", s_bytePlus.Capability("seedance-1.0-lite", GenerationMode.Reference).Model.Features);

    [Fact]
    [Trait("Sheet", "bytedance-ark §12.2")]
    public void Rows_1080pOf25_IsPricedSinceBothHousesListIt()
    {
        ModelCapability row = s_bytePlus.Capability("seedance-2.5", GenerationMode.TextToVideo);

        Assert.Contains("1080p", row.Model.Resolutions);
        Assert.DoesNotContain(row.Model.Disputed, disputed => disputed.Parameter == Disputes.Resolution);
        Assert.Equal(2.845m, row.Price!.Estimate(new VideoRequest { Resolution = "1080p", DurationSeconds = 5 })!.Amount);
    }

    [Fact]
    public void Rows_NoSeedance21_BecauseByteDanceNamesNone() =>
        Assert.DoesNotContain(s_bytePlus.Models, row => row.Model.Name.Contains("2.1", StringComparison.Ordinal));

    [Theory]
    [InlineData("seedance-2.5", "480p", null, 0.515)]
    [InlineData("seedance-2.5", "720p", null, 1.155)]
    [InlineData("seedance-2.0", "480p", null, 0.35)]
    [InlineData("seedance-2.0", "720p", null, 0.75)]
    [InlineData("seedance-2.0", "1080p", null, 1.85)]
    [InlineData("seedance-2.0", "4k", null, 3.9)]
    [InlineData("seedance-2.0-fast", "720p", null, 0.6)]
    [InlineData("seedance-2-mini", "480p", null, 0.2)]
    [InlineData("seedance-1.5-pro", "1080p", true, 0.58)]
    [InlineData("seedance-1.5-pro", "1080p", false, 0.29)]
    [InlineData("seedance-1.0-pro", "1080p", null, 0.61)]
    [InlineData("seedance-1.0-pro-fast", "720p", null, 0.1)]
    public void Price_FiveSecondsAtBytePlus_IsThatOfItsTable(string name, string resolution, bool? audio, double dollars)
    {
        SeedanceCost cost = s_bytePlus.Capability(name, GenerationMode.TextToVideo).Price!.Estimate(
            new VideoRequest { Resolution = resolution, DurationSeconds = 5, GenerateAudio = audio })!;

        Assert.Equal(((decimal)dollars, "USD", true), (cost.Amount, cost.Unit, cost.IsEstimate));
        Assert.Contains("2026-08-13", cost.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("480p", 864, 480)]
    [InlineData("720p", 1248, 704)]
    [InlineData("1080p", 1920, 1088)]
    public void Price_OfLite_IsComputedFromItsTokens(string resolution, int width, int height)
    {
        decimal tokens = 5m * width * height * 24 / 1024;
        decimal price = s_bytePlus.Capability("seedance-1.0-lite", GenerationMode.TextToVideo).Price!.Estimate(
            new VideoRequest { Resolution = resolution, DurationSeconds = 5 })!.Amount;

        Assert.InRange(price, tokens * 1.8m / 1_000_000 * 0.99m, tokens * 1.8m / 1_000_000 * 1.01m);
    }

    /// <summary>
    /// Their seconds are billed as well, and only the host knows how many they are: the most that the model takes are counted.
    /// </summary>
    [Theory]
    [InlineData("BytePlus", "seedance-2.0", "720p", 1280, 720, 15, 4.3)]
    [InlineData("BytePlus", "seedance-2.0", "1080p", 1920, 1080, 15, 4.7)]
    [InlineData("BytePlus", "seedance-2.0-fast", "480p", 864, 496, 15, 3.3)]
    [InlineData("BytePlus", "seedance-2-mini", "720p", 1280, 720, 15, 2.1)]
    [InlineData("BytePlus", "seedance-2.5", "1080p", 1920, 1080, 30, 7.0)]
    [InlineData("Volcengine", "seedance-2.0", "720p", 1280, 720, 15, 28)]
    [InlineData("Volcengine", "seedance-2.5", "720p", 1280, 720, 30, 42)]
    public void Price_ReferenceVideos_IsTheMostThatItCanCome(
        string house, string name, string resolution, int width, int height, int longest, double perMillion)
    {
        SeedanceCost cost = (house == "BytePlus" ? s_bytePlus : s_volcengine).Capability(name, GenerationMode.Reference).Price!.Estimate(
            new VideoRequest { Resolution = resolution, DurationSeconds = 5, ReferenceVideos = ["https://ex.org/v.mp4"] })!;

        Assert.Equal((5m + longest) * width * height * 24 / 1024 / 1_000_000 * (decimal)perMillion, cost.Amount);
        Assert.EndsWith(
            FormattableString.Invariant($"; at most, with {longest} s of reference videos"), cost.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seedance-2.5", "720p", null, 1280, 720, 70)]
    [InlineData("seedance-2.5", "1080p", null, 1920, 1080, 77)]
    [InlineData("seedance-2-mini", "720p", null, 1280, 720, 23)]
    [InlineData("seedance-2.0", "480p", null, 864, 496, 46)]
    [InlineData("seedance-2.0", "720p", null, 1280, 720, 46)]
    [InlineData("seedance-2.0", "1080p", null, 1920, 1080, 51)]
    [InlineData("seedance-2.0-fast", "720p", null, 1280, 720, 37)]
    [InlineData("seedance-1.5-pro", "720p", true, 1280, 720, 16)]
    [InlineData("seedance-1.5-pro", "720p", false, 1280, 720, 8)]
    [InlineData("seedance-1.0-pro", "1080p", null, 1920, 1088, 15)]
    public void Price_AtVolcengine_IsTheFormulaOfTheSheetInYuan(
        string name, string resolution, bool? audio, int width, int height, int perMillion)
    {
        SeedanceCost cost = s_volcengine.Capability(name, GenerationMode.TextToVideo).Price!.Estimate(
            new VideoRequest { Resolution = resolution, DurationSeconds = 5, GenerateAudio = audio })!;

        Assert.Equal((5m * width * height * 24 / 1024 / 1_000_000 * perMillion, "CNY", true), (cost.Amount, cost.Unit, cost.IsEstimate));
    }

    [Theory]
    [InlineData("seedance-1.0-lite", "720p")]
    [InlineData("seedance-2.0", "4k")]
    public void Price_AtVolcengineWithoutYuanInTheSheet_IsUnknown(string name, string resolution) => Assert.Null(
        s_volcengine.Capability(
            name, GenerationMode.TextToVideo).Price?.Estimate(new VideoRequest { Resolution = resolution, DurationSeconds = 5 }));

    [Fact]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal("https://ark.ap-southeast.bytepluses.com/api/v3", s_bytePlus.Provider.BaseUri.AbsoluteUri);
        Assert.Equal("https://ark.cn-beijing.volces.com/api/v3", s_volcengine.Provider.BaseUri.AbsoluteUri);
        Assert.All([s_bytePlus, s_volcengine], house =>
        {
            Assert.Equal(("ARK_API_KEY", TimeSpan.FromSeconds(15), TimeSpan.FromHours(24)),
                (house.Provider.KeyVariable, house.Provider.PollFloor, house.Provider.UrlLifetime));
            Assert.False(house.Provider.ServerErrorWithoutIdCreatesNothing);
            Assert.False(house.Provider.TooManyRequestsMeansNoSlot);
            Assert.Equal([new("Authorization", "Bearer KEY")], house.Sign(WireRequest.Get("x"), "KEY").Headers);
        });
        Assert.Equal(["BytePlus", "Volcengine"], ProviderRegistry.All.OfType<ArkAdapter>().Select(house => house.Provider.Name));
    }
}
