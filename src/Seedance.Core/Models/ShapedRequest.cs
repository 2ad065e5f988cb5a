namespace Seedance.Models;

/// <summary>A request as a draft or a final of a model. What the command line gives stays.</summary>
internal static class ShapedRequest
{
    /// <summary>
    /// <paramref name="given"/> are the parameters that stay as they are, by name; <paramref name="choices"/> are the rows that could serve
    /// it.
    /// </summary>
    public static VideoRequest Of(
        VideoRequest request, RequestShape shape, IReadOnlyCollection<string> given, IReadOnlyList<ModelCapability> choices) => shape switch
    {
        RequestShape.Draft => Draft(request, given, choices),
        RequestShape.Final when request.Resolution is null => request with { Resolution = Best(choices) },
        _ => request,
    };

    private static VideoRequest Draft(VideoRequest request, IReadOnlyCollection<string> given, IReadOnlyList<ModelCapability> choices)
    {
        VideoRequest plain = request with
        {
            Upscale = given.Contains("Upscale") ? request.Upscale : null,
            HighBitrate = given.Contains("HighBitrate") ? request.HighBitrate : null,
        };
        bool keepsResolution = given.Contains("Resolution");
        (VideoRequest Request, ModelCapability Row)[] drafts =
        [
            .. choices.SelectMany(row => (keepsResolution ? [request.Resolution] : row.Model.Resolutions.DefaultIfEmpty(null))
                .Where(resolution => !keepsResolution || Has(row.Model, resolution))
                .Select(resolution =>
                    (plain with { Resolution = resolution,
                    DurationSeconds = given.Contains("Duration") ? request.DurationSeconds : Shortest(row.Model) }, row))),
        ];
        decimal?[] prices =
            [.. drafts.Select(draft => draft.Row.Price?.Estimate(RequestDefaults.Fill(draft.Request, draft.Row.Model))?.Amount)];
        bool priced = Array.TrueForAll(prices, price => price is not null);
        return drafts.Length == 0 ? plain : drafts
            .Select((draft, i) => (draft.Request, Price: priced ? prices[i] : 0))
            .OrderBy(draft => draft.Price)
            .ThenBy(draft => Lines(draft.Request.Resolution))
            .First().Request;
    }

    private static string? Best(IReadOnlyList<ModelCapability> choices) => choices.SelectMany(row => row.Model.Resolutions)
        .OrderByDescending(Lines)
        .ThenBy(resolution => resolution.Length) // Of 1080p and 1080p-sr the one that the model makes by itself.
        .FirstOrDefault();

    private static int? Shortest(SeedanceModel model) =>
        model.Durations.Count > 0 ? model.Durations.Min() : model.MinDuration ?? model.DefaultDuration;

    private static bool Has(SeedanceModel model, string? resolution) =>
        resolution is null || model.Resolutions.Count == 0 || model.Resolutions.Contains(resolution, StringComparer.OrdinalIgnoreCase);

    /// <summary>The height of the picture: 720 of 720p, 1440 of 2k, 2160 of 4k.</summary>
    private static int Lines(string? resolution)
    {
        string digits = string.Concat((resolution ?? string.Empty).TakeWhile(char.IsDigit));
        bool isWidth = resolution?.Length > digits.Length && resolution[digits.Length] is 'k' or 'K';
        return !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? 0 : isWidth ? number == 2
            ? 1440
            : number * 540 : number;
    }
}
