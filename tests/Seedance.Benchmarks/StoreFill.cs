using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;
using Seedance.Store.Sql;

namespace Seedance.Benchmarks;

/// <summary>
/// A history of so many jobs over a year: ten takes of each shot, one entry of the ledger each, and always the same few that have failed or
/// still run. Written by the engine itself, a day at a time.
/// </summary>
internal static class StoreFill
{
    public const int Days = 360;
    public const string Tag = "hero";
    private const string Id = "20260101-000000-0000000";
    private const string Made = "2026-01-01T00:00:00.0000000Z";

    public static async Task RunAsync(StoreEngine engine, int jobs, DateTimeOffset now)
    {
        string template = Encoding.UTF8.GetString(JobDocument.Write(new StoredJob(new SeedanceJob
        {
            Id = Id,
            Provider = "Simulator",
            Endpoint = new Uri("http://simulator.invalid/simulator"),
            Model = "seedance-2.1",
            Prompt = "a kite over cliffs, the tag is THE-TAG",
            Tag = "THE-TAG",
            Request = new VideoRequest { Prompt = "a kite over cliffs", Model = "seedance-2.1" },
            State = JobStatus.Succeeded,
            ProviderJobId = "p-" + Id,
            CreatedAt = DateTimeOffset.Parse(Made, CultureInfo.InvariantCulture),
        })));
        for (int day = 0; day < Days; day++)
        {
            int from = (int)((long)jobs * day / Days), count = (int)((long)jobs * (day + 1) / Days) - from;
            if (count > 0)
            {
                await DayAsync(engine, template, now.AddDays(day - Days), from, count);
            }
        }
    }

    /// <summary>Ten have failed, five of another account still run, and ten have the tag that is asked for.</summary>
    public static async Task MarkAsync(StoreEngine engine)
    {
        using StoreSession session = await engine.WriteAsync(StoreErrors.Patience, durable: true, CancellationToken.None);
        await MarkAsync(session, 10, JobStatus.Failed, "finished = 1");
        await MarkAsync(session, 5, JobStatus.Running, "finished = 0, account = 'b'");
        await session.RunAsync("update ~job set tag = @tag, document = replace(document, '\"tag\":\"' || tag || '\"', '\"tag\":\"" + Tag
            + "\"') where id in (select id from ~job where finished = 1 order by id limit 10)", ("tag", Tag));
        session.Commit();
    }

    private static Task<int> MarkAsync(StoreSession session, int count, JobStatus status, string set) => session.RunAsync(
        $"update ~job set status = @status, {set}, document = replace(document, '\"status\":\"Succeeded\"', '\"status\":\"{status}\"') "
        + $"where id in (select id from ~job where status = 'Succeeded' order by id desc limit {count})",
        ("status", status.ToString()));

    private static async Task DayAsync(StoreEngine engine, string template, DateTimeOffset day, int from, int count)
    {
        string date = SqlTime.Text(day)[..10];
        using StoreSession session = await engine.WriteAsync(StoreErrors.Patience, durable: false, CancellationToken.None);
        const string Number = "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < {0}), "
            + "t(i, s) as (select i, i * cast(86400 as bigint) / {0} from n), "
            + "c(i, clock) as (select i, substr(cast(100 + s / 3600 as text), 2) || ':' || substr(cast(100 + (s / 60) % 60 as text), 2) || ':' || substr(cast(100 + s % 60 as text), 2) from t), "
            + "j(i, id, made, tag) as (select i, cast(@digits as text) || '-' || replace(clock, ':', '') || '-' || substr(cast(10000000 + {1} + i as text), 2), "
            + "cast(@date as text) || 'T' || clock || '.000Z', 'shot-' || cast(({1} + i) / 10 as text) from c) ";
        string numbers = string.Format(CultureInfo.InvariantCulture, Number, count, from);
        (string, object?)[] names = [("digits", date.Replace("-", string.Empty, StringComparison.Ordinal)), ("date", date)];
        await session.RunAsync(
            numbers + "insert into ~job (id, account, provider, provider_job_id, status, finished, created_at, completed_at, expires_at, tag, touched_at, document) "
            + "select id, 'a', 'Simulator', 'p-' || id, 'Succeeded', 1, made, made, made, tag, made, "
            + $"replace(replace(replace(cast(@template as text), '{Id}', id), '{Made}', made), 'THE-TAG', tag) from j",
            [.. names, ("template", template)]);
        await session.RunAsync(
            numbers + "insert into ~ledger (job_id, event, day, at, provider, profile, model, wire_model, amount, unit, seconds, simulated) "
            + "select id, 'reserve', cast(@date as text), made, 'Simulator', '', 'seedance-2.1', 'seedance-2.1', @amount, 'credits', 5, 1 from j",
            [.. names, ("amount", session.Engine.Money(3m))]);
        await LedgerTable.AddAsync(session, date, new SpendKey("Simulator", null, "seedance-2.1", "credits", IsSimulated: true),
            new SpendAmount(3m * count, 0, count, 0, 5L * count));
        session.Commit();
    }
}
