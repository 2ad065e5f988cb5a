using Seedance.Jobs.Query;
using Seedance.Money;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>
/// B14: what users ask of a store of a thousand, a hundred thousand and a million jobs, and a submit to it, with each engine.
/// </summary>
internal static class StoreSizeBenchmark
{
    private const int Small = 1000;
    private const int Tries = 31;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        List<Measurement> all =
            [.. await EngineAsync(bench, "SQLite", () => new SqliteEngine(bench.Folder()), static _ => Task.CompletedTask)];
        if (PostgresBench.Server is null)
        {
            return [.. all, Measurement.NotRun("PostgreSQL: the same", "there is no server to start")];
        }

        all.AddRange(
            await EngineAsync(
            bench, "PostgreSQL", static () => new PostgresEngine(StoreAddress.Parse(new PostgresBench().ConnectionString)), AnalyzeAsync));
        return all;
    }

    private static async Task<IReadOnlyList<Measurement>> EngineAsync(
        Bench bench, string name, Func<StoreEngine> open, Func<StoreEngine, Task> settle)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        int[] sizes = [Small, Math.Max(2 * Small, bench.Times(100_000)), Math.Max(4 * Small, bench.Times(1_000_000))];
        List<StoreScene> scenes = [];
        foreach (int size in sizes)
        {
            StoreEngine engine = open();
            await StoreFill.RunAsync(engine, size, now);
            await StoreFill.MarkAsync(engine);
            await settle(engine);
            scenes.Add(new StoreScene(bench, engine));
        }

        List<Measurement> measurements = [];
        foreach ((string what, Func<StoreScene, Task> ask) in StoreScene.Questions)
        {
            List<double>[] seconds = [.. scenes.Select(_ => new List<double>())];
            for (int i = 0; i < Tries + 2; i++)
            {
                for (int scene = 0; scene < scenes.Count; scene++)
                {
                    double took = await Bench.SecondsAsync(() => ask(scenes[scene]));
                    if (i >= 2)
                    {
                        seconds[scene].Add(took);
                    }
                }
            }

            for (int i = 1; i < sizes.Length; i++)
            {
                measurements.Add(new Measurement(
                    FormattableString.Invariant($"{name}: {what}, {sizes[i]:#,0} jobs / {Small:#,0}"),
                    Bench.Median(seconds[i]) / Bench.Median(seconds[0]), Limit.Most(2), Limit.Most(1.2))
                {
                    Note = FormattableString.Invariant(
                        $"{Bench.Median(seconds[0]) * 1000:0.00} ms and {Bench.Median(seconds[i]) * 1000:0.00} ms"),
                });
            }
        }

        scenes.ForEach(static scene => scene.Dispose());
        return measurements;
    }

    /// <summary>What the server does by itself a minute after so many rows have come.</summary>
    private static async Task AnalyzeAsync(StoreEngine engine)
    {
        using StoreSession session = (await engine.ReadAsync(CancellationToken.None))!;
        await session.RunAsync("vacuum analyze");
    }

    private sealed class StoreScene : IDisposable
    {
        private readonly SqlJobStore _store;
        private readonly SeedanceServices _services;
        private int _submits;

        public StoreScene(Bench bench, StoreEngine engine)
        {
            string home = bench.Folder();
            _store = new SqlJobStore(engine);
            _services = new SeedanceServices(
                name => name == "SEEDANCE_HOME" ? home : null, TimeProvider.System, static _ => null, _ => _store);
        }

        public static IReadOnlyList<(string What, Func<StoreScene, Task> Ask)> Questions { get; } =
        [
            ("-Newest 10", scene => scene.QueryAsync(new JobQuery { Newest = 10 }, 10)),
            ("-Status Failed", scene => scene.QueryAsync(new JobQuery { Statuses = [JobStatus.Failed] }, 10)),
            ("-Status Failed, Cancelled",
                scene => scene.QueryAsync(new JobQuery { Statuses = [JobStatus.Failed, JobStatus.Cancelled] }, 10)),
            ("-Tag", scene =>
                scene.QueryAsync(
                new JobQuery { Tags = TextBound.Of([StoreFill.Tag]), TagMatches = static tag => tag == StoreFill.Tag }, 10)),
            ("-Unfinished", scene => scene.QueryAsync(new JobQuery { OnlyUnfinished = true }, 5)),
            ("Get-SeedanceSpend -Month", scene => scene.SpendAsync()),
            ("submit", scene => scene.SubmitAsync()),
        ];

        public void Dispose()
        {
            _services.Dispose();
            _store.Dispose();
        }

        private async Task QueryAsync(JobQuery query, int expected)
        {
            Counting output = new();
            await new GetJobs(_services, new JobLookup(_services, static (_, _) => null, apiKey: null))
                .ByQueryAsync(query, refresh: false, output, CancellationToken.None);
            if (output.Count != expected)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"{output.Count} jobs were found for {expected}."));
            }
        }

        private Task SpendAsync() =>
            new GetSpend(_services)
            .RunAsync(new SpendQuery { From = TimeProvider.System.GetUtcNow().AddDays(-30) }, by: null, NullOutput.Instance,
            CancellationToken.None);

        /// <summary>To an account that nobody else uses, so that a slot is free.</summary>
        private async Task SubmitAsync()
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            StoredJob job = new(new SeedanceJob
            {
                Id = JobId.Create(now),
                Provider = "Simulator",
                Endpoint = new Uri(FormattableString.Invariant($"http://simulator.invalid/{++_submits}")),
                Model = "seedance-2.1",
                Prompt = "a kite over cliffs",
                ClientToken = FormattableString.Invariant($"row {_submits}"),
                Request = new VideoRequest { Prompt = "a kite over cliffs", Model = "seedance-2.1" },
                EstimatedCost = new SeedanceCost { Amount = 3, Unit = "credits" },
                State = JobStatus.Submitting,
                CreatedAt = now,
            });
            if (!(await _store.TryTakeSlotAsync(job, new SlotTerms(1), CancellationToken.None)).Taken)
            {
                throw new InvalidOperationException("No slot was free.");
            }

            await _store.RemoveAsync(job.Job.Id, CancellationToken.None);
        }
    }

    private sealed class Counting : IOperationOutput
    {
        public int Count { get; private set; }

        public void Write(object item) => Count++;

        public void Error(SeedanceException error) => throw error;

        public void Warn(string text)
        {
        }

        public void Verbose(string text)
        {
        }

        public void Debug(string text)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
