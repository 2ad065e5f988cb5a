using Seedance.Downloads;
using Seedance.Models;
using Seedance.Records;

namespace Seedance.Jobs.Prepare;

/// <summary>
/// A client token that follows from what is asked and of whom, so that a script that runs twice finds its jobs. It is made of the request
/// as the user put it (defaults may change with a new version) and of the contents of local files (they may move).
/// </summary>
internal static class ReuseToken
{
    /// <summary>
    /// The row under the token of its last job, where the user wants to come by that; under a new one, where it has no job or its job is to
    /// be tried again. A row that has its name asks no more: named twice, it would be tried again twice.
    /// </summary>
    public static async Task<SubmitRow> NameAsync(SeedanceServices services, SubmitRow row, CancellationToken stop)
    {
        if (!row.Options.Reuse || (row.Options.ClientToken is null && Whom(row.Candidates) is null))
        {
            return row;
        }

        bool isDerived = row.Options.ClientToken is null;
        string token = row.Options.ClientToken ?? await AgainAsync(0).ConfigureAwait(false);
        TokenChain chain = await TokenChain.ReadAsync(services, token, stop).ConfigureAwait(false);
        bool wasRetried = isDerived && chain.First?.State == JobStatus.Failed;
        TokenChain last = chain;
        for (int again = 1; wasRetried && last.MayGoOn; again++)
        {
            // So earlier versions named what New-SeedanceVideo tried again.
            TokenChain next = await TokenChain.ReadAsync(services, await AgainAsync(again).ConfigureAwait(false), stop)
                .ConfigureAwait(false);
            last = next.Last is null ? last : next;
            wasRetried = next.Last is not null;
        }

        bool isNew = last.Last is null || (row.Options.RetryFailed && last.Last.State is JobStatus.Failed or JobStatus.Cancelled);
        return row with
        {
            Options = row.Options with { ClientToken = isNew ? chain.Free : last.LastToken, IsDerivedToken = isDerived, Reuse = false },
        };

        // A draft is not the final of the same request.
        Task<string> AgainAsync(int again) => OfAsync(
            row.Options.Terms.Shape == RequestShape.AsAsked ? Whom(row.Candidates)! : Whom(row.Candidates) + "|" + row.Options.Terms.Shape,
            row.Request, row.Options.Occurrence, stop, again);
    }

    /// <summary>
    /// <paramref name="accounts"/> are whom the request goes to, in order; <paramref name="occurrence"/> tells equal requests of one batch
    /// apart, from 0; <paramref name="again"/> is how many times it was made before and failed, as earlier versions counted.
    /// </summary>
    public static async Task<string> OfAsync(string accounts, VideoRequest request, int occurrence, CancellationToken stop, int again = 0)
    {
        Dictionary<string, string> contents = new(StringComparer.Ordinal);
        foreach (string path in MediaReferences.Of(request).Select(item => item.Reference).Where(MediaReferences.IsLocal)
            .Distinct(StringComparer.Ordinal))
        {
            contents[path] = "sha256:" + await FileHash.OfFileAsync(path, stop).ConfigureAwait(false);
        }

        VideoRequest movable = MediaReferences.Replace(
            request, reference => contents.TryGetValue(reference, out string? content) ? content : reference);
        // A hashtable has no order of its own.
        string options = string.Join("\n", movable.Options.Keys.OrderBy(name => name, StringComparer.Ordinal));
        VideoRequest canonical =
            movable with {
            Options = movable.Options.OrderBy(option => option.Key, StringComparer.Ordinal)
            .ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal) };
        string text = string.Join(
            "\n", accounts, RequestDocument.Write(canonical), options, occurrence.ToString(CultureInfo.InvariantCulture));
        text += again == 0 ? string.Empty : "\nagain " + again.ToString(CultureInfo.InvariantCulture);
        return "reuse-" + AccountKey.Hash(text).Substring(0, 32);
    }

    /// <summary>Several accounts by their names, one by where it is. Null where that one cannot be used at all.</summary>
    private static string? Whom(IReadOnlyList<SubmitCandidate> candidates) =>
        candidates.Count > 1 ? string.Join("\n", candidates.Select(candidate => candidate.Provider + "|" + candidate.Profile))
        : candidates[0].Prepared?.Account is { } account ? string.Join("|", account.Provider, account.BaseUri.AbsoluteUri, account.Profile)
        : null;
}
