using Seedance.Records;
using Seedance.Spending;

namespace Seedance.Store;

/// <summary>
/// Every job that may have been paid for. Every operation is durable when it returns, and alone among all processes. A store that somebody
/// else holds for too long is an error (<see cref="StoreErrors.IsBusy"/>), and then nothing was changed. A damaged record throws; it is
/// never taken for one that there is not.
/// </summary>
internal interface IJobStore
{
    /// <summary>Records a job that exists already; its id is unique afterwards.</summary>
    Task AddAsync(StoredJob job, CancellationToken stop);

    /// <summary>
    /// Records a job that is about to be submitted and reserves its price in the spend ledger, when its profile's caps have room for it,
    /// its account has a slot free and it is its turn: counted and recorded in one step among all processes. Not taken, it keeps its place
    /// in the queue until <see cref="LeaveQueueAsync"/>. The job's <see cref="SeedanceJob.CreatedAt"/> says on which day it counts.
    /// </summary>
    Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, SlotTerms terms, CancellationToken stop);

    /// <summary>
    /// Records planned jobs, in their order, all or none; nothing is reserved for them. In the place of one whose token is another job's
    /// already, that job is
    /// returned.
    /// </summary>
    Task<IReadOnlyList<StoredJob>> PlanAsync(IReadOnlyList<StoredJob> jobs, CancellationToken stop);

    /// <summary>
    /// Makes the next job of the queue this worker's own: by priority and arrival, planned or left under way by a worker that is gone;
    /// null when there is none
    /// for it. From then on this process counts as a worker.
    /// </summary>
    Task<StoredJob?> TakeWorkAsync(WorkTerms terms, CancellationToken stop);

    /// <summary>This process takes planned jobs no more.</summary>
    Task EndWorkAsync();

    /// <summary>Whether any process takes planned jobs at this time.</summary>
    Task<bool> HasWorkersAsync(CancellationToken stop);

    /// <summary>
    /// Undoes <see cref="TryTakeSlotAsync"/> for a job that surely was not taken: releases the reservation and removes the record, or
    /// makes it a planned one again. False when the record stays,
    /// because it has gone further than the caller knows: its provider's id is on it, or its request left that the caller takes for unsent.
    /// </summary>
    Task<bool> WithdrawAsync(StoredJob job);

    /// <summary>Gives up a place in the queue.</summary>
    Task LeaveQueueAsync(StoredJob job);

    /// <summary>The job that was submitted with this token and still has a record.</summary>
    Task<StoredJob?> FindByTokenAsync(string clientToken, CancellationToken stop);

    /// <summary>The jobs of several tokens at once, in no order.</summary>
    Task<IReadOnlyList<StoredJob>> FindByTokensAsync(IReadOnlyList<string> clientTokens, CancellationToken stop);

    /// <summary>The job that a provider knows by this id; the last one recorded where two say so.</summary>
    Task<StoredJob?> FindByProviderJobIdAsync(string provider, string providerJobId, CancellationToken stop);

    /// <summary>
    /// Changes a job as it is now, alone among all processes; null when there is none. A price that the provider has named meanwhile is
    /// settled in the spend ledger. Under a term that is no longer the job's, nothing is changed, and the error is one of which
    /// <see cref="StoreErrors.IsLost"/> is true.
    /// </summary>
    Task<StoredJob?> UpdateAsync(string id, Func<StoredJob, StoredJob> change, CancellationToken stop, long term = 0);

    /// <summary>
    /// The same for a job that learns the id by which its provider knows it, unless another job has that id already: of two claims to one
    /// id, whoever makes them, one gets it and the other null.
    /// </summary>
    Task<StoredJob?> ClaimAsync(
        string id, string provider, string providerJobId, Func<StoredJob, StoredJob> change, CancellationToken stop);

    Task<StoredJob?> FindAsync(string id, CancellationToken stop);

    /// <summary>All jobs in scope. A damaged record is reported, each time until the user has removed it, and the others follow.</summary>
    IAsyncEnumerable<StoredJob> ListAsync(JobScope scope, Action<SeedanceException> report, CancellationToken stop);

    /// <summary>
    /// Makes jobs this process's own, to poll or to save, unless another process holds them that lives. Held until they end, or are
    /// released, or this process cannot be heard of for longer than <see cref="ProcessMark.Lease"/>; then another may take them over, under
    /// the next term.
    /// </summary>
    Task<IReadOnlyList<JobLease>> HoldAsync(IReadOnlyList<string> ids, CancellationToken stop);

    /// <summary>Lets go of jobs, as far as this process holds them.</summary>
    Task ReleaseLeasesAsync(IReadOnlyList<string> ids);

    /// <summary>The jobs whose end was written since then by whomever, or since now; some may be told again.</summary>
    Task<EndedJobs> EndedSinceAsync(DateTimeOffset? since, CancellationToken stop);

    /// <summary>Sees to the store before it is needed.</summary>
    Task OpenAsync(CancellationToken stop);

    /// <summary>
    /// Forgets the record, unless its status is no longer the one that the caller knows. What the job cost stays in the ledger.
    /// </summary>
    Task<bool> RemoveAsync(string id, CancellationToken stop, JobStatus? known = null);

    /// <summary>The ledger's sums by UTC day, both ends included, oldest first.</summary>
    Task<IReadOnlyList<SpendSum>> SumSpendAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop);

    /// <summary>Notes how long a job of this kind took; the latest are kept, and outlive their jobs.</summary>
    Task AddDurationAsync(string kind, TimeSpan duration, CancellationToken stop);

    /// <summary>How long the latest jobs of this kind took, oldest first, whichever process saw them end.</summary>
    Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, CancellationToken stop);

    /// <summary>
    /// Notes that an account's host wants to be left alone; of several the longest counts. A courtesy, not flushed to the disk.
    /// </summary>
    Task PauseAsync(string account, TimeSpan pause, CancellationToken stop);

    /// <summary>Until when an account's host wants to be left alone, whoever was told; null when it never did.</summary>
    Task<HostPause?> PauseOfAsync(string account, CancellationToken stop);
}

/// <summary>
/// What came of asking to hold a job. <paramref name="Term"/> is that under which this process holds it; zero where there is no such record
/// that could be read, null where another process holds it.
/// </summary>
internal sealed record JobLease(string Id, long? Term)
{
    /// <summary>As it stands; null where it was held before.</summary>
    public StoredJob? Job { get; init; }
}

/// <summary>Jobs that have ended. <paramref name="Until"/> is by the store's clock, to go on from.</summary>
internal sealed record EndedJobs(IReadOnlyList<string> Ids, DateTimeOffset? Until);

/// <summary>
/// How long a host wants to be left alone. <paramref name="Until"/> is by the store's clock, so that one pause is told from the next;
/// <paramref name="Left"/> is from now, and none left is below zero.
/// </summary>
internal sealed record HostPause(DateTimeOffset Until, TimeSpan Left);

/// <summary>On what terms a slot is given. <paramref name="Limit"/> is the most jobs of the account in flight.</summary>
internal sealed record SlotTerms(int Limit)
{
    /// <summary>What the profile may spend.</summary>
    public SpendCaps? Caps { get; init; }

    /// <summary>How long another process may hold what has to be locked; then nothing was done.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A cap does not stop a job whose price or length nobody knows.</summary>
    public bool MayBeUnknown { get; init; }

    /// <summary>Jobs that went out before this moment hold no slot any more.</summary>
    public DateTimeOffset CountFrom { get; init; }

    /// <summary>The same for those whose outcome is unknown: nothing will ever tell that they have ended.</summary>
    public DateTimeOffset CountUnconfirmedFrom { get; init; }

    /// <summary>Whether an unfinished job takes a slot.</summary>
    public bool Counts(SeedanceJob job) => SentAt(job) >= (job.State == JobStatus.Unconfirmed ? CountUnconfirmedFrom : CountFrom);

    /// <summary>The latest that the provider can have begun with it.</summary>
    public static DateTimeOffset SentAt(SeedanceJob job) =>
        (job.State == JobStatus.Unconfirmed ? job.LastCheckedAt : job.SubmittedAt) ?? job.CreatedAt;
}

/// <summary>
/// What came of asking for a slot. <paramref name="Taken"/> where the job is on record as submitting; <paramref name="Existing"/> is
/// another job with the same client token. <paramref name="InFlight"/> are the account's jobs that have not ended, unconfirmed ones and
/// those that count no more among them, and <paramref name="Ahead"/> those whose submits come first, each by its process.
/// </summary>
internal sealed record SlotVerdict(bool Taken, StoredJob? Existing, IReadOnlyList<StoredJob> InFlight, IReadOnlyList<ProcessMark> Ahead)
{
    /// <summary>
    /// One for each record that cannot be read and may be of a job in flight; it takes a slot, and nobody knows its outcome.
    /// </summary>
    public IReadOnlyList<SeedanceException> Unreadable { get; init; } = [];

    /// <summary>Of the job's lease, where it was taken.</summary>
    public long Term { get; init; }

    /// <summary>The cap that has no room for the job; waiting does not help.</summary>
    public SpendBreach? Breach { get; init; }
}
