using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Scheduling;
using Seedance.Store;

namespace Seedance.Operations;

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
        catch (SeedanceException error)
        {
            output.Fault(error);
        }
    }

    public async Task ByQueryAsync(JobQuery query, bool refresh, IOperationOutput output, CancellationToken stop)
    {
        JobScope scope = query.Unfinished ? JobScope.Unfinished : JobScope.All;
        Queue<StoredJob> newest = new();
        await foreach (StoredJob stored in services.Store.ListAsync(scope, output.Fault, stop).ConfigureAwait(false))
        {
            if ((CutOff.NeverLeft(stored) ? await CutOff.SettleAsync(services.Store, stored, stop).ConfigureAwait(false) : CutOff.Recover(stored)) is not { } current)
            {
                continue;
            }

            if (!query.Matches(current.Job, services.Time.GetUtcNow()))
            {
                continue;
            }

            if (query.Newest is { } count)
            {
                newest.Enqueue(current);
                if (newest.Count > count)
                {
                    newest.Dequeue();
                }
            }
            else
            {
                await WriteAsync(current, refresh, output, stop).ConfigureAwait(false);
            }
        }

        foreach (StoredJob stored in newest)
        {
            await WriteAsync(stored, refresh, output, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The job as the provider tells it now. A question that failed is an error; the record is untouched.</summary>
    public async Task<SeedanceJob> RefreshAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        if (stored.Job.ProviderJobId is null)
        {
            return stored.Job; // Nobody to ask by that name.
        }

        PollResult result = await services.Poller.PollAsync(stored, lookup.AccountOf(stored.Job), output, stop).ConfigureAwait(false);
        return (result.Fatal ?? result.Trouble) is { } error ? throw error : result.Stored.Job;
    }

    private async Task WriteAsync(StoredJob stored, bool refresh, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            bool ask = refresh && (!stored.Job.IsFinished || stored.Job.Outputs.All(file => file.Path is null));
            output.Write(ask ? await RefreshAsync(stored, output, stop).ConfigureAwait(false) : stored.Job);
        }
        catch (SeedanceException error)
        {
            output.Fault(error);
        }
    }
}
