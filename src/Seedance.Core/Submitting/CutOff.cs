using Seedance.Store;

namespace Seedance.Submitting;

/// <summary>A record that still says "submitting" and that nobody is about: cut off before its request left, or between that and the receipt.</summary>
internal static class CutOff
{
    /// <summary>Its request never left, so nobody took it and it may be sent anew.</summary>
    public static bool NeverLeft(StoredJob stored) => Is(stored) && stored.IsUnsent;

    /// <summary>The record as it has to be read; one that never left is its caller's to withdraw.</summary>
    public static StoredJob Recover(StoredJob stored) => Is(stored) && !stored.IsUnsent
        ? Unconfirmed.Mark(stored, new SeedanceException(ErrorCode.SubmitUnconfirmed, "The command that submitted the job ended before the provider's answer was recorded."))
        : stored;

    /// <summary>Brings the store in line: marks what may have left, and withdraws what never did, for which null is returned.</summary>
    public static async Task<StoredJob?> SettleAsync(IJobStore store, StoredJob stored, CancellationToken stop)
    {
        if (NeverLeft(stored))
        {
            return await store.WithdrawAsync(stored).ConfigureAwait(false) ? null : await store.FindAsync(stored.Job.Id, stop).ConfigureAwait(false);
        }

        return Is(stored) ? await store.UpdateAsync(stored.Job.Id, Recover, stop).ConfigureAwait(false) ?? Recover(stored) : stored;
    }

    /// <summary>Somebody is submitting it, here or in another process.</summary>
    public static bool IsUnderWay(StoredJob stored) => stored.Job.Status == JobStatus.Submitting && !Is(stored);

    private static bool Is(StoredJob stored) => stored.Job.Status == JobStatus.Submitting
        && (!stored.OwnerMayBeAlive || (stored.Owner == ProcessMark.Current && !SubmitsUnderWay.Has(stored.Job.Id)));
}
