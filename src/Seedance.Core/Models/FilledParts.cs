namespace Seedance.Models;

/// <summary>
/// Which parts of a request nobody asked for and the module filled in: for another model they are no wishes that it would have to meet.
/// </summary>
internal static class FilledParts
{
    /// <summary>The names of the parts, as <see cref="VideoRequest"/> has them.</summary>
    public static IReadOnlyList<string> Between(VideoRequest asked, VideoRequest filled) =>
        [.. Parts(asked, filled).Where(part => part.Before is null && part.After is not null).Select(part => part.Name)];

    /// <summary>Those of the parts that were filled in before and are as they were.</summary>
    public static IReadOnlyList<string> Kept(IReadOnlyCollection<string> filled, VideoRequest before, VideoRequest now) =>
        [.. Parts(before, now).Where(part => part.After is not null && Equals(part.Before, part.After) && filled.Contains(part.Name))
            .Select(part => part.Name)];

    /// <summary>The request with those parts left open again.</summary>
    public static VideoRequest Without(VideoRequest request, IReadOnlyCollection<string> filled) => request with
    {
        DurationSeconds = filled.Contains(nameof(VideoRequest.DurationSeconds)) ? null : request.DurationSeconds,
        Resolution = filled.Contains(nameof(VideoRequest.Resolution)) ? null : request.Resolution,
        AspectRatio = filled.Contains(nameof(VideoRequest.AspectRatio)) ? null : request.AspectRatio,
        GenerateAudio = filled.Contains(nameof(VideoRequest.GenerateAudio)) ? null : request.GenerateAudio,
        Seed = filled.Contains(nameof(VideoRequest.Seed)) ? null : request.Seed,
    };

    private static (string Name, object? Before, object? After)[] Parts(VideoRequest before, VideoRequest after) =>
    [
        (nameof(VideoRequest.DurationSeconds), before.DurationSeconds, after.DurationSeconds),
        (nameof(VideoRequest.Resolution), before.Resolution, after.Resolution),
        (nameof(VideoRequest.AspectRatio), before.AspectRatio, after.AspectRatio),
        (nameof(VideoRequest.GenerateAudio), before.GenerateAudio, after.GenerateAudio),
        (nameof(VideoRequest.Seed), before.Seed, after.Seed),
    ];
}
