using Seedance.Store;

namespace Seedance.Polling;

/// <summary>
/// Hears, while somebody waits, which jobs have ended in the store: by the polls of another process or machine, or by a callback that one
/// received. Whoever waits looks; the looks of a process are one a second, and one question each.
/// </summary>
internal sealed class JobChanges(IJobStore store, PollScheduler scheduler, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private int _looking;
    private long? _looked;
    private DateTimeOffset? _since;

    /// <summary>Tells the waiters of this process what has ended since the last look.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        if (scheduler.Watched == 0 || Interlocked.Exchange(ref _looking, 1) != 0)
        {
            return;
        }

        try
        {
            if (_looked is { } last && time.GetElapsedTime(last) < s_interval)
            {
                return;
            }

            _looked = time.GetTimestamp();
            EndedJobs ended = await store.EndedSinceAsync(_since, stop).ConfigureAwait(false);
            foreach (string id in ended.Ids.Where(scheduler.IsWatched))
            {
                if (await store.FindAsync(id, stop).ConfigureAwait(false) is { Job.IsFinished: true } job)
                {
                    await scheduler.LearnAsync(new PollOutcome(job) { IsHearsay = true }).ConfigureAwait(false);
                }
            }

            _since = ended.Until;
        }
        catch (SeedanceException)
        {
            // The next look, or the job's own poll.
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }
}
