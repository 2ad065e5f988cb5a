using Seedance.Records;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Cancel;

/// <summary>Lets the jobs expire that a simulator had in hand when it was stopped.</summary>
internal sealed class EndSimulatedJobs(SeedanceServices services)
{
    public async Task RunAsync(Uri simulator, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            List<SeedanceJob> jobs = [];
            await foreach (StoredJob stored in services.Store.ListAsync(JobScope.Unfinished, output.Error, stop).ConfigureAwait(false))
            {
                // What another command is submitting at this moment learns of the end by itself.
                if (EndedSimulator.HadOnPort(stored.Job) && stored.Job.Endpoint!.Authority == simulator.Authority
                    && stored.Job.State is not (JobStatus.Submitting or JobStatus.Planned))
                {
                    jobs.Add(stored.Job);
                }
            }

            foreach (SeedanceJob job in jobs)
            {
                DateTimeOffset now = services.Time.GetUtcNow();
                await services.Store.UpdateAsync(job.Id, current => JobMerge.Apply(current, EndedSimulator.Update(job), now),
                    CancellationToken.None).ConfigureAwait(false);
            }

            if (jobs.Count > 0)
            {
                output.Warn(string.Format(
                    CultureInfo.InvariantCulture, "{0} end{1} with the simulator at {2}: Expired now, and not waited for.",
                    jobs.Count == 1 ? jobs[0].Id : jobs.Count.ToString(CultureInfo.InvariantCulture) + " jobs",
                    jobs.Count == 1 ? "s" : string.Empty,
                    simulator.Authority));
            }
        }
        catch (SeedanceException error)
        {
            output.Error(error); // The simulator is gone all the same.
        }
    }
}
