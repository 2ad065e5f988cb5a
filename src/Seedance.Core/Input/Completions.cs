using Seedance.Catalogue;
using Seedance.Providers;

namespace Seedance.Input;

/// <summary>What can be offered for an argument, from what the command line says already.</summary>
internal static class Completions
{
    public static IEnumerable<string> Providers() => ProviderRegistry.All.Select(adapter => adapter.Provider.Name);

    /// <summary>The neutral names; with the provider known, its own ids too.</summary>
    public static IEnumerable<string> Models(string? provider, ModelCatalogue? catalogue = null)
    {
        SeedanceModel[] rows = [.. Rows(provider, model: null, catalogue)];
        IEnumerable<string> names = rows.Select(row => row.Name);
        return Distinct(Known(provider) ? names.Concat(rows.Select(row => row.WireModel)) : names);
    }

    public static IEnumerable<string> Resolutions(string? provider, string? model, ModelCatalogue? catalogue = null) =>
        Distinct(Rows(provider, model, catalogue).SelectMany(row => row.Resolutions));

    public static IEnumerable<string> AspectRatios(string? provider, string? model, ModelCatalogue? catalogue = null) =>
        Distinct(Rows(provider, model, catalogue).SelectMany(row => row.AspectRatios));

    private static IEnumerable<SeedanceModel> Rows(string? provider, string? model, ModelCatalogue? catalogue) => (catalogue ?? ModelCatalogue.BuiltIn).All.Select(row => row.Model)
        .Where(row => !Known(provider) || Same(row.Provider, provider))
        .Where(row => model is not { Length: > 0 } || Same(row.Name, model) || Same(row.WireModel, model));

    private static bool Known(string? provider) => provider is { Length: > 0 } && ProviderRegistry.Find(provider) is not null;

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Distinct(IEnumerable<string> words) => words.Distinct(StringComparer.OrdinalIgnoreCase);
}
