using System.Data.Common;
using Seedance.Records;

namespace Seedance.Store;

/// <summary>Jobs: the whole record as a document, and beside it what is searched by.</summary>
internal static class JobTable
{
    private const int MostTokens = 100; // Of one statement.
    public const string Columns = "id, document, slot, owner, term, " + HolderTable.LeaseOf;

    private const string Insert =
        "insert into ~job (id, account, provider, profile, provider_job_id, client_token, status, finished, created_at, completed_at, "
        + "expires_at, tag, batch, take, derived_from, rating, slot, owner, term, priority, arrival, work, touched_at, document) "
        + "values (@id, @account, @provider, @profile, @provider_job_id, @client_token, @status, @finished, @created_at, @completed_at, "
        + "@expires_at, @tag, @batch, @take, @derived_from, @rating, @slot, @owner, @term, @priority, @arrival, @work, @touched_at, @document) "
        + "on conflict (id) do nothing";

    /// <summary>False when the id is taken.</summary>
    public static async Task<bool> AddAsync(StoreSession session, StoredJob job, int? slot, DateTimeOffset now, bool claimsToken = true)
    {
        string? token = claimsToken && await IsFreeAsync(session, job.Job.ClientToken).ConfigureAwait(false) ? job.Job.ClientToken : null;
        await YieldAsync(session, job.Job).ConfigureAwait(false);
        return await session.RunAsync(Insert, New(job, token, slot, arrival: null, now)).ConfigureAwait(false) == 1;
    }

    /// <summary>Adds planned jobs whose tokens are free, each with its place in the queue; tells of which the id is taken.</summary>
    public static async Task<IReadOnlyList<bool>> PlanAsync(
        StoreSession session, IReadOnlyList<(StoredJob Job, long Arrival)> jobs, DateTimeOffset now) =>
        [
            .. (await session.RunManyAsync(
                Insert, [.. jobs.Select(one => New(one.Job, one.Job.Job.ClientToken, slot: null, one.Arrival, now))]).ConfigureAwait(false))
                .Select(static added => added == 0),
        ];

    /// <summary>A job of which nothing can be read but its id; whatever leads to it is an error, as for every damaged record.</summary>
    public static Task<int> AddDamagedAsync(StoreSession session, string id, DateTimeOffset now) => session.RunAsync(
        "insert into ~job (id, account, provider, status, finished, created_at, touched_at, document) "
        + "values (@id, '', '', @status, 1, @created_at, @now, '') on conflict (id) do nothing",
        ("id", id),
        ("status", nameof(JobStatus.Unconfirmed)),
        ("created_at", SqlTime.Text(JobId.CreatedAt(id))),
        ("now", SqlTime.Text(now)));

    /// <summary>Writes what <paramref name="after"/> says otherwise than <paramref name="before"/>, as it stands.</summary>
    public static async Task ReplaceAsync(StoreSession session, StoredJob before, StoredJob after, DateTimeOffset now)
    {
        if (before.Job.ProviderJobId != after.Job.ProviderJobId)
        {
            await YieldAsync(session, after.Job).ConfigureAwait(false);
        }

        await session.RunAsync(
            "update ~job set account = @account, provider = @provider, profile = @profile, provider_job_id = "
            + (before.Job.ProviderJobId == after.Job.ProviderJobId ? "provider_job_id" : "@provider_job_id")
            + ", status = @status, finished = @finished, created_at = @created_at, completed_at = @completed_at, expires_at = @expires_at, "
            + "tag = @tag, batch = @batch, take = @take, derived_from = @derived_from, rating = @rating"
            + (after.Job.IsFinished ? ", slot = null" : string.Empty)
            + ", owner = @owner, term = @term, work = @work, touched_at = @touched_at, document = @document where id = @id",
            Values(after, now)).ConfigureAwait(false);
    }

    public static Task<JobRow?> FindAsync(StoreSession session, string id, bool toChange = false) =>
        OneAsync(session, "id = @id" + (toChange ? session.Engine.ForUpdate : string.Empty), ("id", Plain(id)));

    public static Task<JobRow?> FindByTokenAsync(StoreSession session, string token) =>
        OneAsync(session, "client_token = @token", ("token", Plain(token)));

    public static async Task<List<JobRow>> FindByTokensAsync(StoreSession session, IReadOnlyCollection<string> tokens)
    {
        List<JobRow> rows = [];
        for (int first = 0; first < tokens.Count; first += MostTokens)
        {
            (string Name, object? Value)[] values = [.. tokens.Skip(first).Take(MostTokens).Select(static (token, number) =>
                ("token" + number.ToString(CultureInfo.InvariantCulture), (object?)Plain(token)))];
            rows.AddRange(await session.QueryAsync(
                "select " + Columns + " from ~job where client_token in ("
                + string.Join(", ", values.Select(static value => "@" + value.Name)) + ")",
                Row, values).ConfigureAwait(false));
        }

        return rows;
    }

    public static Task<JobRow?> FindByProviderJobIdAsync(StoreSession session, string provider, string providerJobId) => OneAsync(
        session,
        "lower(provider) = @provider and provider_job_id = @id",
        ("provider", provider.ToLowerInvariant()),
        ("id", Plain(providerJobId)));

    /// <summary>The account's jobs that have not ended, oldest first.</summary>
    public static Task<List<JobRow>> OpenOfAsync(StoreSession session, string account) => session.QueryAsync(
        "select " + Columns + " from ~job where account = @account and finished = 0 and status <> 'Planned' order by id",
        Row,
        ("account", account));

    public static Task<int> TakeSlotAsync(StoreSession session, string id, int slot) =>
        session.RunAsync("update ~job set slot = @slot where id = @id", ("id", id), ("slot", slot));

    /// <summary>The place in the queue of the job that came last.</summary>
    public static Task<long> LastArrivalAsync(StoreSession session) =>
        session.FirstAsync("select coalesce(max(arrival), 0) from ~job where work = 1", static row => row.GetInt64(0));

    /// <summary>
    /// The jobs that a worker may take, by priority and arrival: planned, or left under way by a worker that is gone. None of them is its
    /// transaction's own yet.
    /// </summary>
    public static Task<List<string>> NextWorkAsync(StoreSession session, WorkTerms terms, DateTimeOffset now, int most)
    {
        (string condition, List<(string, object?)> values) = WorkOf(terms, now);
        return session.QueryAsync(
            "select id from ~job where " + condition + " order by priority desc, arrival, id limit @most",
            static row => row.GetString(0), [.. values, ("most", most)]);
    }

    /// <summary>Makes a row its transaction's own; false where another has it, or has taken the job.</summary>
    public static Task<bool> LockWorkAsync(StoreSession session, WorkTerms terms, DateTimeOffset now, string id)
    {
        (string condition, List<(string, object?)> values) = WorkOf(terms, now);
        return session.FirstAsync(
            "select id from ~job where id = @id and " + condition + session.Engine.ForUpdateOfFree,
            static _ => true,
            [.. values, ("id", id)]);
    }

    private static (string Condition, List<(string, object?)> Values) WorkOf(WorkTerms terms, DateTimeOffset now)
    {
        List<(string, object?)> values = [("now", SqlTime.Text(now))];
        string condition = "work = 1 and status <> 'Submitting' and status <> 'Unconfirmed' "
            + "and (owner is null or not exists (select 1 from ~holder where mark = owner and lease_until > @now))";
        if (terms.Profile is { } profile)
        {
            condition += " and lower(profile) = @profile";
            values.Add(("profile", profile.ToLowerInvariant()));
        }

        if (terms.RestingAccounts.Count > 0)
        {
            string[] names =
                [.. terms.RestingAccounts.Select(static (_, number) => "account" + number.ToString(CultureInfo.InvariantCulture))];
            string resting = string.Join(", ", names.Select(static name => "@" + name));
            condition += " and (status <> 'Planned' or account not in (" + resting + "))"; // What runs is followed wherever it runs.
            values.AddRange(names.Zip(terms.RestingAccounts, static (name, account) => (name, (object?)account)));
        }

        return (condition, values);
    }

    public static Task<int> FreeSlotAsync(StoreSession session, string id) =>
        session.RunAsync("update ~job set slot = null where id = @id", ("id", id));

    /// <summary>With all that was said about it; nothing, where it has another status by now than the caller knows.</summary>
    public static async Task<int> RemoveAsync(StoreSession session, string id, JobStatus? known = null)
    {
        int removed = await session.RunAsync(
            "delete from ~job where id = @id" + (known is null ? string.Empty : " and status = @known"),
            known is null ? [("id", id)] : [("id", id), ("known", known.ToString())]).ConfigureAwait(false);
        if (removed > 0)
        {
            await TraceTable.RemoveAsync(session, id).ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>Makes the job this process's own under the next term; the record stays as it is.</summary>
    public static Task<int> HoldAsync(StoreSession session, string id) =>
        session.RunAsync(
            "update ~job set owner = @self, term = term + 1 where id = @id", ("id", id), ("self", session.Engine.Self.ToText()));

    /// <summary>Lets go of a job that this process holds.</summary>
    public static Task<int> ReleaseLeasesAsync(StoreSession session, string id) => session.RunAsync(
        "update ~job set owner = null where id = @id and owner = @self", ("id", id), ("self", session.Engine.Self.ToText()));

    /// <summary>The jobs whose end, or what came after it, was written since then.</summary>
    public static Task<List<string>> EndedSinceAsync(StoreSession session, DateTimeOffset since) => session.QueryAsync(
        "select id from ~job where finished = 1 and touched_at > @since", static row => row.GetString(0), ("since", SqlTime.Text(since)));

    public static JobRow Row(DbDataReader row) => new(row.GetString(0), row.GetString(1))
    {
        Slot = row.IsDBNull(2) ? null : row.GetInt32(2),
        Owner = row.IsDBNull(3) ? null : ProcessMark.FromText(row.GetString(3)),
        Term = row.GetInt64(4),
        LeaseUntil = row.IsDBNull(5) ? null : SqlTime.Read(row.GetString(5)),
    };

    private static Task<JobRow?> OneAsync(StoreSession session, string condition, params (string, object?)[] values) =>
        session.FirstAsync("select " + Columns + " from ~job where " + condition, Row, values);

    private static (string, object?)[] New(StoredJob job, string? token, int? slot, long? arrival, DateTimeOffset now) =>
        [("client_token", Plain(token)), ("slot", slot), ("arrival", arrival), .. Values(job, now)];

    private static (string, object?)[] Values(StoredJob job, DateTimeOffset now) =>
    [
        ("id", job.Job.Id),
        ("account", AccountKey.Of(job.Job)),
        ("provider", job.Job.Provider),
        ("profile", job.Job.Profile),
        ("provider_job_id", Plain(job.Job.ProviderJobId)),
        ("status", job.Job.State.ToString()),
        ("finished", job.Job.IsFinished ? 1 : 0),
        ("created_at", SqlTime.Text(job.Job.CreatedAt)),
        ("completed_at", SqlTime.Text(job.Job.CompletedAt)),
        ("expires_at", SqlTime.Text(LastUse(job.Job))),
        ("tag", Plain(job.Job.Tag)),
        ("batch", Plain(job.Job.Batch)),
        ("take", job.Job.Take),
        ("derived_from", Plain(job.Job.DerivedFrom)),
        ("rating", job.Job.Rating),
        ("owner", job.Owner?.ToText()),
        ("term", job.Term),
        ("priority", job.Plan?.Priority ?? 0),
        ("work", job.IsWork ? 1 : 0),
        ("touched_at", SqlTime.Text(now)),
        ("document", Encoding.UTF8.GetString(JobDocument.Write(job))),
    ];

    /// <summary>The latest that a host's own date and the moment of the end allow; null where neither is known.</summary>
    private static DateTimeOffset? LastUse(SeedanceJob job)
    {
        DateTimeOffset? latest = job.CompletedAt + JobScope.LongestLifetime;
        foreach (JobOutput output in job.Outputs)
        {
            latest = latest > output.ExpiresAt ? latest : output.ExpiresAt ?? latest;
        }

        return latest;
    }

    /// <summary>
    /// The last that says so has the provider's id; a receipt must never fail because somebody was faster to write it down.
    /// </summary>
    private static async Task YieldAsync(StoreSession session, SeedanceJob job)
    {
        if (job.ProviderJobId is { } id)
        {
            await session.Engine.LockAsync(session, "id:" + job.Provider.ToLowerInvariant() + "|" + id).ConfigureAwait(false);
            await session.RunAsync(
                "update ~job set provider_job_id = null where lower(provider) = @provider and provider_job_id = @id",
                ("provider", job.Provider.ToLowerInvariant()),
                ("id", Plain(id))).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsFreeAsync(StoreSession session, string? token) =>
        token is not null && await FindByTokenAsync(session, token).ConfigureAwait(false) is null;

    /// <summary>No column takes a zero character; what has one is hashed, so that it is still found by it.</summary>
    private static string? Plain(string? text) => text is null || text.IndexOf('\0') < 0 ? text : AccountKey.Hash(text);
}
