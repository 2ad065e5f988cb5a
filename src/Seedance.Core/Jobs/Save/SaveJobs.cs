using Seedance.Jobs.Query;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Save;

/// <summary>Saves what a job made, records where it lies, and writes the job.</summary>
internal sealed class SaveJobs(SeedanceServices services, JobLookup lookup)
{
    private readonly SaveOutputs _save = new(services.Clients, services.Time);
    private readonly GetJobs _jobs = new(services, lookup);
    private readonly PathClaims _claims = new();
    private readonly SaveTurn _turn = new(services);

    public async Task RunAsync(JobReference reference, SaveJobOptions options, IOperationOutput output, CancellationToken stop)
    {
        using FileNumbers.Turn turn = options.Turn;
        if (reference.Given is { State: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired } known)
        {
            // It came in as failed, so whoever waited for it has reported it: one error a job.
            output.Verbose(known.Id + " has nothing to save.");
            output.Write(known);
            return;
        }

        try
        {
            StoredJob stored = await lookup.FindAsync(reference, stop).ConfigureAwait(false);
            stored = await _turn.TakeAsync(stored, output, stop).ConfigureAwait(false);
            try
            {
                SeedanceJob saved = await _save.RunAsync(Request(stored, options, output), output, stop).ConfigureAwait(false);
                output.Write(await RecordAsync(saved, stored.Term, options, output).ConfigureAwait(false));
            }
            finally
            {
                await _turn.LeaveAsync(stored).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(reference.Error(error));
        }
    }

    private async Task<SeedanceJob> RecordAsync(SeedanceJob saved, long term, SaveJobOptions options, IOperationOutput output)
    {
        try
        {
            // Not with the command's token: the file is there, and the record should say so.
            StoredJob? recorded = await services.Store.UpdateAsync(
                saved.Id, current =>
                    current with { Owner = current.IsOwn ? null : current.Owner, Job = current.Job with { Outputs = saved.Outputs } },
                CancellationToken.None, term).ConfigureAwait(false);
            return recorded?.Job ?? saved;
        }
        catch (SeedanceException lost) when (StoreErrors.IsLost(lost))
        {
            output.Warn(saved.Id + " is saved, whole, as " + Paths(saved) + ". Its record names what another process has saved: "
                + lost.Message);
            return saved;
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
        {
            string action = "Keep the file and put the state folder right."
                + (options.Sidecar ? " Saving again then only records what is there." : string.Empty);
            throw new SeedanceException(ErrorCode.StoreFailure,
                saved.Id + " is saved, whole, as " + Paths(saved) + "; its record could not be brought up to date. " + error.Message, error)
            {
                Provider = saved.Provider,
                Job = saved,
                RecommendedAction = action,
            };
        }
    }

    private static string Paths(SeedanceJob saved) => string.Join(", ", saved.Outputs.Select(file => file.Path).OfType<string>());

    private SaveRequest Request(StoredJob stored, SaveJobOptions options, IOperationOutput output) =>
        new(options, stored.Job, lookup.NetworkOf(stored.Job),
            async stop => await _jobs.RefreshAsync(stored, output, stop).ConfigureAwait(false))
        {
            MediaUserAgent = ProviderRegistry.Find(stored.Job.Provider)?.Provider.MediaUserAgent,
            Claims = _claims,
        };
}
