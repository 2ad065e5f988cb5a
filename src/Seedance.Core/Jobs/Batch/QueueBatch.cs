using Seedance.Jobs.Gate;

namespace Seedance.Jobs.Batch;

/// <summary>Plans the rows of a sheet that have no job yet, for a worker to submit.</summary>
internal sealed class QueueBatch(IReadOnlyList<BatchItem> items, SubmitCall call)
{
    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        foreach (BatchItem item in items.Where(item => item.State == BatchState.New))
        {
            RoutedOutput ofItem = new(output, static _ => { }, item.Refuse);
            await call.PlanAsync(item.Submit!, ofItem, stop, job =>
            {
                item.State = BatchState.Submitted;
                item.IsReused = job.IsReused;
                item.Job = job;
            }).ConfigureAwait(false);
        }

        await call.RecordPlannedAsync(new RoutedOutput(output, static _ => { }, output.Fault), stop).ConfigureAwait(false);
    }
}
