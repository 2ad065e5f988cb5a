using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Core.Tests.Catalogue;

public sealed class ModelCatalogueRowsTests
{
    [Theory]
    [InlineData("seedance-2.5", GenerationMode.TextToVideo, null, "seedance-2.5-text-to-video")]
    [InlineData("seedance-2.5", GenerationMode.Reference, "480p", "seedance-2.5-omni-reference-480p")]
    [InlineData("seedance-2.0-vip", GenerationMode.ImageToVideo, "1080p", "seedance-2-vip-image-to-video-1080p")]
    [InlineData("seedance-2.0-legacy", GenerationMode.TextToVideo, "480p", "seedance-2.0-t2v-480p")]
    public void Find_NameModeAndResolution_ChooseTheEndpoint(string model, GenerationMode mode, string? resolution, string endpoint) =>
        Assert.Equal(endpoint, Find(model, mode, resolution)!.Model.WireModel);

    [Theory]
    [InlineData("seedance-2-vip-extend", GenerationMode.TextToVideo, GenerationMode.Extend)]
    [InlineData("seedance-v1.5-pro-video-extend", GenerationMode.Reference, GenerationMode.Extend)]
    [InlineData("seedance-v2.0-video-edit", GenerationMode.Reference, GenerationMode.Edit)]
    public void Find_ExtendAndEditEndpoints_AreReachedByTheirId(string endpoint, GenerationMode mediaSay, GenerationMode mode)
    {
        SeedanceModel model = Find(endpoint, mediaSay, resolution: null)!.Model;

        Assert.Equal((endpoint, mode), (model.WireModel, model.StartsFrom));
        Assert.NotEmpty(model.Source);
    }

    [Fact]
    public void Find_CatalogueName_LeadsToTheEndpointBehindIt() =>
        Assert.Equal("seedance-v2.0-t2v", Find("seedance-2-t2v", GenerationMode.TextToVideo, resolution: null)!.Model.WireModel);

    [Fact]
    public void Find_EndpointOfAnotherMode_IsNotFound() =>
        Assert.Null(Find("seedance-2.1-text-to-video", GenerationMode.ImageToVideo, resolution: null));

    private static ModelCapability? Find(string model, GenerationMode mode, string? resolution) =>
        ModelCatalogue.BuiltIn.Find(ProviderRegistry.Find("Muapi")!, model, mode, resolution);
}
