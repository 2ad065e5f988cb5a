using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class LimitsOfModelsTests : PrepareSuite
{
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
}
