using System.Collections.Concurrent;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>
/// What every provider's models can do, and which endpoint a neutral name means: the rows of the adapters and, over them, the user's own.
/// </summary>
internal sealed class ModelCatalogue(IReadOnlyList<ModelCapability> own)
{
    private const int MostWrongLetters = 3;
    private const int ShortestPart = 4;
    private readonly ConcurrentDictionary<IProviderAdapter, IReadOnlyList<ModelCapability>> _merged = new();

    /// <summary>Without any rows of a user.</summary>
    public static ModelCatalogue BuiltIn { get; } = new([]);

    /// <summary>What is wrong with the user's file, for people; null where nothing is.</summary>
    public string? Problem { get; init; }

    public IEnumerable<ModelCapability> All => ProviderRegistry.All.SelectMany(RowsOf);

    /// <summary>
    /// The rows of one provider. A row of the user takes the place of the one for the same endpoint and mode; the others come first, since
    /// where two rows could serve a request the user's is meant.
    /// </summary>
    public IReadOnlyList<ModelCapability> RowsOf(IProviderAdapter adapter) =>
        own.Count == 0 ? adapter.Models : _merged.GetOrAdd(adapter, Merge);

    /// <summary>
    /// The row that serves a request: by neutral name and mode, among endpoints that differ by resolution the one that has it; else the
    /// host's own id, with or without a row. Null when the name is neutral but has no such mode.
    /// </summary>
    public ModelCapability? Find(IProviderAdapter adapter, string model, GenerationMode mode, string? resolution)
    {
        IReadOnlyList<ModelCapability> choices = Choices(adapter, model, mode);
        return choices.FirstOrDefault(row => resolution is null || row.Model.Resolutions.Any(known => Same(known, resolution)))
            ?? (choices.Count > 0 ? choices[0] : null);
    }

    /// <summary>All rows that could serve a request of that mode; several where a host has an endpoint for each resolution.</summary>
    public IReadOnlyList<ModelCapability> Choices(IProviderAdapter adapter, string model, GenerationMode mode)
    {
        // What is the user's own nobody but its owner can describe.
        IReadOnlyList<ModelCapability> rows = adapter.Provider.UserModelId is null ? RowsOf(adapter) : OwnRowsOf(adapter);
        ModelCapability[] named = [.. rows.Where(row => Same(row.Model.Name, model))];
        if (named.Length > 0)
        {
            return Array.TrueForAll(named, WorksOnVideo) ? named : [.. named.Where(row => row.Model.StartsFrom == mode)];
        }

        ModelCapability[] wired = [.. rows.Where(row => IsWired(row, model))];
        return wired.Length == 0 ? [Unknown(adapter, model, mode)]
            : (Array.Find(wired, row => row.Model.StartsFrom == mode) ?? Array.Find(wired, WorksOnVideo)) is { } only ? [only]
            : [];
    }

    /// <summary>True for a name that the catalogue has a row for; false means passed through unchecked.</summary>
    public bool Knows(IProviderAdapter adapter, string model) => RowsOf(adapter).Any(row => IsCalled(row, model));

    /// <summary>A neutral name that some other provider has is not passed through: it would surely be refused.</summary>
    public bool IsNeutralElsewhere(string model) => All.Any(row => Same(row.Model.Name, model));

    /// <summary>True where a name should be an id of the user's own and cannot be one: a model's name, most likely.</summary>
    public bool IsNoUserModel(IProviderAdapter adapter, string model) =>
        adapter.Provider.UserModelId is { } form
        && !OwnRowsOf(adapter).Any(row => IsCalled(row, model))
        && (!form.IsMatch(model) || Knows(adapter, model) || IsNeutralElsewhere(model));

    public SeedanceException NotFound(IProviderAdapter adapter, string? model)
    {
        string names = string.Join(", ", RowsOf(adapter).Select(row => row.Model.Name).Distinct(StringComparer.OrdinalIgnoreCase));
        string text = model is null
            ? string.Format(CultureInfo.InvariantCulture, "No model was named for {0}.", adapter.Provider.Name)
            : string.Format(CultureInfo.InvariantCulture, "{0} has no model '{1}'.", adapter.Provider.Name, model);
        return new SeedanceException(ErrorCode.ModelNotFound, text)
        {
            Provider = adapter.Provider.Name,
            Target = model,
            RecommendedAction = adapter.Provider.UserModelId is null
                ? "Choose one of: " + names + ". Get-SeedanceModel tells what each can do."
                : "Give the id of your own " + names + " at " + adapter.Provider.Name + " with -Model; it decides which model is run.",
        };
    }

    /// <summary>The name or id that a provider has and that was probably meant; null where none is near.</summary>
    public string? Near(IProviderAdapter adapter, string model)
    {
        string[] known =
            [.. RowsOf(adapter).SelectMany(row => row.Aliases.Prepend(row.Model.WireModel).Prepend(row.Model.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        return NearWord.Of(model, known, length => Math.Min(MostWrongLetters, length / 4))
            ?? (model.Length < ShortestPart
                ? null
                : Array.Find(known, name => name.IndexOf(model, StringComparison.OrdinalIgnoreCase) >= 0));
    }

    public static SeedanceException Misspelt(IProviderAdapter adapter, string model, string near) => new(
        ErrorCode.ModelNotFound,
        string.Format(
            CultureInfo.InvariantCulture, "{0} has no model '{1}' in the catalogue; did you mean {2}?", adapter.Provider.Name, model, near))
    {
        Provider = adapter.Provider.Name,
        Target = model,
        RecommendedAction = "Nothing was sent or spent. Use -Model " + near
            + ", or -AllowUnknownModel to send the name as it is, unchecked and unpriced.",
    };

    /// <summary>Says what is wrong with the user's file. A warning: the rows that are built in serve all the same.</summary>
    public void WarnOfProblem(IOperationOutput output)
    {
        if (Problem is { } problem)
        {
            output.Warn(problem);
        }
    }

    /// <summary>Extending and editing follow from the endpoint alone: no media of a request ask for them.</summary>
    private static bool WorksOnVideo(ModelCapability row) => row.Model.StartsFrom is GenerationMode.Extend or GenerationMode.Edit;

    private static ModelCapability Unknown(IProviderAdapter adapter, string model, GenerationMode mode) =>
        new(new SeedanceModel { Name = model, Provider = adapter.Provider.Name, WireModel = model, StartsFrom = mode });

    private ModelCapability[] OwnRowsOf(IProviderAdapter adapter) => [.. own.Where(row => Same(row.Model.Provider, adapter.Provider.Name))];

    private IReadOnlyList<ModelCapability> Merge(IProviderAdapter adapter)
    {
        List<ModelCapability> added = [.. OwnRowsOf(adapter)];
        List<ModelCapability> rows = [];
        foreach (ModelCapability builtIn in adapter.Models)
        {
            int place = added.FindIndex(row => Same(row.Model.WireModel, builtIn.Model.WireModel)
                && row.Model.StartsFrom == builtIn.Model.StartsFrom);
            rows.Add(place < 0 ? builtIn : added[place] with { Aliases = builtIn.Aliases });
            if (place >= 0)
            {
                added.RemoveAt(place);
            }
        }

        return [.. added, .. rows];
    }

    private static bool IsCalled(ModelCapability row, string model) => Same(row.Model.Name, model) || IsWired(row, model);

    private static bool IsWired(ModelCapability row, string model) =>
        Same(row.Model.WireModel, model) || row.Aliases.Any(alias => Same(alias, model));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
