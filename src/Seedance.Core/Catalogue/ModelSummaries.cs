using Seedance.Models;

namespace Seedance.Catalogue;

/// <summary>Takes the rows of a model at a provider, one for each mode, into one.</summary>
internal static class ModelSummaries
{
    public static IEnumerable<SeedanceModelSummary> Of(IEnumerable<ModelCapability> rows) => rows
        .GroupBy(row => (row.Model.Provider, row.Model.Name))
        .Select(rowsOfOne => Of(rowsOfOne.Key.Provider, rowsOfOne.Key.Name, [.. rowsOfOne]));

    private static SeedanceModelSummary Of(string provider, string name, ModelCapability[] rows)
    {
        SeedanceModel[] models = [.. rows.Select(row => row.Model)];
        int[] lengths = [.. models.SelectMany(model => model.Durations).Distinct().OrderBy(value => value)];
        bool ranges = models.Any(model => model.Durations.Count == 0 && model.MaxDuration is not null);
        (decimal Amount, string Unit, string Per)? price = LowestPrice(rows);
        return new SeedanceModelSummary
        {
            Name = name,
            Provider = provider,
            Modes = [.. models.Select(model => model.StartsFrom).Distinct().OrderBy(value => value).Select(value => value.ToString())],
            MinDuration = Least([.. models.Select(model => model.MinDuration), .. lengths.Cast<int?>()]),
            MaxDuration = Most([.. models.Select(model => model.MaxDuration), .. lengths.Cast<int?>()]),
            Durations = ranges ? [] : lengths,
            Resolutions =
                [.. models.SelectMany(model => model.Resolutions).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(ResolutionOrder.Lines)
                .ThenBy(text => text, StringComparer.OrdinalIgnoreCase)],
            Features = [.. models.SelectMany(model => model.Features).Distinct(StringComparer.Ordinal)
                .OrderBy(text => text, StringComparer.Ordinal)],
            PriceFrom = price?.Amount,
            PriceUnit = price?.Unit,
            PricePer = price?.Per,
            TypicalSeconds = Least([.. models.Select(model => model.TypicalSeconds)]),
        };
    }

    /// <summary>By the second where any list says so, since only such figures can be compared.</summary>
    private static (decimal Amount, string Unit, string Per)? LowestPrice(ModelCapability[] rows) =>
        Lowest(rows, rule => rule.PerSecond.Values, "second") ?? Lowest(rows, rule => rule.PerClip.Values, "clip");

    private static (decimal Amount, string Unit, string Per)? Lowest(
        ModelCapability[] rows, Func<PriceRule, IEnumerable<decimal>> figures, string per) => rows
        .Select(row => row.Price)
        .OfType<PriceRule>()
        .SelectMany(rule => figures(rule).Select(figure => ((decimal, string, string)?)(figure, rule.Unit, per)))
        .OrderBy(figure => figure!.Value.Item1)
        .FirstOrDefault();

    private static int? Least(IReadOnlyList<int?> values) => values.Min();

    private static int? Most(IReadOnlyList<int?> values) => values.Max();
}
