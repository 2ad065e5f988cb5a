using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Records;

namespace Seedance.Jobs.Resolve;

/// <summary>
/// Resolves an ambiguous submit by itself where the host lists jobs: three looks within half a minute, once per job and process, so that a
/// batch goes on. A list that cannot tell jobs apart is looked at once, for the candidates. Never throws for what the host says; the job
/// then stays as it is.
/// </summary>
internal sealed class InDoubtResolver(SeedanceServices services)
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20)];
    private readonly ConcurrentDictionary<string, bool> _looked = new(StringComparer.Ordinal);
    private readonly UnconfirmedSearch _search = new(services);

    /// <summary>The job as its provider has it; null where nobody knows still, since no list is known to be complete and current.</summary>
    public async Task<StoredJob?> RunAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        if (account.Adapter is not IListsJobs lists || !_looked.TryAdd(stored.Job.Id, value: true))
        {
            return null;
        }

        bool stoppedShort = false;
        foreach (TimeSpan pause in lists.TellsJobsApart ? s_pauses : s_pauses.Take(1))
        {
            output.Verbose(
                string.Format(CultureInfo.InvariantCulture, "Looking for {0} in the list of {1} in {2:0} s.", stored.Job.Id,
                account.Provider, pause.TotalSeconds));
            await services.Time.After(pause, stop).ConfigureAwait(false);
            try
            {
                SearchResult found = await _search.LookAsync(stored, account, output, stop).ConfigureAwait(false);
                stoppedShort = found.StoppedShort;
                if (found.Match is { } match
                    && await Adoption.RunAsync(services, stored, match.Id, match.Update, match.CreatedAt, found.IsSimulated)
                        .ConfigureAwait(false) is { } adopted)
                {
                    string has = string.Format(
                        CultureInfo.InvariantCulture, "{0} has {1} as {2}.", account.Provider, stored.Job.Id, match.Id);
                    output.Verbose(has);
                    services.Traces.Note(stored.Job.Id, account.Provider, has);
                    return adopted;
                }

                if (!lists.TellsJobsApart && found.Candidates.Count > 0)
                {
                    output.Warn(string.Format(
                        CultureInfo.InvariantCulture,
                        "The list of {0} shows no prompts, so it does not tell which job is {1}. Of its model and time are: {2}. Resolve-SeedanceJob -Id {1} -ProviderJobId <id> takes one up.",
                        account.Provider, stored.Job.Id, string.Join(", ", found.Candidates.Take(10))));
                }
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                output.Verbose("The list did not help: " + error.Message);
            }
        }

        if (stoppedShort)
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "Only the first {0} pages of the list of {1} were looked at for {2}; older ones may show it.", UnconfirmedSearch.MostPages,
                account.Provider, stored.Job.Id));
        }

        return null;
    }
}
