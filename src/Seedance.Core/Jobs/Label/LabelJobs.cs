using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Records;

namespace Seedance.Jobs.Label;

/// <summary>What a user says about a job; what is not given stays as it is.</summary>
internal sealed record JobLabels
{
    public bool SetsTag { get; init; }

    /// <summary>Null takes the tag away.</summary>
    public string? Tag { get; init; }

    public bool SetsRating { get; init; }

    /// <summary>Null takes the rating away.</summary>
    public int? Rating { get; init; }

    public SeedanceJob Apply(SeedanceJob job) => job with
    {
        Tag = SetsTag ? Tag : job.Tag,
        Rating = SetsRating ? Rating : job.Rating,
    };
}

/// <summary>
/// Writes a tag or a rating into the record of a job, and into the sidecars beside its files. Asks nobody and costs nothing.
/// </summary>
internal sealed class LabelJobs(SeedanceServices services)
{
    public async Task RunAsync(JobReference reference, JobLabels labels, bool write, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            SeedanceJob job = await ApplyAsync(reference.Id, labels, stop).ConfigureAwait(false);
            if (write)
            {
                output.Write(job);
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }

    /// <summary>The job as it then is; throws <see cref="ErrorCode.JobNotFound"/>.</summary>
    public async Task<SeedanceJob> ApplyAsync(string id, JobLabels labels, CancellationToken stop)
    {
        StoredJob? stored = await services.Store.UpdateAsync(id, current => current with { Job = labels.Apply(current.Job) }, stop)
            .ConfigureAwait(false);
        SeedanceJob job = stored?.Job ?? throw JobLookup.NotFound(id, services);
        foreach (string path in job.Outputs.Select(file => file.Path).OfType<string>())
        {
            Sidecar.Refresh(path, job);
        }

        return job;
    }
}
