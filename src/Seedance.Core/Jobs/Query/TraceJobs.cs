using Seedance.Records;
using Seedance.Traces;

namespace Seedance.Jobs.Query;

/// <summary>Writes what jobs and their providers said to each other.</summary>
internal sealed class TraceJobs(SeedanceServices services, JobLookup lookup)
{
    public async Task RunAsync(JobReference reference, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob stored = await lookup.FindAsync(reference, stop).ConfigureAwait(false);
            IReadOnlyList<SeedanceTraceEntry> entries = await services.Traces.ReadAsync(stored.Job.Id, stop).ConfigureAwait(false);
            foreach (SeedanceTraceEntry entry in entries)
            {
                output.Write(entry);
            }

            if (entries.Count == 0)
            {
                output.Warn(string.Format(
                    CultureInfo.InvariantCulture, "Nothing is known of what was said about {0}: traces are kept for {1:0} days.",
                    stored.Job.Id, TraceRecorder.Kept.TotalDays));
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }
}
