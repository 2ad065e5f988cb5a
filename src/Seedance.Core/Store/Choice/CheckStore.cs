using Seedance.Records;

namespace Seedance.Store;

/// <summary>Uses the store once: makes its tables where there are none, writes and reads.</summary>
internal sealed class CheckStore(IJobStore store, StoreChoice choice)
{
    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        int unfinished = 0;
        await foreach (StoredJob job in store.ListAsync(JobScope.Unfinished, output.Error, stop).ConfigureAwait(false))
        {
            unfinished += job.Job.IsFinished ? 0 : 1;
        }

        await store.PauseAsync("check", TimeSpan.Zero, stop).ConfigureAwait(false); // Makes the tables of a folder that has none.
        output.Write(choice.Describe() with { Unfinished = unfinished });
    }
}
