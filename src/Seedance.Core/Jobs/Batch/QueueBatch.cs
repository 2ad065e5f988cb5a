using Seedance.Jobs.Gate;

namespace Seedance.Jobs.Batch;

/// <summary>
/// Plans the rows of a sheet that have no job yet, for a worker to submit. The result sheet is written whatever becomes of the run.
/// </summary>
internal sealed class QueueBatch(IReadOnlyList<BatchItem> items, SubmitCall call, BatchResult result)
{
    /// <summary>Told of each row when all are on record.</summary>
    public Action<BatchItem> Ended { get; init; } = static _ => { };

    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        try
        {
            foreach (BatchItem item in items.Where(item => item.State == BatchState.New))
            {
                await call.PlanAsync(item.Submit!, output, stop, job =>
                {
                    item.State = BatchState.Submitted;
                    item.Job = job;
                }, item.Refuse).ConfigureAwait(false);
            }

            await call.RecordPlannedAsync(output, stop).ConfigureAwait(false);
        }
        finally
        {
            result.Write(items);
        }

        foreach (BatchItem item in items)
        {
            Ended(item);
        }
    }
}
