using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>Which models to show; what is null does not matter.</summary>
internal sealed record ModelQuery
{
    /// <summary>A model's neutral name, a provider's own id, or a part of one.</summary>
    public string? Name { get; init; }

    /// <summary>Compares a name with <see cref="Name"/> where that has wildcards.</summary>
    public Func<string, bool>? Matches { get; init; }

    public string? Provider { get; init; }

    public GenerationMode? Mode { get; init; }

    /// <summary>A row for each mode instead of one for the model.</summary>
    public bool Detailed { get; init; }
}

/// <summary>Rows of the catalogue.</summary>
internal static class FindModels
{
    public static void Run(ModelQuery query, IOperationOutput output, ModelCatalogue? catalogue = null)
    {
        ModelCatalogue rows = catalogue ?? ModelCatalogue.BuiltIn;
        rows.WarnOfProblem(output);
        IProviderAdapter? chosen = query.Provider is { Length: > 0 } provider
            ? ProviderRegistry.Find(provider) ?? throw UnknownProvider(provider) : null;
        ModelCapability[] known =
            [.. (chosen is null ? rows.All : rows.RowsOf(chosen)).Where(row => query.Mode is null || row.Model.StartsFrom == query.Mode)];
        ModelCapability[] found = Named(known, query);
        foreach (object row in query.Detailed ? found.Select(row => row.Model) : ModelSummaries.Of(found).Cast<object>())
        {
            output.Write(row);
        }

        if (found.Length == 0 && query.Name is { } name && query.Matches is null)
        {
            output.Error(
                new SeedanceException(ErrorCode.ModelNotFound,
                "The catalogue has no model like '" + name + "'" + (chosen is null ? "." : " of " + chosen.Provider.Name + "."))
            {
                Target = name,
                RecommendedAction = "Get-SeedanceModel without a name lists all; a provider's own id can be used without being listed.",
            });
        }
    }

    /// <summary>The name itself where there is one, else what it is a part of.</summary>
    private static ModelCapability[] Named(ModelCapability[] known, ModelQuery query)
    {
        if (query.Name is not { } name)
        {
            return known;
        }

        if (query.Matches is { } matches)
        {
            return Array.FindAll(known, row => matches(row.Model.Name) || matches(row.Model.WireModel));
        }

        ModelCapability[] exact = Array.FindAll(known, row => Same(row.Model.Name, name) || Same(row.Model.WireModel, name));
        return exact.Length > 0
            ? exact
            : Array.FindAll(known, row => HasPart(row.Model.Name, name) || HasPart(row.Model.WireModel, name));
    }

    private static bool Same(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);

    private static bool HasPart(string text, string name) => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0;

    private static SeedanceException UnknownProvider(string name) =>
        new(ErrorCode.InvalidRequest, "There is no provider named '" + name + "'.")
    {
        Target = name,
        RecommendedAction = "Known are: " + string.Join(", ", ProviderRegistry.All.Select(adapter => adapter.Provider.Name)) + ".",
    };
}
