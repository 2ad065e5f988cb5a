using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Submit;

/// <summary>How far a submit has come.</summary>
internal enum SubmitState
{
    /// <summary>No byte of its body has left, or surely nobody took it: it may be sent.</summary>
    NotSent,

    /// <summary>Its body may have left. Until an answer is on record, nobody knows whether it was taken.</summary>
    MaybeSent,

    /// <summary>What the provider said is on record.</summary>
    Answered,
}

/// <summary>
/// The intent to submit a job, as its record says it: each state is on disk before what it names can happen, so that whoever reads the
/// record after this process has ended knows the worst that may have been.
/// </summary>
internal sealed class SubmitIntent(IJobStore store, string id, long term = 0)
{
    // Each waits a minute for a lock. Then the error tells the provider's id, the last place that knows it.
    private const int TriesToRecord = 60;

    public SubmitState State { get; private set; }

    /// <summary>The body leaves now.</summary>
    public async Task MarkSentAsync()
    {
        try
        {
            await NoteAsync(static stored => stored.Job.State == JobStatus.Submitting
                ? stored with { IsUnsent = false }
                : throw SubmitErrors.TakenAway(stored.Job))
                .ConfigureAwait(false);
        }
        catch (SeedanceException lost) when (StoreErrors.IsLost(lost))
        {
            throw SubmitErrors.TakenAway(lost.Job!);
        }

        State = SubmitState.MaybeSent;
    }

    /// <summary>It surely was not taken, and has not left again.</summary>
    public async Task MarkNotSentAsync()
    {
        State = SubmitState.NotSent;
        await NoteAsync(static stored => stored with { IsUnsent = true }).ConfigureAwait(false);
    }

    /// <summary>Records the answer. What is known nowhere else is not given up because another process holds a lock.</summary>
    public async Task<StoredJob> AnswerAsync(Func<StoredJob, StoredJob> change, IOperationOutput output)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                // Never with the command's token: what the provider answered must reach the disk.
                StoredJob? stored = await RecordAsync(change).ConfigureAwait(false);
                State = SubmitState.Answered;
                return stored ?? throw SubmitErrors.Disappeared(id, "while it was submitted.");
            }
            catch (SeedanceException error) when (StoreErrors.IsBusy(error) && tries < TriesToRecord)
            {
                output.Warn("The provider's answer to " + id + " cannot be recorded yet, and is tried again. " + error.Message + " "
                    + error.RecommendedAction);
            }
        }
    }

    /// <summary>
    /// One that was taken for dead meanwhile has lost its record, which says that nobody knows the outcome. It does know it, and says so as
    /// anybody may who finds out; a job that was given up since then stays so.
    /// </summary>
    private async Task<StoredJob?> RecordAsync(Func<StoredJob, StoredJob> change)
    {
        try
        {
            return await store.UpdateAsync(id, change, CancellationToken.None, term).ConfigureAwait(false);
        }
        catch (SeedanceException lost) when (StoreErrors.IsLost(lost))
        {
            return await store.UpdateAsync(
                id,
                current => current.Job is { State: JobStatus.Unconfirmed, ProviderJobId: null }
                    ? change(current)
                    : throw StoreErrors.Lost(current),
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task NoteAsync(Func<StoredJob, StoredJob> change)
    {
        if (await store.UpdateAsync(id, change, CancellationToken.None, term).ConfigureAwait(false) is null)
        {
            throw SubmitErrors.Disappeared(id, "before its request left. Nothing was sent.");
        }
    }
}
