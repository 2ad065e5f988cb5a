using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Polling;
using Seedance.Records;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Lets a submit through when its account has a slot: no more jobs in flight than the limit, over all processes of the machine, first come
/// first served. The first in the queue asks how the running jobs stand, so a slot is seen to free up and no 429 is collected.
/// </summary>
internal sealed class SlotLimiter(SeedanceServices services)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    // A busy disk is no reason to fail, however short the wait for a slot may be.
    private static readonly TimeSpan s_shortestLock = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestLock = TimeSpan.FromMinutes(1);

    // Some jobs never end, and some are forgotten by their host: neither may hold a slot for good. A day is longer than any host's queue,
    // and where a job does run on, the host's own 429 says so.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(24);

    // Longer than a video takes. Until then they count even where the user goes on in spite of them, so that a broken gateway costs as many
    // unknown jobs an hour as there are slots and not a whole batch.
    private static readonly TimeSpan s_longestUnconfirmed = TimeSpan.FromHours(1);

    /// <summary>Records the job as submitting and reserves its price.</summary>
    /// <returns>The record as it stands now, or that of another job, which the same client token already made.</returns>
    public async Task<StoredJob> AcquireAsync(
        PreparedSubmit prepared, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        Account account = prepared.Account;
        long begun = services.Time.GetTimestamp();
        using SlotWatch watch = new(services, account);
        bool taken = false;
        bool passed = false;
        try
        {
            while (true)
            {
                DateTimeOffset now = services.Time.GetUtcNow();
                record = record with { Job = record.Job with { CreatedAt = now } }; // Daily caps count on the day the slot is granted.
                SlotTerms terms = TermsOf(prepared, options, now);
                SlotVerdict verdict = await TryTakeAsync(
                    record, terms, options.SlotTimeout - services.Time.GetElapsedTime(begun), output, stop).ConfigureAwait(false);
                taken = verdict.Taken;
                record = record with { Term = verdict.Taken ? verdict.Term : record.Term };
                if (verdict.Existing is { } existing)
                {
                    return existing;
                }

                if (verdict.Breach is { } breach)
                {
                    throw Budget.Refuse(breach, prepared.Caps!, record.Job);
                }

                if (!options.ContinueUnconfirmed && verdict.Unreadable.Count > 0)
                {
                    throw SlotErrors.OnHold(account, verdict.Unreadable[0]);
                }

                if (!options.ContinueUnconfirmed
                    && verdict.InFlight.FirstOrDefault(job => job.Job.State == JobStatus.Unconfirmed) is { } unresolved)
                {
                    if (taken)
                    {
                        await services.Store.WithdrawAsync(record).ConfigureAwait(false);
                        taken = false;
                    }

                    if (await services.Resolver.RunAsync(unresolved, account, output, stop).ConfigureAwait(false) is null)
                    {
                        throw SlotErrors.OnHold(account, unresolved.Job);
                    }

                    continue;
                }

                if (taken)
                {
                    passed = true;
                    return record;
                }

                StoredJob[] holding = [.. verdict.InFlight.Where(job => terms.Counts(job.Job))];
                TimeSpan waited = services.Time.GetElapsedTime(begun);
                if (IsInVain(holding, verdict, terms, options.SlotTimeout - waited))
                {
                    throw SlotErrors.InVain(account, holding, verdict, s_longestUnconfirmed);
                }

                if (waited >= options.SlotTimeout)
                {
                    throw SlotErrors.Error(account, holding, verdict, waited);
                }

                Show(account, verdict, holding.Length, output);
                if (verdict.Ahead.Count == 0)
                {
                    watch.Follow(holding);
                }

                await watch.WaitAsync(s_tick, stop).ConfigureAwait(false);
                await services.Changes.LookAsync(stop).ConfigureAwait(false);
                if (watch.KeyRefusal is { } refusal)
                {
                    throw refusal; // Nobody will ever tell that a slot is free, and the submit would be refused the same way.
                }
            }
        }
        finally
        {
            if (!passed)
            {
                // Whatever ended it, nothing was sent: a record left behind would hold the account as one whose outcome nobody knows.
                await (taken ? services.Store.WithdrawAsync(record)
                    : record.Plan is null ? services.Store.LeaveQueueAsync(record)
                    : Task.CompletedTask).ConfigureAwait(false);
            }
        }
    }

    private static SlotTerms TermsOf(PreparedSubmit prepared, SubmitOptions options, DateTimeOffset now) =>
        new(Math.Max(1, prepared.Account.Concurrency))
    {
        Caps = prepared.Caps,
        MayBeUnknown = options.Force,
        CountFrom = now - s_longestRun,
        CountUnconfirmedFrom = now - s_longestUnconfirmed,
    };

    /// <summary>Every slot is held by a job of which no news can come, for longer than this submit may wait.</summary>
    private static bool IsInVain(IReadOnlyCollection<StoredJob> holding, SlotVerdict verdict, SlotTerms terms, TimeSpan left) =>
        holding.Count + verdict.Unreadable.Count >= terms.Limit
        && holding.All(job => job.Job.State == JobStatus.Unconfirmed && SlotTerms.SentAt(job.Job) - terms.CountUnconfirmedFrom > left);

    /// <summary>Waits for the store's locks as long as for a slot, and says so.</summary>
    private async Task<SlotVerdict> TryTakeAsync(
        StoredJob record, SlotTerms terms, TimeSpan left, IOperationOutput output, CancellationToken stop)
    {
        while (true)
        {
            TimeSpan patience = left < s_shortestLock ? s_shortestLock : left > s_longestLock ? s_longestLock : left;
            try
            {
                return await services.Store.TryTakeSlotAsync(record, terms with { Patience = patience }, stop).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (StoreErrors.IsBusy(error) && (left -= patience) > TimeSpan.Zero)
            {
                output.Progress(new OperationProgress("Submitting to " + record.Job.Provider, error.Message));
            }
        }
    }

    private static void Show(Account account, SlotVerdict verdict, int inFlight, IOperationOutput output) =>
        output.Progress(new OperationProgress(
        "Submitting to " + account.Provider,
        string.Format(CultureInfo.InvariantCulture, "Waiting for a slot: {0} of {1} in use, {2} submits before this one", inFlight,
            account.Concurrency, verdict.Ahead.Count)));
}
