using Seedance.Jobs.Query;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Remove;

/// <summary>How to forget.</summary>
internal sealed record RemoveOptions
{
    /// <summary>Forgets jobs that have not ended, too. They go on at the provider, and their cost with them.</summary>
    public bool Force { get; init; }

    /// <summary>Jobs that were made before this long ago.</summary>
    public TimeSpan? OlderThan { get; init; }
}

/// <summary>Forgets local records. Never cancels anything, and leaves saved files and the spend ledger alone.</summary>
internal sealed class RemoveJobs(SeedanceServices services)
{
    public async Task ByIdAsync(JobReference reference, RemoveOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob? stored;
            try
            {
                stored = await services.Store.FindAsync(reference.Id, stop).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (options.Force && StoreErrors.IsDamaged(error))
            {
                await services.Store.RemoveAsync(reference.Id, stop).ConfigureAwait(false);
                output.Warn("Forgot the damaged record of " + reference.Id + "; nothing here knows any more whether that job was paid.");
                return;
            }

            if (stored is null)
            {
                throw JobLookup.NotFound(reference.Id, services);
            }

            if (!stored.Job.IsFinished && stored.Job.State != JobStatus.Planned && !options.Force)
            {
                throw Unfinished(stored.Job);
            }

            // A worker may send a planned job while it is being forgotten; then it is paid, and its record must stay.
            bool isPlanned = stored.Job.State == JobStatus.Planned && !options.Force;
            if (!await services.Store.RemoveAsync(stored.Job.Id, stop, isPlanned ? JobStatus.Planned : null).ConfigureAwait(false)
                && await services.Store.FindAsync(stored.Job.Id, stop).ConfigureAwait(false) is { } current)
            {
                throw Unfinished(current.Job);
            }

            output.Verbose("Forgot " + stored.Job.Id + ".");
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }

    /// <summary>
    /// Those that would be forgotten, for the user to be asked about each; without force only what has ended, and the others are not even
    /// an error.
    /// </summary>
    public async Task<IReadOnlyList<SeedanceJob>> FindAsync(
        JobQuery query, RemoveOptions options, IOperationOutput output, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        JobQuery wanted = options.OlderThan is not { } age
            ? query
            : query with { CreatedTo = query.CreatedTo is { } before && before < now - age ? before : now - age };
        JobScope scope = wanted.Scope(now, refresh: false);
        List<SeedanceJob> found = [];
        int kept = 0;
        await foreach (StoredJob stored in services.Store.ListAsync(scope, output.Error, stop).ConfigureAwait(false))
        {
            if (!wanted.Matches(stored.Job, now))
            {
                continue;
            }

            bool isWanted = stored.Job.State == JobStatus.Planned && query.Statuses.Contains(JobStatus.Planned);
            if (!stored.Job.IsFinished && !options.Force && !isWanted)
            {
                kept++;
                continue;
            }

            found.Add(stored.Job);
        }

        if (kept > 0)
        {
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} jobs that have not ended are kept.", kept));
        }

        return found;
    }

    /// <summary>A job in the words of a question about it.</summary>
    public static string Describe(SeedanceJob job) =>
        string.Format(CultureInfo.InvariantCulture, "{0} ({1}, {2}, {3:u})", job.Id, job.Provider, job.State, job.CreatedAt);

    private static SeedanceException Unfinished(SeedanceJob job) => new(
        ErrorCode.InvalidRequest,
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} at {1} has not ended ({2}); without its record it could not be waited for or saved.",
            job.Id,
            job.Provider,
            job.State))
    {
        Provider = job.Provider,
        Job = job,
        RecommendedAction = "Wait for it, cancel it with Stop-SeedanceJob, or forget it all the same with -Force.",
    };
}
