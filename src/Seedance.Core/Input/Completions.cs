using Seedance.Catalogue;
using Seedance.Providers;

namespace Seedance.Input;

/// <summary>What can be offered for an argument, from what the command line says already.</summary>
internal static class Completions
{
    private const int LongestPrompt = 60;

    public static IEnumerable<string> Providers() => ProviderRegistry.All.Select(adapter => adapter.Provider.Name);

    /// <summary>The neutral names.</summary>
    public static IEnumerable<string> Models(string? provider, ModelCatalogue? catalogue = null) =>
        Distinct(Rows(provider, model: null, catalogue).Select(row => row.Name));

    /// <summary>A provider's own ids.</summary>
    public static IEnumerable<string> WireModels(string? provider, ModelCatalogue? catalogue = null) =>
        Known(provider) ? Distinct(Rows(provider, model: null, catalogue).Select(row => row.WireModel)) : [];

    public static IEnumerable<string> Durations(string? provider, string? model, ModelCatalogue? catalogue = null)
    {
        SeedanceModel[] rows = [.. Rows(provider, model, catalogue)];
        IEnumerable<string> lengths = rows.SelectMany(Lengths).Distinct().OrderBy(seconds => seconds)
            .Select(seconds => seconds.ToString(CultureInfo.InvariantCulture));
        return rows.Any(row => row.AutomaticDuration) ? lengths.Append("auto") : lengths;
    }

    private static IEnumerable<int> Lengths(SeedanceModel row) => row.Durations.Count > 0 || row.MinDuration is not { } least
        ? row.Durations
        : Enumerable.Range(least, Math.Max(1, (row.MaxDuration ?? least) - least + 1));

    /// <summary>What a model costs and takes, in one line.</summary>
    public static string DescribeModel(string model, string? provider, ModelCatalogue? catalogue = null)
    {
        SeedanceModel[] rows = [.. Rows(provider, model, catalogue)];
        if (rows.Length == 0)
        {
            return model;
        }

        int? shortest = rows.Min(row => row.MinDuration ?? (row.Durations.Count > 0 ? row.Durations.Min() : null));
        int? longest = rows.Max(row => row.MaxDuration ?? (row.Durations.Count > 0 ? row.Durations.Max() : null));
        string[] parts =
        [
            Known(provider) ? rows[0].PriceRule ?? "price unknown" : "at " + string.Join(", ", Distinct(rows.Select(row => row.Provider))),
            longest is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0} to {1} s", shortest, longest),
            string.Join(", ", Distinct(rows.SelectMany(row => row.Resolutions))),
            string.Join(", ", Distinct(rows.Select(row => row.StartsFrom.ToString()))),
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    public static IEnumerable<string> Resolutions(string? provider, string? model, ModelCatalogue? catalogue = null) =>
        Distinct(Rows(provider, model, catalogue).SelectMany(row => row.Resolutions));

    public static IEnumerable<string> AspectRatios(string? provider, string? model, ModelCatalogue? catalogue = null) =>
        Distinct(Rows(provider, model, catalogue).SelectMany(row => row.AspectRatios));

    /// <summary>A job in one line.</summary>
    public static string Describe(SeedanceJob job)
    {
        string saved = job.State != JobStatus.Succeeded ? string.Empty : job.Outputs.Any(file => file.Path is not null)
            ? ", saved"
            : ", not saved";
        string cost = (job.ActualCost ?? job.EstimatedCost) is { } known ? ", " + known : string.Empty;
        string prompt = string.Join(" ", job.Prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return job.State + saved + cost + (job.Tag is { } tag ? ", " + tag : string.Empty) + ": "
            + (prompt.Length <= LongestPrompt ? prompt : prompt.Substring(0, LongestPrompt - 1) + "\u2026");
    }

    private static IEnumerable<SeedanceModel> Rows(string? provider, string? model, ModelCatalogue? catalogue) =>
        (catalogue ?? ModelCatalogue.BuiltIn).All.Select(row => row.Model)
        .Where(row => !Known(provider) || Same(row.Provider, provider))
        .Where(row => model is not { Length: > 0 } || Same(row.Name, model) || Same(row.WireModel, model));

    private static bool Known(string? provider) => provider is { Length: > 0 } && ProviderRegistry.Find(provider) is not null;

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Distinct(IEnumerable<string> words) => words.Distinct(StringComparer.OrdinalIgnoreCase);
}
