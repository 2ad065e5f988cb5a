using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Records;

namespace Seedance.Jobs.Batch;

/// <summary>Looks at all rows of a sheet before the first is paid: which have a job already, which are new, and which cannot be submitted. Sends nothing.</summary>
/// <param name="services">The store.</param>
/// <param name="call">The call that will submit them.</param>
/// <param name="retryFailed">Rows whose job failed are submitted anew.</param>
internal sealed class PlanBatch(SeedanceServices services, SubmitCall call, bool retryFailed)
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
            catch (Exception error) when (Unforeseen.IsFault(error, stop))
            {
                item.Refuse(Unforeseen.Of(error));
            }
        }
    }

    private async Task LookAsync(BatchItem item, CancellationToken stop)
    {
        SubmitRow row = await ReuseToken.NameAsync(services.Store, item.Submit!, stop).ConfigureAwait(false);
        if (row.Able.Count == 0)
        {
            item.Refuse(row.Candidates.Select(candidate => candidate.Refusal).OfType<SeedanceException>().First());
            return;
        }

        (SubmitRow Row, SeedanceJob? Job) = await KnownAsync(row, stop).ConfigureAwait(false);
        item.Submit = Row;
        if (Job is { } job)
        {
            item.State = BatchState.Submitted;
            item.IsReused = true;
            item.Job = job;
            return;
        }

        if ((await call.ReviewAsync(Row, keep: false, SilentOutput.Instance, stop).ConfigureAwait(false)).Refusal is { } refusal)
        {
            item.State = BatchWaits.For(refusal) ? BatchState.Waiting : BatchState.Refused;
            item.Error = refusal;
        }
    }

    /// <summary>The last job of the row: the one of its token, or of the tokens that retries of it were given.</summary>
    private async Task<(SubmitRow Row, SeedanceJob? Job)> KnownAsync(SubmitRow row, CancellationToken stop)
    {
        string token = row.Options.ClientToken ?? throw new InvalidOperationException("A row of a sheet always has a token.");
        SeedanceJob? last = null;
        for (int retry = 0; ; retry++)
        {
            SubmitRow next = retry == 0 ? row : row with { Options = row.Options with { ClientToken = token + "-retry" + retry.ToString(CultureInfo.InvariantCulture) } };
            StoredJob? found = await services.Store.FindByTokenAsync(next.Options.ClientToken!, stop).ConfigureAwait(false);
            if (found is null || services.Orphans.WasNeverSent(found))
            {
                return last is not null && !retryFailed ? (row, last) : (next, null);
            }

            last = found.Job;
            row = next;
            if (!last.IsFinished || last.Status == JobStatus.Succeeded)
            {
                return (next, last);
            }
        }
    }
}

/// <summary>Which refusals are none of the row's: a later run may find the way free.</summary>
internal static class BatchWaits
{
    public static bool For(SeedanceException error) =>
        error.Code is ErrorCode.OverBudget or ErrorCode.SlotTimeout or ErrorCode.RateLimited or ErrorCode.ProviderUnavailable or ErrorCode.InsufficientCredits
        || (error.Code == ErrorCode.SubmitUnconfirmed && error.Job is null);
}
