using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Seedance.Providers;

namespace Seedance.Capabilities;

/// <summary>What every provider's models can do, and which endpoint a neutral name means.</summary>
internal static class ModelCatalogue
{
    public static IEnumerable<ModelCapability> All => ProviderRegistry.All.SelectMany(adapter => adapter.Models);

    /// <summary>
    /// The row that serves a request: by neutral name and mode, among endpoints that differ by resolution the one that has it; else the host's
    /// own id, with or without a row. Null when the name is neutral but has no such mode.
    /// </summary>
    public static ModelCapability? Find(IProviderAdapter adapter, string model, GenerationMode mode, string? resolution)
    {
        if (adapter.Provider.UserModelId is not null)
        {
            return Unknown(adapter, model, mode); // Nobody but its owner knows what it takes.
        }

        ModelCapability[] named = [.. adapter.Models.Where(row => Same(row.Model.Name, model))];
        if (named.Length > 0)
        {
            ModelCapability[] fitting = [.. named.Where(row => row.Model.Mode == mode)];
            return fitting.FirstOrDefault(row => resolution is null || row.Model.Resolutions.Any(known => Same(known, resolution)))
                ?? fitting.FirstOrDefault();
        }

        // Extending and editing follow from the endpoint alone: no media of a request ask for them.
        ModelCapability[] wired = [.. adapter.Models.Where(row => IsWired(row, model))];
        return wired.Length > 0
            ? wired.FirstOrDefault(row => row.Model.Mode == mode) ?? wired.FirstOrDefault(row => row.Model.Mode is GenerationMode.Extend or GenerationMode.Edit)
            : Unknown(adapter, model, mode);
    }

    /// <summary>True for a name that the catalogue has a row for; false means passed through unchecked.</summary>
    public static bool Knows(IProviderAdapter adapter, string model) =>
        adapter.Models.Any(row => Same(row.Model.Name, model) || IsWired(row, model));

    /// <summary>A neutral name that some other provider has is not passed through: it would surely be refused.</summary>
    public static bool IsNeutralElsewhere(string model) => All.Any(row => Same(row.Model.Name, model));

    /// <summary>True where a name should be an id of the user's own and cannot be one: a model's name, most likely.</summary>
    public static bool IsNoUserModel(IProviderAdapter adapter, string model) =>
        adapter.Provider.UserModelId is { } form && (!form.IsMatch(model) || Knows(adapter, model) || IsNeutralElsewhere(model));

    public static SeedanceException NotFound(IProviderAdapter adapter, string? model)
    {
        string names = string.Join(", ", adapter.Models.Select(row => row.Model.Name).Distinct(StringComparer.OrdinalIgnoreCase));
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

    private static ModelCapability Unknown(IProviderAdapter adapter, string model, GenerationMode mode) =>
        new(new SeedanceModel { Name = model, Provider = adapter.Provider.Name, WireModel = model, Mode = mode });

    private static bool IsWired(ModelCapability row, string model) => Same(row.Model.WireModel, model) || row.Aliases.Any(alias => Same(alias, model));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
