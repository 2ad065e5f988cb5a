using Seedance.Store;

namespace Seedance.Submitting;

/// <summary>Notes in a job's record whether its request may have left.</summary>
internal sealed class SentNote(IJobStore store, string id) : ISubmitRecord
{
    public bool HasLeft { get; private set; }

    public async Task LeavingAsync()
    {
        await NoteAsync(static stored => stored.Job.Status == JobStatus.Submitting ? stored with { IsUnsent = false } : throw TakenAway(stored.Job)).ConfigureAwait(false);
        HasLeft = true;
    }

    public async Task ReturnedAsync()
    {
        HasLeft = false;
        await NoteAsync(static stored => stored with { IsUnsent = true }).ConfigureAwait(false);
    }

    private async Task NoteAsync(Func<StoredJob, StoredJob> change)
    {
        if (await store.UpdateAsync(id, change, CancellationToken.None).ConfigureAwait(false) is null)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "The record of the job " + id + " disappeared before its request left. Nothing was sent.") { Target = id };
        }
    }

    /// <summary>Somebody took this process for gone, and has settled or abandoned the job; it may have been submitted anew.</summary>
    private static SeedanceException TakenAway(SeedanceJob job) => new(
        ErrorCode.StoreFailure,
        string.Format(CultureInfo.InvariantCulture, "{0} was settled as {1} by another command before its request left. Nothing was sent.", job.Id, job.Status))
    {
        Provider = job.Provider,
        Target = job.Prompt,
        RecommendedAction = "Submit it again if it is still wanted.",
    };
}
