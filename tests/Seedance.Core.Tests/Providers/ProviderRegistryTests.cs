using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

public sealed class ProviderRegistryTests
{
    private static readonly string[] s_features = ["Audio", "Seed", "CameraFixed", "HighBitrate", "Upscale", "Callback", "Sandbox"];

    public static TheoryData<string> Names => [.. ProviderRegistry.Names];

    /// <summary>What makes no new video has none, and the last two are known by name alone.</summary>
    private static readonly string[] s_withoutResolution =
    [
        "seedance-2-character", "seedance-2.0-watermark-remover", "seedance-2-video-watermark-remover-pro", "seedance-2.5-video-edit",
        "seedance-2.5-video-extend",
        "bytedance/seedance-1.5-pro", // It chooses by itself.
    ];

    [Theory]
    [InlineData("muapi", "Muapi")]
    [InlineData("byteplus", "BytePlus")]
    [InlineData("Volcengine", "Volcengine")]
    [InlineData("apiyi", "Apiyi")]
    [InlineData("SEEDANCE2AI", "Seedance2Ai")]
    [InlineData("Simulator", "Simulator")]
    public void Find_AnyCase_ReturnsTheOneAdapter(string asked, string name)
    {
        Assert.Equal(name, ProviderRegistry.Find(asked)!.Provider.Name);
        Assert.Same(ProviderRegistry.Find(asked), ProviderRegistry.Find(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme")]
    public void Find_UnknownName_ReturnsNull(string? name) => Assert.Null(ProviderRegistry.Find(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Entry_Name_IsTheAdaptersOwn(string name) => Assert.Equal(name, ProviderRegistry.Find(name)!.Provider.Name);

    /// <summary>A key that two hosts read would be sent to both; the two houses of Ark name theirs alike.</summary>
    [Fact]
    public void KeyVariables_EachOfThem_IsOneHostsAlone()
    {
        IEnumerable<string> shared = ProviderRegistry.All.Where(adapter => adapter.Provider.KeyVariable is not null)
            .GroupBy(adapter => adapter.Provider.KeyVariable!, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Select(adapter => WireText.HostOf(adapter.Provider.Name)).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(shared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_AllOfThem_AreCompleteAndDated(string name)
    {
        foreach (ModelCapability row in ProviderRegistry.Find(name)!.Models)
        {
            SeedanceModel model = row.Model;
            Assert.Equal(name, model.Provider);
            Assert.NotEmpty(model.Name);
            Assert.NotEmpty(model.WireModel);
            Assert.NotEmpty(model.Source);
            Assert.Matches("^20[0-9]{2}-[0-9]{2}(-[0-9]{2})?$", model.SourceDate);
            Assert.All(model.Features, feature => Assert.Contains(feature, s_features));
            if (ProviderRegistry.Find(name)!.Provider.UserModelId is not null)
            {
                continue; // What an object of the user's own takes, no catalogue knows.
            }

            if (s_withoutResolution.Contains(model.WireModel))
            {
                Assert.Null(model.DefaultResolution);
                Assert.Empty(model.Resolutions);
            }
            else
            {
                Assert.Contains(model.DefaultResolution!, model.Resolutions);
            }

            Assert.True(model.DefaultAspectRatio is null
                ? model.AspectRatios.Count == 0
                : model.AspectRatios.Contains(model.DefaultAspectRatio), model.WireModel);
            Assert.True(model.DefaultDuration is null
                || (model.DefaultDuration >= model.MinDuration && model.DefaultDuration <= model.MaxDuration), model.WireModel);
            Assert.True(model.Durations.Count == 0 || model.Durations.Contains(model.DefaultDuration!.Value), model.WireModel);
            Assert.True(row.Price is null || model.PriceRule is not null, model.WireModel);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_OfOneNameAndMode_DifferInEndpointAndResolution(string name)
    {
        var doubles = ProviderRegistry.Find(name)!.Models
            .Where(row => row.Model.StartsFrom != GenerationMode.Extend)
            .SelectMany(row => row.Model.Resolutions.Select(resolution => (row.Model.Name, row.Model.StartsFrom, resolution)))
            .GroupBy(key => key)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(doubles);
    }
}
