using Seedance.Polling;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Query;

/// <summary>Reads local records, and asks the provider where the user wants to know.</summary>
internal sealed class GetJobs(SeedanceServices services, JobLookup lookup)
{
    public async Task ByIdAsync(JobReference reference, bool refresh, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob stored = await lookup.FindAsync(reference, stop).ConfigureAwait(false);
            output.Write(refresh ? await RefreshAsync(stored, output, stop).ConfigureAwait(false) : stored.Job);
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }

    public async Task ByQueryAsync(JobQuery query, bool refresh, IOperationOutput output, CancellationToken stop)
    {
        Stack<FoundJob> newest = [];
        List<string> unseen = [];
        using OrderedWork? asking = refresh ? new OrderedWork() : null;
        await foreach (
            StoredJob stored in services.Store.ListAsync(query.Scope(services.Time.GetUtcNow(), refresh), output.Error, stop)
            .ConfigureAwait(false))
        {
            if (await FilterAsync(stored, query, refresh, unseen, output, stop).ConfigureAwait(false) is not { } found)
            {
                continue;
            }

            if (query.Newest is null)
            {
                await AddAsync(found.Job, found.Ask).ConfigureAwait(false);
                continue;
            }

            newest.Push(found);
            if (newest.Count >= query.Newest)
            {
                break;
            }
        }

        foreach ((StoredJob job, bool ask) in newest)
        {
            await AddAsync(job, ask).ConfigureAwait(false); // The oldest of them first, like all listings.
        }

        if (asking is not null)
        {
            await asking.FinishAsync(output, stop).ConfigureAwait(false);
        }

        if (unseen.Count > 0)
        {
            output.Warn(Unseen(unseen));
        }

        Task AddAsync(StoredJob job, bool ask) => asking is not null
            ? asking.AddAsync((held, cancel) => WriteAsync(job, ask, held, cancel), output, stop)
            : WriteAsync(job, ask, output, stop);
    }

    /// <summary>
    /// The job when it is to be shown, and whether it still has to be asked about. What hangs on news is asked about first.
    /// </summary>
    private async Task<FoundJob?> FilterAsync(
        StoredJob stored, JobQuery query, bool refresh, List<string> unseen, IOperationOutput output, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        if (!query.IsAbout(stored.Job))
        {
            return null;
        }

        bool known = query.Matches(stored.Job, now);
        bool first = refresh && query.HangsOnNews && stored.Job.ProviderJobId is not null
            && (!stored.Job.IsFinished || OutputLife.MayBeBack(stored.Job, now));
        if (first)
        {
            try
            {
                stored = stored with { Job = await RefreshAsync(stored, output, stop).ConfigureAwait(false) };
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                output.Error(Unforeseen.Of(error, stored.Job));
                return null;
            }
        }

        if (known || query.Matches(stored.Job, now))
        {
            return new FoundJob(stored, refresh && !first);
        }

        if (!first && query.ExpiringWithin is { } span && OutputLife.MayBeShort(stored.Job, now, span))
        {
            unseen.Add(stored.Job.Id);
        }

        return null;
    }

    private static string Unseen(List<string> ids) => string.Format(
        CultureInfo.InvariantCulture,
        "{0} more may have made videos that will be gone by then, since nobody has seen how they ended: {1}{2}. Ask with -Refresh, and resolve unconfirmed ones with Resolve-SeedanceJob.",
        ids.Count,
        string.Join(", ", ids.Take(5)),
        ids.Count > 5 ? ", ..." : string.Empty);

    /// <summary>The job as the provider tells it now. A question that failed is an error; the record is untouched.</summary>
    public async Task<SeedanceJob> RefreshAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        if (stored.Job.ProviderJobId is null)
        {
            return stored.Job; // Nobody to ask by that name.
        }

        PollOutcome result = await services.Poller.PollAsync(stored, lookup.AccountOf(stored.Job), output, stop).ConfigureAwait(false);
        if (result.Doubt is { } doubt)
        {
            output.Warn(doubt);
        }

        return result.Error is { } error ? throw error : result.Stored.Job;
    }

    private async Task WriteAsync(StoredJob stored, bool refresh, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            SeedanceJob job = stored.Job;
            bool mayChange = !job.IsFinished || ForgottenJob.Is(job)
                || (job.State == JobStatus.Succeeded && job.Outputs.All(file => file.Path is null));
            bool ask = refresh && mayChange;
            output.Write(ask ? await RefreshAsync(stored, output, stop).ConfigureAwait(false) : stored.Job);
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, stored.Job));
        }
    }

    private sealed record FoundJob(StoredJob Job, bool Ask);
}
