using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Jobs.Resolve;

/// <summary>
/// What a host's list says about a submit whose answer was lost. <paramref name="Match"/> is the one job that is surely it;
/// <paramref name="Candidates"/> may be it where none is surely, and <paramref name="AreLikely"/> where they have its mark or its prompt.
/// <paramref name="StoppedShort"/> where the list goes on beyond what was looked at, and it may be there.
/// </summary>
internal sealed record SearchResult(
    ListedJob? Match, IReadOnlyList<ListedJob> Candidates, bool AreLikely, bool IsSimulated, bool StoppedShort);

/// <summary>
/// Looks for a job in its host's list: by our mark or the caller's token where the host keeps one, else by prompt, model and time. A job
/// that another record has already is never it. A list without prompts only yields candidates: time and model alone would adopt a stranger.
/// </summary>
internal sealed class UnconfirmedSearch(SeedanceServices services)
{
    public const int MostPages = 20;
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(5); // Clocks differ.
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(10);

    public async Task<SearchResult> LookAsync(StoredJob stored, Account account, IOperationOutput output, CancellationToken stop)
    {
        SeedanceJob job = stored.Job;
        List<ListedJob> marked = [], equal = [], possible = [];
        bool simulated = false;
        bool more = true;
        string? cursor = null;
        for (int page = 0; page < MostPages && more; page++)
        {
            var (reading, isSimulated) = await ReadPageAsync(job, account, cursor, output, stop).ConfigureAwait(false);
            simulated |= isSimulated;
            foreach (ListedJob listed in reading.Jobs)
            {
                if (await IsTakenAsync(job, listed.Id, stop).ConfigureAwait(false))
                {
                    continue;
                }

                (IsMarked(job, listed) ? marked : IsEqual(job, listed) ? equal : IsPossible(job, listed) ? possible : null)?.Add(listed);
            }

            bool older = reading.Jobs.Count > 0 && reading.Jobs.All(listed => listed.CreatedAt < job.CreatedAt - s_early);
            more = reading.NextCursor is { } next && next != cursor && !older;
            cursor = reading.NextCursor;
        }

        List<ListedJob> found = marked.Count > 0 ? marked : equal.Count > 0 ? equal : possible;
        bool sure = found.Count == 1
            && (marked.Count > 0 || (equal.Count > 0 && !more && !await HasRivalAsync(job, stop).ConfigureAwait(false)));
        return sure
            ? new SearchResult(found[0], [], AreLikely: true, simulated, more)
            : new SearchResult(Match: null, found, AreLikely: marked.Count + equal.Count > 0, simulated, more);
    }

    private async Task<(ListReading Reading, bool IsSimulated)> ReadPageAsync(
        SeedanceJob job, Account account, string? cursor, IOperationOutput output, CancellationToken stop)
    {
        IListsJobs lists = (IListsJobs)account.Adapter;
        ListQuery query = new() { Cursor = cursor };
        return await services.Client.AskAsync(
            account, lists.BuildList(query), ProviderCall.List.About(job), answer =>
                (lists.ReadList(query, answer), answer.IsSimulated), output, stop).ConfigureAwait(false);
    }

    private async Task<bool> IsTakenAsync(SeedanceJob job, string providerJobId, CancellationToken stop) =>
        await services.Store.FindByProviderJobIdAsync(job.Provider, providerJobId, stop).ConfigureAwait(false) is { } other
            && other.Job.Id != job.Id;

    private static bool IsMarked(SeedanceJob job, ListedJob listed) =>
        listed.ClientToken is { } mark && (mark == job.Id || mark == job.ClientToken);

    /// <summary>A host's texts come in on one line, so ours is compared as it would have come.</summary>
    private static bool HasPrompt(SeedanceJob job, ListedJob listed) =>
        listed.Prompt is { } prompt && VisibleText.Of(prompt).Trim() == VisibleText.Of(job.Prompt).Trim();

    private static bool IsEqual(SeedanceJob job, ListedJob listed) =>
        HasPrompt(job, listed) && IsPossible(job, listed) && listed.CreatedAt is not null;

    /// <summary>Nothing that the list says is against it.</summary>
    private static bool IsPossible(SeedanceJob job, ListedJob listed) =>
        listed.ClientToken is null
        && (listed.Prompt is null || HasPrompt(job, listed))
        && (listed.WireModel is null || string.Equals(listed.WireModel, job.WireModel, StringComparison.OrdinalIgnoreCase))
        && (listed.CreatedAt is not { } created
            || (created >= job.CreatedAt - s_early && created <= (job.LastCheckedAt ?? job.CreatedAt) + s_late));

    /// <summary>Another process submits the same at this moment, or ended while it did; the listed job may be its.</summary>
    private async Task<bool> HasRivalAsync(SeedanceJob job, CancellationToken stop)
    {
        await foreach (StoredJob other in services.Store.ListAsync(JobScope.Unfinished, _ => { }, stop).ConfigureAwait(false))
        {
            bool isOpen = other.Job is { State: JobStatus.Submitting } or { State: JobStatus.Unconfirmed, LastCheckedAt: null };
            if (other.Job.Id != job.Id && isOpen && !other.IsUnsent && other.Job.Prompt == job.Prompt
                && other.Job.WireModel == job.WireModel && AccountKey.Of(other.Job) == AccountKey.Of(job))
            {
                return true;
            }
        }

        return false;
    }
}
