using Seedance.Records;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Recover;

/// <summary>
/// Recovers submits whose process ended. One that was never sent is withdrawn; one that may have been is marked as unconfirmed.
/// </summary>
internal sealed class OrphanedSubmits(IJobStore store, EndedSubmits ended)
{
    /// <summary>Its request never left, so nobody took it and it may be sent anew.</summary>
    public bool WasNeverSent(StoredJob stored) => Is(stored) && stored.IsUnsent;

    /// <summary>The record as it has to be read; one that was never sent is its caller's to withdraw.</summary>
    public StoredJob Recovered(StoredJob stored) => Is(stored) && !stored.IsUnsent
        ? Unconfirmed.Mark(stored,
            new SeedanceException(
            ErrorCode.SubmitUnconfirmed, "The command that submitted the job ended before the provider's answer was recorded."))
        : stored;

    /// <summary>Brings the store in line: marks what may have left, and withdraws what never did, for which null is returned.</summary>
    public async Task<StoredJob?> RecoverAsync(StoredJob stored, CancellationToken stop)
    {
        if (WasNeverSent(stored))
        {
            return await store.WithdrawAsync(stored).ConfigureAwait(false) && stored.Plan is null
                ? null
                : await store.FindAsync(stored.Job.Id, stop).ConfigureAwait(false);
        }

        return Is(stored) ? await store.UpdateAsync(stored.Job.Id, Recovered, stop).ConfigureAwait(false) ?? Recovered(stored) : stored;
    }

    private bool Is(StoredJob stored) => stored.Job.State == JobStatus.Submitting
        && (!stored.OwnerMayBeAlive || (stored.IsOwn && ended.Has(stored.Job.Id)));
}
