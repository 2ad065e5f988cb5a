using Seedance.Records;

namespace Seedance.Store;

/// <content>Planned jobs, and the workers that take them.</content>
internal sealed partial class SqlJobStore
{
    private string? _role;

    public Task<IReadOnlyList<StoredJob>> PlanAsync(IReadOnlyList<StoredJob> jobs, CancellationToken stop)
    {
        // What a try before this one may have put on record, although its connection broke before it was told so.
        StoredJob?[] tried = new StoredJob?[jobs.Count];
        return WriteAsync("plan the jobs", StoreFault.Patience, session => PlanAsync(session, jobs, tried), stop);
    }

    private async Task<IReadOnlyList<StoredJob>> PlanAsync(StoreSession session, IReadOnlyList<StoredJob> jobs, StoredJob?[] tried)
    {
        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        IEnumerable<string> tokens = jobs.Select(job => job.Job.ClientToken).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (string token in tokens.OrderBy(token => token, StringComparer.Ordinal))
        {
            await _engine.LockAsync(session, "token:" + token).ConfigureAwait(false);
        }

        long arrival = await JobTable.LastArrivalAsync(session).ConfigureAwait(false);
        List<StoredJob> planned = [];
        for (int i = 0; i < jobs.Count; i++)
        {
            planned.Add(await FindPlannedAsync(session, jobs[i], tried[i], now).ConfigureAwait(false)
                ?? (tried[i] = await PlanAsync(session, tried[i] ?? jobs[i], now, ++arrival).ConfigureAwait(false)));
        }

        return planned;
    }

    public async Task<StoredJob?> TakeWorkAsync(WorkTerms terms, CancellationToken stop)
    {
        bool isNew = _role is null;
        _role = "worker";
        return await ExistsAsync(stop).ConfigureAwait(false) ? await WriteAsync("take a planned job", StoreFault.Patience, async session =>
        {
            DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
            await HolderTable.BuryAsync(session, now).ConfigureAwait(false);
            JobLease? lease = null;
            WorkTerms left = terms;
            while (lease is null && await JobTable.NextWorkAsync(session, left, now).ConfigureAwait(false) is { } row)
            {
                JobLease taken = await TakeAsync(session, row.Id, now, anew: true).ConfigureAwait(false);
                lease = taken.Term > 0 ? taken : null;
                left = left with { GivenUp = [.. left.GivenUp, row.Id] }; // A damaged record keeps nobody from the others.
            }

            await HeldAsync(session, now, lease?.Job, isNew).ConfigureAwait(false);
            return lease?.Job;
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

    public Task<bool> HasWorkersAsync(CancellationToken stop) => GuardAsync("look for workers", async () =>
    {
        using StoreSession? session = await _engine.ReadAsync(stop).ConfigureAwait(false);
        if (session is null)
        {
            return false;
        }

        DateTimeOffset now = await _engine.NowAsync(session).ConfigureAwait(false);
        return await HolderTable.CountWorkersAsync(session, now).ConfigureAwait(false) > 0;
    });

    /// <summary>The one that is on record already: by a try before this one, or by whoever had the token first.</summary>
    private async Task<StoredJob?> FindPlannedAsync(StoreSession session, StoredJob job, StoredJob? tried, DateTimeOffset now)
    {
        if (tried is not null
            && (await JobTable.FindAsync(session, tried.Job.Id).ConfigureAwait(false))?.Read(now, _engine.Self) is { Plan: not null } own
            && (own.Job.Batch, own.Job.Prompt) == (tried.Job.Batch, tried.Job.Prompt))
        {
            return tried; // A worker may be at it by now, which makes it no other's.
        }

        return job.Job.ClientToken is { } token
            ? (await JobTable.FindByTokenAsync(session, token).ConfigureAwait(false))?.Read(now, _engine.Self)
            : null;
    }

    private static async Task<StoredJob> PlanAsync(StoreSession session, StoredJob job, DateTimeOffset now, long arrival)
    {
        while (!await JobTable.AddAsync(session, job, slot: null, now).ConfigureAwait(false))
        {
            // Thousands that are planned in one moment may draw the same.
            job = job with { Job = job.Job with { Id = JobId.Create(job.Job.CreatedAt) } };
        }

        await JobTable.ArriveAsync(session, job.Job.Id, arrival).ConfigureAwait(false);
        return job;
    }

    /// <summary>The record of a job that its worker is about to submit; an error where it is no longer the worker's to submit.</summary>
    private async Task<StoredJob> PlannedAsync(StoreSession session, StoredJob job, DateTimeOffset now)
    {
        StoredJob? planned = (await JobTable.FindAsync(session, job.Job.Id, toChange: true).ConfigureAwait(false))?.Read(now, _engine.Self);
        return planned is { Job.State: JobStatus.Planned, IsOwn: true } && planned.Term == job.Term
            ? planned
            : throw StoreFault.Lost(planned ?? job);
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
