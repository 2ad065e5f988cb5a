using Seedance.Records;

namespace Seedance.Jobs.Prepare;

/// <summary>The jobs of a token and of its retries, which have a number behind it, up to the last one that is on record.</summary>
internal sealed class TokenChain
{
    private const int Window = 10; // A user may forget jobs that failed and keep the one that was made of them.

    private bool _isFree;

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
        bool isFound = true;
        for (int first = 0; isFound && chain.MayGoOn; first += Window)
        {
            string[] names = [.. Enumerable.Range(first, Window).Select(Name)];
            IReadOnlyList<StoredJob> found = await services.Store.FindByTokensAsync(names, stop).ConfigureAwait(false);
            isFound = found.Count > 0;
            foreach (string name in names.Where(_ => chain.MayGoOn))
            {
                chain.Take(name, isFirst: name == token, found.FirstOrDefault(job => job.Job.ClientToken == name)?.Job);
            }
        }

        return chain;

        string Name(int retry) => retry == 0 ? token : token + "-retry" + retry.ToString(CultureInfo.InvariantCulture);
    }

    private void Take(string name, bool isFirst, SeedanceJob? job)
    {
        if (job is null)
        {
            Free = _isFree ? Free : name;
            _isFree = true;
            return;
        }

        First = isFirst ? job : First;
        Last = job;
        LastToken = name;
        _isFree = false; // A name before the last job is not given again, so that the order of the tries stays.
    }
}
