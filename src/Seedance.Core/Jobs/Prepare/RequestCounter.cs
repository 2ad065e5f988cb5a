using Seedance.Records;

namespace Seedance.Jobs.Prepare;

/// <summary>
/// Counts equal requests of one batch to the same accounts, so that each is a job of its own when the batch is run again. A row to another
/// account must not move the count: whether that row came so far may differ from run to run.
/// </summary>
internal sealed class RequestCounter
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>Counts a request for accounts of these names, as its row has them.</summary>
    /// <returns>How many equal requests came before this one.</returns>
    public int Next(IEnumerable<(string? Profile, string? Provider)> whom, VideoRequest request)
    {
        string accounts = string.Join("\n", whom.Select(name => name.Profile + "|" + name.Provider));
        string text = accounts + "\n" + RequestDocument.Write(request); // A record with lists is equal only to itself.
        _seen.TryGetValue(text, out int before);
        _seen[text] = before + 1;
        return before;
    }
}
