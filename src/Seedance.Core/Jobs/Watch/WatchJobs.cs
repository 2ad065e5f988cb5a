using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Records;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Watch;

/// <summary>Where the table is drawn.</summary>
internal interface IWatchScreen
{
    int Width { get; }

    int Height { get; }

    /// <summary>Draws over what was drawn before.</summary>
    void Draw(IReadOnlyList<string> lines);
}

/// <summary>
/// Follows what is under way in a state folder, whichever process submits it, until all of it has ended. It asks about the jobs as a wait
/// does, through the same scheduler, so watching beside a wait polls nobody twice.
/// </summary>
internal sealed class WatchJobs(SeedanceServices services, JobLookup lookup, IWatchScreen screen) : IJobObserver, IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(6);
    private const int TicksBetweenReadings = 2;
    private readonly ConcurrentQueue<PollOutcome> _heard = new();
    private readonly Dictionary<string, WatchedJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IDisposable> _subscriptions = new(StringComparer.Ordinal);

    private IReadOnlyList<SeedanceJob> _expiring = [];
    private int _ticks;

    public IOperationOutput Log => NullOutput.Instance;

    public IReadOnlyList<SeedanceJob> Unfinished => [.. _jobs.Values.Select(watched => watched.Job).Where(job => !job.IsFinished)];

    public void OnPolled(PollOutcome result) => _heard.Enqueue(result);

    /// <summary>
    /// Watches until <paramref name="stop"/>; the jobs go on. <paramref name="passThru"/> writes each job that ends, and
    /// <paramref name="output"/> is told of records that cannot be read.
    /// </summary>
    public async Task RunAsync(bool passThru, IOperationOutput output, CancellationToken stop)
    {
        while (await LookAsync(passThru, output, stop).ConfigureAwait(false))
        {
            await services.Time.After(s_tick, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Draws how it stands now. False once nothing is left that can change.</summary>
    public async Task<bool> LookAsync(bool passThru, IOperationOutput output, CancellationToken stop)
    {
        if (_ticks % TicksBetweenReadings == 0)
        {
            _expiring = await ReadAsync(_ticks == 0 ? output.Error : static _ => { }, stop).ConfigureAwait(false);
        }

        _ticks++;
        Hear(passThru, output);
        screen.Draw(WatchTable.Draw([.. InOrder()], _expiring, services.Time.GetUtcNow(), screen.Width, screen.Height));

        // What nobody can ask about may stay for ever, and is no reason to stay.
        return !_jobs.Values.All(watched => watched.Job.IsFinished || watched.Job.State == JobStatus.Unconfirmed);
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions.Values)
        {
            subscription.Dispose();
        }

        _subscriptions.Clear();
    }

    private IEnumerable<WatchedJob> InOrder() =>
        _jobs.Values.OrderBy(watched => watched.Job.IsFinished).ThenBy(watched => watched.Job.Id, StringComparer.Ordinal);

    private void Hear(bool passThru, IOperationOutput output)
    {
        while (_heard.TryDequeue(out PollOutcome? result))
        {
            SeedanceJob job = result.Stored.Job;
            if (!_jobs.TryGetValue(job.Id, out WatchedJob? watched))
            {
                continue;
            }

            _jobs[job.Id] = watched with { Job = job, Trouble = result.Error?.Message };
            if ((job.IsFinished || result.FatalError is not null) && _subscriptions.TryGetValue(job.Id, out IDisposable? subscription))
            {
                subscription.Dispose();
                _subscriptions.Remove(job.Id);
            }

            if (job.IsFinished && passThru)
            {
                output.Write(job);
            }
        }
    }

    /// <summary>Takes in what has come and what other processes have learnt; the videos that will soon be gone.</summary>
    private async Task<IReadOnlyList<SeedanceJob>> ReadAsync(Action<SeedanceException> report, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        List<SeedanceJob> expiring = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (
            StoredJob stored in services.Store.ListAsync(new JobScope { ExpiresAfter = now }, report, stop).ConfigureAwait(false))
        {
            SeedanceJob job = stored.Job;
            seen.Add(job.Id);
            if (OutputLife.IsShort(job, now, s_soon))
            {
                expiring.Add(job);
            }

            if (!job.IsFinished && !_jobs.ContainsKey(job.Id))
            {
                _jobs.Add(job.Id, Begin(stored));
            }
            else if (_jobs.TryGetValue(job.Id, out WatchedJob? watched) && !_subscriptions.ContainsKey(job.Id))
            {
                _jobs[job.Id] = job.ProviderJobId is not null && !job.IsFinished ? Begin(stored) : watched with { Job = job };
            }
        }

        // Removed, or ended by somebody else in a way that the listing leaves out.
        foreach (string gone in _jobs.Values.Where(watched => !watched.Job.IsFinished && !seen.Contains(watched.Job.Id))
            .Select(watched => watched.Job.Id).ToArray())
        {
            if (await services.Store.FindAsync(gone, stop).ConfigureAwait(false) is { } stored)
            {
                _jobs[gone] = _jobs[gone] with { Job = stored.Job };
            }
            else
            {
                _jobs.Remove(gone);
            }
        }

        return expiring;
    }

    private WatchedJob Begin(StoredJob stored)
    {
        if (stored.Job.ProviderJobId is null)
        {
            return new WatchedJob(stored.Job);
        }

        try
        {
            Account account = lookup.AccountOf(stored.Job);
            _subscriptions[stored.Job.Id] = services.Scheduler.Watch(stored, account, this);
            return new WatchedJob(stored.Job, services.History.For(stored.Job, account).Expected.Median);
        }
        catch (SeedanceException error)
        {
            return new WatchedJob(stored.Job, Trouble: error.Message); // Shown as it is on record; another process may be able to ask.
        }
    }
}
