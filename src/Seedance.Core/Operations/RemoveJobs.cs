using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Store;

namespace Seedance.Operations;

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
            StoredJob stored = await services.Store.FindAsync(reference.Id, stop).ConfigureAwait(false)
                ?? throw new SeedanceException(ErrorCode.JobNotFound, "There is no job '" + reference.Id + "' in " + services.Home + ".")
                {
                    Target = reference.Id,
                    RecommendedAction = "Get-SeedanceJob lists the jobs of this state folder; SEEDANCE_HOME names another.",
                };
            if (!stored.Job.IsFinished && !options.Force)
            {
                throw Unfinished(stored.Job);
            }

            await RemoveAsync(stored.Job, output, stop).ConfigureAwait(false);
        }
        catch (SeedanceException error)
        {
            output.Fault(error);
        }
    }

    /// <summary>All that match; without force those that have ended, and the others are not even an error.</summary>
    public async Task ByQueryAsync(JobQuery query, RemoveOptions options, IOperationOutput output, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        JobQuery wanted = options.OlderThan is not { } age ? query : query with { Before = query.Before is { } before && before < now - age ? before : now - age };
        int kept = 0;
        await foreach (StoredJob stored in services.Store.ListAsync(JobScope.All, output.Fault, stop).ConfigureAwait(false))
        {
            if (!wanted.Matches(stored.Job, now))
            {
                continue;
            }

            if (!stored.Job.IsFinished && !options.Force)
            {
                kept++;
                continue;
            }

            await RemoveAsync(stored.Job, output, stop).ConfigureAwait(false);
        }

        if (kept > 0)
        {
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} jobs that have not ended were kept.", kept));
        }
    }

    private async Task RemoveAsync(SeedanceJob job, IOperationOutput output, CancellationToken stop)
    {
        await services.Store.RemoveAsync(job.Id, stop).ConfigureAwait(false);
        output.Verbose("Forgot " + job.Id + ".");
    }

    private static SeedanceException Unfinished(SeedanceJob job) => new(
        ErrorCode.InvalidRequest,
        string.Format(CultureInfo.InvariantCulture, "{0} at {1} has not ended ({2}); without its record it could not be waited for or saved.", job.Id, job.Provider, job.Status))
    {
        Provider = job.Provider,
        Job = job,
        RecommendedAction = "Wait for it, cancel it with Stop-SeedanceJob, or forget it all the same with -Force.",
    };
}
