using Seedance.Catalogue;
using Seedance.Providers;

namespace Seedance.Input;

/// <summary>What can be offered for an argument, from what the command line says already.</summary>
internal static class Completions
{
    private const int LongestPrompt = 60;

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

    /// <summary>A job in one line.</summary>
    public static string Describe(SeedanceJob job)
    {
        string saved = job.Status != JobStatus.Succeeded ? string.Empty : job.Outputs.Any(file => file.Path is not null) ? ", saved" : ", not saved";
        string cost = (job.ActualCost ?? job.EstimatedCost) is { } known ? ", " + known : string.Empty;
        string prompt = string.Join(" ", job.Prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return job.Status + saved + cost + (job.Tag is { } tag ? ", " + tag : string.Empty) + ": " + (prompt.Length <= LongestPrompt ? prompt : prompt.Substring(0, LongestPrompt - 1) + "\u2026");
    }

    private static IEnumerable<SeedanceModel> Rows(string? provider, string? model, ModelCatalogue? catalogue) => (catalogue ?? ModelCatalogue.BuiltIn).All.Select(row => row.Model)
        .Where(row => !Known(provider) || Same(row.Provider, provider))
        .Where(row => model is not { Length: > 0 } || Same(row.Name, model) || Same(row.WireModel, model));

    private static bool Known(string? provider) => provider is { Length: > 0 } && ProviderRegistry.Find(provider) is not null;

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Distinct(IEnumerable<string> words) => words.Distinct(StringComparer.OrdinalIgnoreCase);
}
