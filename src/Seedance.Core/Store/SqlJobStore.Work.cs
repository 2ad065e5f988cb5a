using Seedance.Records;

namespace Seedance.Store;

/// <content>Planned jobs, and the workers that take them.</content>
internal sealed partial class SqlJobStore
{
    private const int LookAhead = 64; // More than there are workers that look at one moment.
    private string? _role;

    public Task<IReadOnlyList<StoredJob>> PlanAsync(IReadOnlyList<StoredJob> jobs, CancellationToken stop)
    {
        // What a try before this one may have put on record, although its connection broke before it was told so.
        StoredJob?[] tried = new StoredJob?[jobs.Count];
        return WriteAsync("plan the jobs", StoreErrors.Patience, session => PlanAsync(session, jobs, tried), stop);
    }

    private async Task<IReadOnlyList<StoredJob>> PlanAsync(StoreSession session, IReadOnlyList<StoredJob> jobs, StoredJob?[] tried)
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        string[] tokens = [.. jobs.Select(job => job.Job.ClientToken).OfType<string>().Distinct(StringComparer.Ordinal)
            .OrderBy(token => token, StringComparer.Ordinal)];
        await _engine.LockAsync(session, [.. tokens.Select(static token => "token:" + token)]).ConfigureAwait(false);
        Dictionary<string, StoredJob> known = new(StringComparer.Ordinal);
        foreach (JobRow row in await JobTable.FindByTokensAsync(session, tokens).ConfigureAwait(false))
        {
            StoredJob job = row.Read(now, _engine.Self);
            known[job.Job.ClientToken!] = job;
        }

        StoredJob[] planned = new StoredJob[jobs.Count];
        List<int> added = [];
        List<(int Index, int First)> repeated = [];
        Dictionary<string, int> firsts = new(StringComparer.Ordinal);
        for (int i = 0; i < planned.Length; i++)
        {
            string? token = jobs[i].Job.ClientToken;
            if (token is not null && firsts.TryGetValue(token, out int first))
            {
                repeated.Add((i, first));
                continue;
            }

            if (token is not null)
            {
                firsts.Add(token, i);
            }

            if (tried[i] is { } before && await IsOnRecordAsync(session, before, now).ConfigureAwait(false))
            {
                planned[i] = before; // A worker may be at it by now, which makes it no other's.
            }
            else if (token is not null && known.TryGetValue(token, out StoredJob? existing))
            {
                planned[i] = existing;
            }
            else
            {
                planned[i] = tried[i] ?? jobs[i];
                added.Add(i);
            }
        }

        await AddPlannedAsync(session, planned, added, tried, now).ConfigureAwait(false);
        repeated.ForEach(one => planned[one.Index] = planned[one.First]);
        return planned;
    }

    /// <summary>Thousands that are planned in one moment may draw the same id; then they draw again.</summary>
    private static async Task AddPlannedAsync(
        StoreSession session, StoredJob[] planned, List<int> added, StoredJob?[] tried, DateTimeOffset now)
    {
        long arrival = await JobTable.LastArrivalAsync(session).ConfigureAwait(false);
        (int Index, long Arrival)[] left = [.. added.Select(index => (index, ++arrival))];
        while (left.Length > 0)
        {
            IReadOnlyList<bool> taken = await JobTable.PlanAsync(
                session, [.. left.Select(one => (planned[one.Index], one.Arrival))], now).ConfigureAwait(false);
            Array.ForEach(left, one => tried[one.Index] = planned[one.Index]);
            left = [.. left.Where((_, number) => taken[number])];
            foreach ((int index, _) in left)
            {
                StoredJob again = planned[index];
                planned[index] = again with { Job = again.Job with { Id = JobId.Create(again.Job.CreatedAt) } };
            }
        }
    }

    public async Task<StoredJob?> TakeWorkAsync(WorkTerms terms, CancellationToken stop)
    {
        bool isNew = _role is null;
        _role = "worker";
        return await ExistsAsync(stop).ConfigureAwait(false) ? await WriteAsync("take a planned job", StoreErrors.Patience, async session =>
        {
            DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
            await HolderTable.BuryAsync(session, now).ConfigureAwait(false);
            StoredJob? taken = await NextWorkAsync(session, terms, now).ConfigureAwait(false);
            await HeldAsync(session, now, taken, isNew).ConfigureAwait(false);
            return taken;
        }, stop).ConfigureAwait(false) : null;
    }

    public async Task EndWorkAsync()
    {
        if (_role is not null)
        {
            _role = null;
            await BeatAsync().ConfigureAwait(false);
        }
    }

    public Task<bool> HasWorkersAsync(CancellationToken stop) => RepeatAsync("look for workers", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        if (session is null)
        {
            return false;
        }

        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        return await HolderTable.CountWorkersAsync(session, now).ConfigureAwait(false) > 0;
    });

    /// <summary>
    /// The first that nobody else has at this moment. What was given up is passed over here and not by the statement, which would grow with
    /// it.
    /// </summary>
    private async Task<StoredJob?> NextWorkAsync(StoreSession session, WorkTerms terms, DateTimeOffset now)
    {
        HashSet<string> passed = new(terms.GivenUp, StringComparer.Ordinal);
        while (true)
        {
            List<string> places = await JobTable.NextWorkAsync(session, terms, now, passed.Count + LookAhead).ConfigureAwait(false);
            string[] ids = [.. places.Where(passed.Add)];
            foreach (string id in ids)
            {
                if (await JobTable.LockWorkAsync(session, terms, now, id).ConfigureAwait(false)
                    && await TakeAsync(session, id, now, anew: true).ConfigureAwait(false) is { Term: > 0 } lease)
                {
                    return lease.Job; // A damaged record keeps nobody from the others.
                }
            }

            if (ids.Length == 0)
            {
                return null;
            }
        }
    }

    /// <summary>A try before this one has put it on record.</summary>
    private async Task<bool> IsOnRecordAsync(StoreSession session, StoredJob tried, DateTimeOffset now) =>
        (await JobTable.FindAsync(session, tried.Job.Id).ConfigureAwait(false))?.Read(now, _engine.Self) is { Plan: not null } own
        && (own.Job.Batch, own.Job.Prompt) == (tried.Job.Batch, tried.Job.Prompt);

    /// <summary>The record of a job that its worker is about to submit; an error where it is no longer the worker's to submit.</summary>
    private async Task<StoredJob> PlannedAsync(StoreSession session, StoredJob job, DateTimeOffset now)
    {
        StoredJob? planned = (await JobTable.FindAsync(session, job.Job.Id, toChange: true).ConfigureAwait(false))?.Read(now, _engine.Self);
        return planned is { Job.State: JobStatus.Planned, IsOwn: true } && planned.Term == job.Term
            ? planned
            : throw StoreErrors.Lost(planned ?? job);
    }

    /// <summary>Nobody took it, so it is planned as before; in the hands of the worker that submitted it, if that lives.</summary>
    private async Task PlanAgainAsync(StoreSession session, StoredJob current, DateTimeOffset now)
    {
        StoredJob again = Handed(current, current with
        {
            Owner = current.IsOwn ? current.Owner : null,
            IsBooked = false,
            IsUnsent = false,
            Job = current.Job with { State = JobStatus.Planned, SubmittedAt = null, LastCheckedAt = null, Error = null },
        });
        await JobTable.ReplaceAsync(session, current, again, now).ConfigureAwait(false);
        await JobTable.FreeSlotAsync(session, current.Job.Id).ConfigureAwait(false);
    }
}
