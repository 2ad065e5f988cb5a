namespace Seedance.Models;

/// <summary>
/// Which parts of a request nobody asked for and the module filled in: for another model they are no wishes that it would have to meet.
/// </summary>
internal static class FilledParts
{
    /// <summary>The names of the parts, as <see cref="VideoRequest"/> has them.</summary>
    public static IReadOnlyList<string> Between(VideoRequest asked, VideoRequest filled)
    {
        (string Name, object? Before, object? After)[] parts =
        [
            (nameof(VideoRequest.DurationSeconds), asked.DurationSeconds, filled.DurationSeconds),
            (nameof(VideoRequest.Resolution), asked.Resolution, filled.Resolution),
            (nameof(VideoRequest.AspectRatio), asked.AspectRatio, filled.AspectRatio),
            (nameof(VideoRequest.GenerateAudio), asked.GenerateAudio, filled.GenerateAudio),
            (nameof(VideoRequest.Seed), asked.Seed, filled.Seed),
        ];
        return [.. parts.Where(part => part.Before is null && part.After is not null).Select(part => part.Name)];
    }

    /// <summary>The request with those parts left open again.</summary>
    public static VideoRequest Without(VideoRequest request, IReadOnlyCollection<string> filled) => request with
    {
        DurationSeconds = filled.Contains(nameof(VideoRequest.DurationSeconds)) ? null : request.DurationSeconds,
        Resolution = filled.Contains(nameof(VideoRequest.Resolution)) ? null : request.Resolution,
        AspectRatio = filled.Contains(nameof(VideoRequest.AspectRatio)) ? null : request.AspectRatio,
        GenerateAudio = filled.Contains(nameof(VideoRequest.GenerateAudio)) ? null : request.GenerateAudio,
        Seed = filled.Contains(nameof(VideoRequest.Seed)) ? null : request.Seed,
    };
}
