namespace Seedance.Models;

/// <summary>
/// Limits that a row has and that are no rule: where a hard rule would be a guess, the host decides and the user is told.
/// </summary>
internal static class Disputes
{
    public const string Duration = "Duration";
    public const string Resolution = "Resolution";
    public const string AspectRatio = "AspectRatio";
    public const string Seed = "Seed";
    public const string ReferenceImages = "ReferenceImages";
    public const string ReferenceVideos = "ReferenceVideos";
    public const string ReferenceAudios = "ReferenceAudios";

    public static DisputedLimit Range(string parameter, long? least, long? most, string source) =>
        new() { Parameter = parameter, Least = least, Most = most, Source = source };

    public static DisputedLimit Words(string parameter, IReadOnlyList<string> values, string source) =>
        new() { Parameter = parameter, Values = values, Source = source };

    /// <summary>In doubt altogether: any value of it is worth a warning.</summary>
    public static DisputedLimit Existence(string parameter, string source) => new() { Parameter = parameter, Source = source };

    /// <summary>The row with its own limits as guesses: shown and completed, and not enforced.</summary>
    public static SeedanceModel Guess(SeedanceModel row, string source) => row with
    {
        Disputed =
        [
            .. row.Disputed,
            .. row.MaxDuration is null ? Array.Empty<DisputedLimit>() : [Range(Duration, row.MinDuration, row.MaxDuration, source)],
            .. row.AspectRatios.Count == 0 ? Array.Empty<DisputedLimit>() : [Words(AspectRatio, row.AspectRatios, source)],
            .. row.MaxReferenceImages == 0 ? Array.Empty<DisputedLimit>() : [Range(ReferenceImages, null, row.MaxReferenceImages, source)],
            .. row.MaxReferenceVideos == 0 ? Array.Empty<DisputedLimit>() : [Range(ReferenceVideos, null, row.MaxReferenceVideos, source)],
            .. row.MaxReferenceAudios == 0 ? Array.Empty<DisputedLimit>() : [Range(ReferenceAudios, null, row.MaxReferenceAudios, source)],
        ],
    };

    /// <summary>Whether the row's own limit is the one in doubt, so that nothing is left to enforce.</summary>
    public static bool IsGuess(SeedanceModel row, string parameter, long? most) =>
        row.Disputed.Any(limit => limit.Parameter == parameter && limit.Most == most && most is not null);

    public static bool IsGuess(SeedanceModel row, string parameter, IReadOnlyList<string> values) =>
        row.Disputed.Any(limit => limit.Parameter == parameter && limit.Values.Count > 0 && limit.Values.SequenceEqual(values));

    /// <summary>One warning for all that goes beyond; null where nothing does.</summary>
    public static string? Warning(VideoRequest request, SeedanceModel row)
    {
        string[] beyond = [.. row.Disputed.Select(limit => Beyond(request, limit)).OfType<string>()];
        return beyond.Length == 0 ? null : string.Format(
            CultureInfo.InvariantCulture, "{0} at {1} may not take this, and it is sent all the same: {2}.", row.WireModel, row.Provider,
            string.Join("; ", beyond));
    }

    private static string? Beyond(VideoRequest request, DisputedLimit limit)
    {
        (long? number, string? word) = limit.Parameter switch
        {
            Duration => (request.DurationSeconds == RequestLength.Automatic ? null : request.DurationSeconds, null),
            Seed => (request.Seed, null),
            ReferenceImages => (request.ReferenceImages.Count, null),
            ReferenceVideos => (request.ReferenceVideos.Count, null),
            ReferenceAudios => (request.ReferenceAudios.Count, null),
            Resolution => (null, request.Resolution),
            AspectRatio => (null, request.AspectRatio),
            _ => ((long?)null, (string?)null),
        };
        bool anything = limit is { Least: null, Most: null, Values.Count: 0 };
        bool outside = number is { } given
            ? anything || given < limit.Least || given > limit.Most
            : word is not null && (anything || !limit.Values.Contains(word, StringComparer.OrdinalIgnoreCase));
        return outside
            ? string.Format(CultureInfo.InvariantCulture, "{0} {1} ({2})", limit.Parameter, (object?)number ?? word, limit.Source)
            : null;
    }
}
