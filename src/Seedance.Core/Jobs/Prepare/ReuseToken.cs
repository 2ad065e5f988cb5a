using Seedance.Catalogue;
using Seedance.Downloads;
using Seedance.Models;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Prepare;

/// <summary>
/// A client token that follows from what is asked and of whom, so that a script that runs twice finds its jobs. It is made of the request as the user put it
/// (defaults may change with a new version) and of the contents of local files (they may move).
/// </summary>
internal static class ReuseToken
{
    /// <summary>The row under its token, where the user wants one and gave none.</summary>
    public static async Task<SubmitRow> NameAsync(IJobStore store, SubmitRow row, CancellationToken stop)
    {
        if (row.Options.ClientToken is not null || !row.Options.Reuse || Whom(row.Candidates) is not { } whom)
        {
            return row;
        }

        whom = row.Options.Terms.Shape == RequestShape.AsAsked ? whom : whom + "|" + row.Options.Terms.Shape; // A draft is not the final of the same request.
        string token = await OfAsync(whom, row.Request, row.Options.Occurrence, stop).ConfigureAwait(false);
        for (int again = 1; await store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { Job.Status: JobStatus.Failed }; again++)
        {
            // What was made again has a token of its own, which every later run comes by.
            string next = await OfAsync(whom, row.Request, row.Options.Occurrence, stop, again).ConfigureAwait(false);
            if (!row.Options.RetryFailed && await store.FindByTokenAsync(next, stop).ConfigureAwait(false) is null)
            {
                break;
            }

            token = next;
        }

        return row with { Options = row.Options with { ClientToken = token, IsDerivedToken = true } };
    }

    /// <param name="accounts">Whom the request goes to, in order.</param>
    /// <param name="request">As asked.</param>
    /// <param name="occurrence">Which of several equal requests of one batch this is, from 0.</param>
    /// <param name="stop">Ends the reading of files.</param>
    /// <param name="again">How many times it was made before and failed.</param>
    public static async Task<string> OfAsync(string accounts, VideoRequest request, int occurrence, CancellationToken stop, int again = 0)
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
        text += again == 0 ? string.Empty : "\nagain " + again.ToString(CultureInfo.InvariantCulture);
        return "reuse-" + AccountKey.Hash(text).Substring(0, 32);
    }

    /// <summary>Several accounts by their names, one by where it is. Null where that one cannot be used at all.</summary>
    private static string? Whom(IReadOnlyList<SubmitCandidate> candidates) =>
        candidates.Count > 1 ? string.Join("\n", candidates.Select(candidate => candidate.Provider + "|" + candidate.Profile))
        : candidates[0].Prepared?.Account is { } account ? string.Join("|", account.Provider, account.BaseUri.AbsoluteUri, account.Profile)
        : null;
}
