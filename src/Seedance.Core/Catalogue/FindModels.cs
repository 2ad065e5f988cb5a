using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>Rows of the catalogue.</summary>
internal static class FindModels
{
    /// <param name="name">A model's neutral name or a provider's own id, wildcards included; null for all.</param>
    /// <param name="matches">Compares a name with <paramref name="name"/>; null when it has no wildcards and must be found.</param>
    /// <param name="provider">A provider's name; null for all.</param>
    /// <param name="mode">A mode; null for all.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="catalogue">Where to look; only what is built in when not given.</param>
    public static void Run(string? name, Func<string, bool>? matches, string? provider, GenerationMode? mode, IOperationOutput output, ModelCatalogue? catalogue = null)
    {
        ModelCatalogue rows = catalogue ?? ModelCatalogue.BuiltIn;
        rows.WarnOfProblem(output);
        IProviderAdapter? chosen = provider is { Length: > 0 } ? ProviderRegistry.Find(provider) ?? throw UnknownProvider(provider) : null;
        Func<string, bool> fits = matches ?? (known => name is null || string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        SeedanceModel[] found =
        [
            .. (chosen is null ? rows.All : rows.RowsOf(chosen)).Select(row => row.Model)
                .Where(row => (fits(row.Name) || fits(row.WireModel)) && (mode is null || row.Mode == mode)),
        ];
        foreach (SeedanceModel row in found)
        {
            output.Write(row);
        }

        if (found.Length == 0 && name is not null && matches is null)
        {
            output.Fault(new SeedanceException(ErrorCode.ModelNotFound, "The catalogue has no model '" + name + "'" + (chosen is null ? "." : " of " + chosen.Provider.Name + "."))
            {
                Target = name,
                RecommendedAction = "Get-SeedanceModel without a name lists all; a provider's own id can be used without being listed.",
            });
        }
    }

    private static SeedanceException UnknownProvider(string name) => new(ErrorCode.InvalidRequest, "There is no provider named '" + name + "'.")
    {
        Target = name,
        RecommendedAction = "Known are: " + string.Join(", ", ProviderRegistry.All.Select(adapter => adapter.Provider.Name)) + ".",
    };
}
