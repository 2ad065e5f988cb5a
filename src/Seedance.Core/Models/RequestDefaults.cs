namespace Seedance.Models;

/// <summary>Fills in what the user left open, so that the wire names it: hosts change their defaults.</summary>
internal static class RequestDefaults
{
    public static VideoRequest Fill(VideoRequest request, SeedanceModel model) => request with
    {
        Model = model.Name,
        DurationSeconds = request.DurationSeconds ?? model.DefaultDuration,
        Resolution = Spelled(request.Resolution, model) ?? model.DefaultResolution,
        AspectRatio = request.AspectRatio ?? model.DefaultAspectRatio,
        Upscale = request.Upscale?.ToLowerInvariant(),
        GenerateAudio = request.GenerateAudio ?? (model.Features.Contains("Audio", StringComparer.OrdinalIgnoreCase) ? true : null),
    };

    /// <summary>As the host spells it: 720p-SR and 720p-sr are two things on the wire and one to a user.</summary>
    private static string? Spelled(string? resolution, SeedanceModel model) =>
        model.Resolutions.FirstOrDefault(known => string.Equals(known, resolution, StringComparison.OrdinalIgnoreCase)) ?? resolution;
}
