using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Jobs.Review;

/// <summary>What the final of a take would cost: the same request once more at the model's best resolution.</summary>
/// <param name="Cost">By the price list.</param>
/// <param name="Resolution">The one that is priced.</param>
internal sealed record FinalPrice(SeedanceCost Cost, string? Resolution)
{
    /// <summary>Null where the price is unknown, which is not free.</summary>
    public static FinalPrice? Of(SeedanceJob job, ModelCatalogue catalogue)
    {
        if (job.Request is not { Sandbox: false } asked || ProviderRegistry.Find(job.Provider) is not { } adapter)
        {
            return null;
        }

        string name = asked.Model ?? job.Model;
        string? best = catalogue.RowsOf(adapter)
            .Where(row => row.Model.Mode == job.Mode && string.Equals(row.Model.Name, name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(row => row.Model.Resolutions).OrderByDescending(Lines).FirstOrDefault() ?? asked.Resolution;
        VideoRequest final = asked with { Model = name, Resolution = best };
        ModelCapability? row = catalogue.Find(adapter, name, job.Mode, best);
        return row?.Price?.Estimate(RequestDefaults.Fill(final, row.Model)) is { } cost ? new FinalPrice(cost, best) : null;
    }

    private static int Lines(string resolution)
    {
        string digits = new([.. resolution.TakeWhile(char.IsDigit)]);
        int number = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : 0;
        return resolution.EndsWith("k", StringComparison.OrdinalIgnoreCase) ? number * 540 : number; // 2k is 1080 lines and more, 4k is 2160.
    }
}
