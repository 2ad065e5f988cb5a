using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>
/// The file of a job that its host names by a path alone. It is on the host that named it; one that no host serves is told, so that nobody
/// looks for it in vain.
/// </summary>
internal static class RelativeOutput
{
    private const int Deepest = 6;
    private static readonly string[] s_endings = [".mp4", ".mov", ".webm", ".mkv"];

    public static JobUpdate Resolve(JobUpdate update, WireResponse response, Uri host, Action<string> warn)
    {
        if (update.Status != JobStatus.Succeeded || update.Outputs.Count > 0 || Find(response.BodyOrMissing, Deepest) is not { } named)
        {
            return update;
        }

        if (named.IndexOf(':') < 0 && Uri.TryCreate(host, named, out Uri? address))
        {
            return update with { Outputs = [new JobOutput { Url = address }] };
        }

        warn("The provider names '" + named + "' as the video, which is no address that can be fetched.");
        return update;
    }

    private static string? Find(WireNode place, int depth)
    {
        if (place.Text is { } text)
        {
            string path = text.Split('?', '#')[0];
            return s_endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && path.IndexOf(' ') < 0
                && place.Address is null ? text : null;
        }

        return depth == 0 ? null : place.Properties
            .Where(property =>
                property.Key is not ("input" or "inputs" or "prompt" or "file_name" or "filename" or "name" or "future_links"))
            .Select(property => property.Value)
            .Concat(place.Items)
            .Select(child => Find(child, depth - 1))
            .FirstOrDefault(found => found is not null);
    }
}
