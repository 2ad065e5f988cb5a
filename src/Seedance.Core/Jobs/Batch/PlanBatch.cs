using Seedance.Jobs.Gate;

namespace Seedance.Jobs.Batch;

/// <summary>
/// Looks at all rows of a sheet before the first is paid: which have a job already, which are new, and which cannot be submitted. Sends
/// nothing.
/// </summary>
internal sealed class PlanBatch(SubmitCall call)
{
    public async Task RunAsync(IReadOnlyList<BatchItem> items, CancellationToken stop)
    {
        foreach (BatchItem item in items.Where(item => item.State == BatchState.New))
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                await LookAsync(item, stop).ConfigureAwait(false);
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                item.Refuse(Unforeseen.Of(error));
            }
        }
    }

    private async Task LookAsync(BatchItem item, CancellationToken stop)
    {
        if (item.Submit!.Able.Count == 0)
        {
            item.Refuse(item.Submit.Candidates.Select(candidate => candidate.Refusal).OfType<SeedanceException>().First());
            return;
        }

        RowVerdict verdict = await call.ReviewAsync(item.Submit, keep: false, NullOutput.Instance, stop).ConfigureAwait(false);
        item.Submit = verdict.Row;
        if (verdict is { Existing: { } job, IsOfThisCall: false })
        {
            item.State = BatchState.Submitted;
            item.Job = job;
        }
        else if (verdict.Refusal is { } refusal)
        {
            item.Refuse(refusal);
        }
    }
}
