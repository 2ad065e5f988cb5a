using Seedance.Records;

namespace Seedance.Store;

/// <content>Who holds which job.</content>
internal sealed partial class SqlJobStore
{
    private static readonly TimeSpan s_brief = TimeSpan.FromSeconds(5);
    // A write is seen when it is committed, which is later than its own time.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(5);
    // Whose release is not written, and the attempt at it: where that fails, a heart that beats on holds them for no one.
    private readonly Dictionary<string, Task> _unreleased = new(StringComparer.Ordinal);
    private readonly TimeProvider _beats;

    public async Task<IReadOnlyList<JobLease>> HoldAsync(IReadOnlyList<string> ids, CancellationToken stop)
    {
        List<JobLease> held = [];
        List<string> others = [];
        foreach (string id in ids)
        {
            if (_leases.Find(id) is { } lease)
            {
                held.Add(lease);
            }
            else
            {
                others.Add(id);
            }
        }

        return others.Count == 0 ? held
            : [.. held, .. await WriteAsync("hold the jobs", s_brief, session => TakeAsync(session, others), stop, durable: false)
                .ConfigureAwait(false)];
    }

    public async Task ReleaseLeasesAsync(IReadOnlyList<string> ids)
    {
        TaskCompletionSource<bool> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<Task> others = [];
        List<string> own = [];
        lock (_unreleased)
        {
            foreach (string id in ids)
            {
                if (_leases.Remove(id))
                {
                    own.Add(id);
                    _unreleased[id] = over.Task;
                }
                else if (_unreleased.TryGetValue(id, out Task? other) && other != over.Task)
                {
                    others.Add(other);
                }
            }
        }

        try
        {
            if (own.Count > 0)
            {
                await WriteAsync(
                    "let go of jobs", s_brief, session => ReleaseLeasesAsync(session, own), CancellationToken.None, durable: false)
                    .ConfigureAwait(false);
                own.ForEach(id => Released(id, over.Task));
            }
        }
        finally
        {
            over.SetResult(true);
        }

        await Task.WhenAll(others).ConfigureAwait(false); // Whoever asked first may be at it still.
    }

    public Task<EndedJobs> EndedSinceAsync(DateTimeOffset? since, CancellationToken stop) => RepeatAsync("look for news", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        if (session is null)
        {
            return new EndedJobs([], since);
        }

        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        return new EndedJobs(await JobTable.EndedSinceAsync(session, (since ?? now) - s_overlap).ConfigureAwait(false), now);
    });

    /// <summary>Opens what is still closed, and learns the store's clock.</summary>
    public async Task OpenAsync(CancellationToken stop) => _ = await ExistsAsync(stop).ConfigureAwait(false);

    private static async Task<bool> ReleaseLeasesAsync(StoreSession session, List<string> ids)
    {
        foreach (string id in ids.OrderBy(id => id, StringComparer.Ordinal))
        {
            await JobTable.ReleaseLeasesAsync(session, id).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<List<JobLease>> TakeAsync(StoreSession session, List<string> ids)
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        List<JobLease> leases = [];
        foreach (string id in ids.OrderBy(id => id, StringComparer.Ordinal))
        {
            leases.Add(await TakeAsync(session, id, now).ConfigureAwait(false));
        }

        await HeldAsync(session, now, job: null).ConfigureAwait(false);
        foreach (JobLease lease in leases.Where(lease => lease.Term > 0))
        {
            _leases.Add(lease.Id, lease.Term!.Value);
        }

        return leases;
    }

    /// <summary>
    /// <paramref name="anew"/> takes it also out of the hands of another worker in this process, whose lease has run out.
    /// </summary>
    private async Task<JobLease> TakeAsync(StoreSession session, string id, DateTimeOffset now, bool anew = false)
    {
        if (await JobTable.FindAsync(session, id, toChange: true).ConfigureAwait(false) is not { } row
            || Read(row, now, static _ => { }) is not { } job)
        {
            return new JobLease(id, 0);
        }

        if (row.IsHeldElsewhere(now, _engine.Self))
        {
            return new JobLease(id, Term: null) { Job = job };
        }

        Released(id);
        if (!job.IsOwn || anew)
        {
            await JobTable.HoldAsync(session, id).ConfigureAwait(false);
            job = job with { Owner = _engine.Self, Term = job.Term + 1, IsOwn = true, OwnerMayBeAlive = true };
        }

        return new JobLease(id, job.Term) { Job = job };
    }

    /// <summary>
    /// Last in a transaction: others of this process may wait for the row of its lease while they hold what this one needs.
    /// </summary>
    private async Task HeldAsync(StoreSession session, DateTimeOffset now, StoredJob? job, bool isNewRole = false)
    {
        if (_leases.IsDue || isNewRole)
        {
            long begun = _beats.GetTimestamp();
            await HolderTable.BuryAsync(session, now).ConfigureAwait(false);
            await HolderTable.BeatAsync(session, _engine.Self, now, _role).ConfigureAwait(false);
            _leases.Beaten(begun);
        }

        if (job?.Owner == _engine.Self)
        {
            _leases.Add(job.Job.Id, job.Term); // After a heartbeat that comes late, which forgets all that was held before it.
        }
    }

    /// <summary>A job that is taken out of another's hands gets the next term; one that has ended is let go of.</summary>
    private StoredJob Handed(StoredJob before, StoredJob after)
    {
        bool ends = after.Job.IsFinished && !before.Job.IsFinished && before.IsOwn;
        ProcessMark? owner = ends && !(_role is not null && after.IsWork) ? null : after.Owner; // A worker goes on to save it.
        if (before.IsOwn && owner is null)
        {
            _leases.Remove(before.Job.Id);
        }

        return after with
        {
            Owner = owner,
            Term = before.Owner is not null && !before.IsOwn && owner != before.Owner ? before.Term + 1 : before.Term,
            IsOwn = owner is not null && before.IsOwn,
            OwnerMayBeAlive = owner is not null && before.OwnerMayBeAlive,
        };
    }

    private async Task BeatAsync()
    {
        long begun = _beats.GetTimestamp();
        using StoreSession session = await _engine.WriteAsync(s_brief, durable: false, CancellationToken.None).ConfigureAwait(false);
        KeyValuePair<string, Task>[] late = [.. Unreleased().OrderBy(one => one.Key, StringComparer.Ordinal)];
        foreach (KeyValuePair<string, Task> one in late)
        {
            // Before the row of the own lease, which is the last that a transaction takes.
            _ = await JobTable.FindAsync(session, one.Key, toChange: true).ConfigureAwait(false);
            if (Unreleased().Contains(one))
            {
                await JobTable.ReleaseLeasesAsync(session, one.Key).ConfigureAwait(false);
            }
        }

        await HolderTable.BeatAsync(session, _engine.Self, await _engine.NowAsync(session).ConfigureAwait(false), _role)
            .ConfigureAwait(false);
        session.Commit();
        _leases.Beaten(begun);
        Array.ForEach(late, one => Released(one.Key, one.Value));
    }

    private KeyValuePair<string, Task>[] Unreleased()
    {
        lock (_unreleased)
        {
            return [.. _unreleased];
        }
    }

    /// <summary>Nothing is left to release, unless another attempt than that one began meanwhile.</summary>
    private void Released(string id, Task? attempt = null)
    {
        lock (_unreleased)
        {
            if (attempt is null || (_unreleased.TryGetValue(id, out Task? latest) && latest == attempt))
            {
                _unreleased.Remove(id);
            }
        }
    }
}
