using Seedance.Catalogue;
using Seedance.Downloads;
using Seedance.Models;

namespace Seedance.Jobs.Prepare;

/// <summary>What the local files of a request were when it was submitted: whoever makes it again must not send others unnoticed.</summary>
internal static class MediaHashes
{
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyList<LocalMedia> files, CancellationToken stop)
    {
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (string path in files.Select(file => file.Path).Distinct(StringComparer.Ordinal))
        {
            try
            {
                hashes[path] = await FileHash.OfFileAsync(path, stop).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The upload reads it next, and says what is wrong.
            }
        }

        return hashes;
    }

    /// <summary>What has become of the files of an earlier request that this one still refers to.</summary>
    public static async Task<IReadOnlyList<string>> FindChangesAsync(
        IReadOnlyDictionary<string, string> before, VideoRequest request, CancellationToken stop)
    {
        List<string> changes = [];
        foreach (string path in LocalFilesOf(request))
        {
            if (!File.Exists(path))
            {
                changes.Add(path + " is gone");
            }
            else if (before.TryGetValue(path, out string? known) && await FileHash.OfFileAsync(path, stop).ConfigureAwait(false) != known)
            {
                changes.Add(path + " has changed since");
            }
        }

        return changes;
    }

    /// <summary>Its local files that are not there, on this machine.</summary>
    public static IReadOnlyList<string> Missing(VideoRequest request) => [.. LocalFilesOf(request).Where(path => !File.Exists(path))];

    private static IEnumerable<string> LocalFilesOf(VideoRequest request) => MediaReferences.Of(request)
        .Select(item => item.Reference)
        .Where(MediaReferences.IsLocal)
        .Distinct(StringComparer.Ordinal);
}
