using Seedance.Providers;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Resolve;

/// <summary>Gives an unconfirmed job the id by which its provider knows it. Its reservation in the ledger stays.</summary>
internal static class Adoption
{
    /// <summary>Null when another job has that id, or the record is gone.</summary>
    public static Task<StoredJob?> RunAsync(
        SeedanceServices services,
        StoredJob stored,
        string providerJobId,
        JobUpdate update,
        DateTimeOffset? submitted,
        bool simulated,
        IReadOnlyDictionary<string, string>? notes = null) => services.Store.ClaimAsync(
            stored.Job.Id,
            stored.Job.Provider,
            providerJobId,
            current => Apply(notes is null ? current : current with { Notes = notes }, providerJobId, update, submitted, simulated,
                services.Time.GetUtcNow()),
            default);

    private static StoredJob Apply(
        StoredJob current, string providerJobId, JobUpdate update, DateTimeOffset? submitted, bool simulated, DateTimeOffset now)
    {
        SeedanceJob job = current.Job;
        if (job.ProviderJobId is not null || job.IsFinished)
        {
            return current; // Somebody was faster.
        }

        StoredJob adopted = current with
        {
            Owner = null,
            Job = job with
            {
                ProviderJobId = providerJobId,
                State = JobStatus.Queued,
                SubmittedAt = submitted >= job.CreatedAt && submitted <= now ? submitted : now,
                LastCheckedAt = job.CreatedAt, // Nobody has seen it running: it may have ended before the last try did.
                Error = null,
                IsSimulated = job.IsSimulated || simulated,
            },
        };
        return JobMerge.Apply(adopted, update, now);
    }
}
