namespace Seedance.Providers.Seedance2Ai;

/// <summary>The host knows neither resolutions nor ratios, only six sizes, all of the 720p class.</summary>
internal static class Seedance2AiSizes
{
    private static readonly (string Ratio, string Size)[] s_sizes =
    [
        ("16:9", "1280x720"),
        ("9:16", "720x1280"),
        ("1:1", "720x720"),
        ("4:3", "960x720"),
        ("3:4", "720x960"),
        ("21:9", "1280x540"),
    ];

    private static readonly string[] s_upscales = ["2k", "4k"];

    public static IEnumerable<string> Ratios => s_sizes.Select(row => row.Ratio);

    /// <summary>The class that is reached by upscaling, whether it was asked for as such or as a resolution.</summary>
    public static string? Upscale(VideoRequest request)
    {
        string? byResolution = s_upscales.FirstOrDefault(name => Same(name, request.Resolution));
        return request.Upscale is { } asked && byResolution is not null && !Same(asked, byResolution)
            ? throw Refused("Resolution " + request.Resolution + " and upscaling to " + asked + " contradict each other.")
            : request.Upscale?.ToLowerInvariant() ?? byResolution;
    }

    /// <summary>Null when neither resolution nor ratio was asked.</summary>
    public static string? Size(VideoRequest request)
    {
        if (request.Resolution is not { } resolution)
        {
            return request.AspectRatio is { } alone ? OfRatio(alone) : null;
        }

        return Same(resolution, "720p") || s_upscales.Any(name => Same(name, resolution))
            ? OfRatio(request.AspectRatio ?? "16:9")
            : throw Refused("It makes 720p, upscaled to 2k or 4k, but no " + resolution + ".");
    }

    private static string OfRatio(string ratio) =>
        Array.Find(s_sizes, row => row.Ratio == ratio).Size ?? throw Refused("It has no size of the ratio " + ratio + ".");

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static SeedanceException Refused(string why) =>
        new(ErrorCode.UnsupportedByModel, Seedance2AiModels.Provider + ": " + why + " Nothing was sent.")
    {
        Provider = Seedance2AiModels.Provider,
        RecommendedAction = "Use 720p, 2k or 4k with one of the ratios " + string.Join(", ", Ratios) + "; together they are the size.",
    };
}
