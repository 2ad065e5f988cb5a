using Seedance.Downloads;
using Seedance.Transport;
using Seedance.Updates;

namespace Seedance.Jobs.Save;

/// <summary>Saves what a finished job made, and returns the job with the paths, hashes and lengths of the files.</summary>
internal sealed class SaveOutputs(HttpClients clients, TimeProvider time)
{
    /// <exception cref="SeedanceException">With the job as it stands, which may name files that were saved before the failure.</exception>
    public async Task<SeedanceJob> RunAsync(SaveRequest request, IOperationOutput output, CancellationToken stop)
    {
        CurrentJob current = new(request);
        try
        {
            RequireSavable(request.Job);
            FileNameTemplate template = FileNameTemplate.Parse(request.NameTemplate);
            string folder = SaveFolder.Open(request.Destination);
            HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
            IReadOnlyList<int> chosen = await current.ChooseAsync(stop).ConfigureAwait(false);
            int number = template.Counts ? await request.Turn.TakeAsync(chosen.Count, stop).ConfigureAwait(false) : 1;
            foreach (int index in chosen)
            {
                string name = NameFor(template, current.Job, index, number++, names);
                SaveOneOutput one = new(clients, time, request, current, index, Path.Combine(folder, name));
                await one.RunAsync(output, stop).ConfigureAwait(false);
            }

            return current.Job;
        }
        catch (SeedanceException error) when (error.Job is null)
        {
            throw error.Copy(provider: current.Job.Provider, job: current.Job);
        }
    }

    private static void RequireSavable(SeedanceJob job)
    {
        (ErrorCode Code, string Why, string Action)? refusal = job.State switch
        {
            JobStatus.Succeeded => null,
            JobStatus.Failed =>
                (ErrorCode.JobFailed, "failed, so there is nothing to save", "See its Error. " + AnotherAttempt.Advice(job)),
            JobStatus.Cancelled => (ErrorCode.JobCancelled, "was cancelled, so there is nothing to save", AnotherAttempt.Advice(job)),
            JobStatus.Expired =>
                (ErrorCode.JobExpired, "has lapsed at the provider, so there is nothing to save", AnotherAttempt.Advice(job)),
            JobStatus.Unconfirmed =>
                (ErrorCode.InvalidRequest, "was sent without an answer, so nobody knows yet whether it exists",
                "Resolve it with Resolve-SeedanceJob first."),
            _ => (ErrorCode.InvalidRequest, "is still running", "Pipe it through Wait-SeedanceJob."),
        };
        if (refusal is { } found)
        {
            throw new SeedanceException(found.Code, "The job " + job.Id + " " + found.Why + ".") { RecommendedAction = found.Action };
        }
    }

    private static string NameFor(FileNameTemplate template, SeedanceJob job, int index, int number, HashSet<string> taken)
    {
        JobOutput output = job.Outputs[index];
        string extension = MediaCheck.ExtensionOf(output) ?? MediaCheck.DefaultExtension(output.Kind);
        string name = template.Render(job, output, number, extension);
        if (!taken.Add(name))
        {
            name = template.Render(job, output, number, extension, "-" + (index + 1).ToString(CultureInfo.InvariantCulture));
            taken.Add(name);
        }

        return name;
    }
}
