using Seedance.Records;

namespace Seedance.Jobs.Prepare;

/// <summary>The jobs of a token and of its retries, which have a number behind it, up to the last one that is on record.</summary>
internal sealed class TokenChain
{
    private const int LongestGap = 1; // A user may forget the job that failed and keep the one that was made of it.

    private TokenChain(string first) => Free = first;

    /// <summary>The job of the token itself.</summary>
    public SeedanceJob? First { get; private set; }

    /// <summary>The last job, whatever became of it.</summary>
    public SeedanceJob? Last { get; private set; }

    public string? LastToken { get; private set; }

    /// <summary>The token of the next job.</summary>
    public string Free { get; private set; }

    /// <summary>
    /// The last job has come to nothing, so another may have been made after it. One that has expired too: it may come back, but earlier
    /// versions tried it again.
    /// </summary>
    public bool MayGoOn => Last is null or { State: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired };

    public static async Task<TokenChain> ReadAsync(SeedanceServices services, string token, CancellationToken stop)
    {
        TokenChain chain = new(token);
        int gap = 0;
        for (int retry = 0; gap <= LongestGap && chain.MayGoOn; retry++)
        {
            string next = retry == 0 ? token : token + "-retry" + retry.ToString(CultureInfo.InvariantCulture);
            StoredJob? found = await services.Store.FindByTokenAsync(next, stop).ConfigureAwait(false);
            if (found is null)
            {
                chain.Free = gap++ == 0 ? next : chain.Free;
                continue;
            }

            gap = 0;
            chain.First = retry == 0 ? found.Job : chain.First;
            chain.Last = found.Job;
            chain.LastToken = next;
        }

        return chain;
    }
}
