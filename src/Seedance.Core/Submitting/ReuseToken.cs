using Seedance.Capabilities;
using Seedance.Saving;
using Seedance.Store;

namespace Seedance.Submitting;

/// <summary>
/// A client token that follows from what is asked and of whom, so that a script that runs twice finds its jobs. It is made of the request as the user put it
/// (defaults may change with a new version) and of the contents of local files (they may move).
/// </summary>
internal static class ReuseToken
{
    /// <param name="accounts">Whom the request goes to, in order.</param>
    /// <param name="request">As asked.</param>
    /// <param name="occurrence">Which of several equal requests of one batch this is, from 0.</param>
    /// <param name="stop">Ends the reading of files.</param>
    public static async Task<string> OfAsync(string accounts, VideoRequest request, int occurrence, CancellationToken stop)
    {
        Dictionary<string, string> contents = new(StringComparer.Ordinal);
        foreach (string path in LocalMedia.References(request).Select(item => item.Reference).Where(LocalMedia.IsLocal).Distinct(StringComparer.Ordinal))
        {
            contents[path] = "sha256:" + await FileHash.OfFileAsync(path, stop).ConfigureAwait(false);
        }

        VideoRequest movable = LocalMedia.Replace(request, reference => contents.TryGetValue(reference, out string? content) ? content : reference);
        string options = string.Join("\n", movable.Options.Keys.OrderBy(name => name, StringComparer.Ordinal)); // A hashtable has no order of its own.
        VideoRequest canonical = movable with { Options = movable.Options.OrderBy(option => option.Key, StringComparer.Ordinal).ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal) };
        string text = string.Join("\n", accounts, RequestDocument.Write(canonical).ToJsonString(), options, occurrence.ToString(CultureInfo.InvariantCulture));
        return "reuse-" + AccountKey.Hash(text).Substring(0, 32);
    }
}
