using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Save;

/// <summary>A job is saved by one process at a time, over all machines; the next finds what the one before has recorded.</summary>
internal sealed class SaveTurn(SeedanceServices services)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>The job as it stands when it is this process's to save.</summary>
    public async Task<StoredJob> TakeAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        if (stored.Job.State != JobStatus.Succeeded)
        {
            return stored; // There is nothing to save.
        }

        while (true)
        {
            JobLease lease;
            try
            {
                lease = (await services.Store.HoldAsync([stored.Job.Id], stop).ConfigureAwait(false))[0];
            }
            catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
            {
                return stored with { Term = 0 }; // What cannot be recorded can still be saved.
            }

            stored = lease.Job ?? stored with { Term = lease.Term!.Value };
            if (lease.Term is not null)
            {
                return stored;
            }

            output.Progress(new OperationProgress("Saving Seedance videos", string.Format(
                CultureInfo.InvariantCulture, "{0} is being saved by process {1} on {2}", stored.Job.Id, stored.Owner?.ProcessId,
                stored.Owner?.Machine)));
            await services.Time.After(s_lookAgain, stop).ConfigureAwait(false);
        }
    }

    public async Task LeaveAsync(StoredJob held)
    {
        try
        {
            await services.Store.ReleaseLeasesAsync([held.Job.Id]).ConfigureAwait(false);
        }
        catch (SeedanceException)
        {
            // Its lease ends with the process.
        }
    }
}
