namespace Seedance.Models;

/// <summary>A row of the catalogue with the rule that prices it.</summary>
internal sealed record ModelCapability(SeedanceModel Model, PriceRule? Price = null)
{
    /// <summary>The host's other names for this row, which its API does not answer to.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A row that also says in words what its rule says in figures, and where that was read.</summary>
    public static ModelCapability Priced(SeedanceModel model, PriceRule? price) =>
        new(price is null ? model : model with { PriceRule = price.Describe() + " (" + price.Source + ")" }, price);

    /// <summary>For the modes of a model that take no references.</summary>
    public static SeedanceModel WithoutReferences(SeedanceModel model) =>
        model with { MaxReferenceImages = 0, MaxReferenceVideos = 0, MaxReferenceAudios = 0, MaxReferences = null };
}
