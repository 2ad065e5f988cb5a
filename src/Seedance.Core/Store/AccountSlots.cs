using Seedance.Spending;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>Whether an account has room for one more job, in slots and in money: counts what is in flight and who came first, and books. Under the account's lock.</summary>
internal sealed class AccountSlots(string queues, RecordFiles records, FileLedger ledger)
{
    /// <summary>Records and books the job when it may go; else it has a place in the queue.</summary>
    public async Task<SlotVerdict> TryTakeAsync(string account, StoredJob job, SlotTerms terms, CancellationToken stop)
    {
        IReadOnlyList<ProcessMark> ahead = Queue(account).Ahead(job.Job.Id);
        var (inFlight, unreadable) = records.OpenOf(account);
        bool free = inFlight.Count(held => terms.Counts(held.Job)) + unreadable.Count + ahead.Count < terms.Limit;
        SlotVerdict verdict = new(free, Existing: null, inFlight, ahead) { Unreadable = unreadable };
        return (free || terms.Caps is not null) && await BookAsync(job, terms, free, stop).ConfigureAwait(false) is { } breach
            ? verdict with { Taken = false, Breach = breach }
            : verdict;
    }

    /// <summary>Needs no lock: a place is its owner's alone.</summary>
    public void Leave(string account, string id) => Queue(account).Leave(id);

    private SlotQueue Queue(string account) => new(Path.Combine(queues, account));

    /// <summary>
    /// Looks at the caps, then records the job and reserves its price, record first: a crash between the two leaves a record without a reservation, and a
    /// request that never left, where the other order would leave money reserved that no record can give back.
    /// </summary>
    private async Task<SpendBreach?> BookAsync(StoredJob job, SlotTerms terms, bool record, CancellationToken stop)
    {
        SpendEntry reservation = SpendEntry.Of(SpendEvent.Reserve, job.Job);
        using IDisposable held = await ledger.LockAsync(terms.Patience, stop).ConfigureAwait(false);
        if (terms.Caps is { } caps && ledger.Check(caps, reservation, terms.MayBeUnknown) is { } breach)
        {
            return breach;
        }

        if (record)
        {
            string path = records.Add(job with { IsBooked = true });
            try
            {
                ledger.Append(reservation);
            }
            catch
            {
                AtomicFile.TryDelete(path);
                throw;
            }
        }

        return null;
    }
}
