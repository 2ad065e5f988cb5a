using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.Traces;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>Lays what a host told over the record of a job, where it matters after a crash.</summary>
internal sealed class PollRecorder(IJobStore store, TraceRecorder traces, TimeProvider time) : IDisposable
{
    // A flush to disk holds its thread; ten thousand jobs that end together must not hold one each.
    private readonly SemaphoreSlim _writers = new(8);

    public async Task<PollOutcome> RecordAsync(PollRequest request, StoredJob stored, JobUpdate told, CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        StoredJob after = JobMerge.Apply(stored, told, now);
        PollOutcome result = new(after)
        {
            NextPoll = told.NextPoll,
            UnknownWord = told.Status is null ? told.StatusWord ?? "(none)" : null,
            Doubt = SaneCost.Doubt(told.Cost, stored.Job.Provider, stored.Job.Id),
        };
        if (after.Job.State == JobStatus.Succeeded && !after.Job.Outputs.Any(output => output.Url is not null) && !request.Believes.Empty)
        {
            // Not recorded either: after a crash it is still a job to ask about.
            return result with { Stored = stored with { Job = stored.Job with { State = JobStatus.Running, LastCheckedAt = now } },
                Suspect = SuspectAnswer.Empty };
        }

        if (after.Job.State == request.Stored.Job.State && after.Job.Outputs.Count == request.Stored.Job.Outputs.Count
            && ReferenceEquals(after.Notes, request.Stored.Notes))
        {
            return result; // Nothing that a crash could lose.
        }

        if (after.Job.State != request.Stored.Job.State)
        {
            traces.Note(after.Job.Id, after.Job.Provider, Conclusion(request.Stored.Job.State, after.Job), after.Job.Error?.Code);
        }

        // From queued to running is worth a write while the disk is idle, and no more; an end is worth any wait.
        TimeSpan patience = after.Job.IsFinished ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        if (!await _writers.WaitAsync(patience, stop).ConfigureAwait(false))
        {
            return result;
        }

        try
        {
            StoredJob? saved = await store.UpdateAsync(
                after.Job.Id, current =>
                    JobMerge.Apply(current with { Notes = after.Notes }, told, now), CancellationToken.None, stored.Term)
                    .ConfigureAwait(false);
            return saved is null ? result with { FatalError = Forgotten(stored) } : result with { Stored = saved };
        }
        catch (SeedanceException lost) when (StoreErrors.IsLost(lost))
        {
            // Another process has taken it over and asks; what this one was told may be old.
            return result with { Stored = stored with { Job = lost.Job!, Term = 0 }, IsHearsay = true };
        }
        catch (SeedanceException failure) when (failure.Code == ErrorCode.StoreFailure)
        {
            // The job itself is on record, so nothing is lost: whoever comes later asks again.
            return after.Job.IsFinished && request.Believes.Unrecorded
                ? result with { TransientError = failure }
                : result with { Stored = request.Stored, TransientError = failure, Suspect = SuspectAnswer.Unrecorded };
        }
        finally
        {
            _writers.Release();
        }
    }

    public void Dispose() => _writers.Dispose();

    private static string Conclusion(JobStatus before, SeedanceJob job)
    {
        StringBuilder text = new(before + " -> " + job.State);
        if (job.Error is { } error)
        {
            text.Append(": ").Append(error.Message ?? error.Code);
            text.Append(error.ProviderCode is null ? string.Empty : " (its code: " + error.ProviderCode + ")");
        }

        return text.ToString();
    }

    private static SeedanceException Forgotten(StoredJob stored) =>
        new(ErrorCode.JobNotFound,
            string.Format(CultureInfo.InvariantCulture, "The record of {0} was removed while it was waited for.", stored.Job.Id))
        {
            Job = stored.Job,
            RecommendedAction = "The job may still run at " + stored.Job.Provider + " as " + stored.Job.ProviderJobId + ".",
        };
}
