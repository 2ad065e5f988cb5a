using Seedance.Catalogue;
using Seedance.Jobs.Remake;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Jobs.Review;

/// <summary>What the final of a take would cost at its own provider, as New-SeedanceVideo -Final would make it.</summary>
internal sealed record FinalPrice(SeedanceCost Cost, string? Resolution)
{
    /// <summary>Null where the price is unknown, which is not free.</summary>
    public static FinalPrice? Of(SeedanceJob job, ModelCatalogue catalogue)
    {
        if (job.Request is not { Sandbox: false } asked || ProviderRegistry.Find(job.Provider) is not { } adapter)
        {
            return null;
        }

        VideoRequest request = new RequestOrigin(asked) { Job = job }
            .Base(RequestShape.Final, isElsewhere: false, isOther: false, catalogue);
        string name = request.Model ?? job.Model;
        GenerationMode mode = RequestMode.Of(request);
        VideoRequest final = ShapedRequest.Of(request, RequestShape.Final, given: [], catalogue.Choices(adapter, name, mode));
        ModelCapability? row = catalogue.Find(adapter, name, mode, final.Resolution);
        return row?.Price?.Estimate(RequestDefaults.Fill(final, row.Model)) is { } cost ? new FinalPrice(cost, final.Resolution) : null;
    }
}
