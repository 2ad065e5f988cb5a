using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.Records;

namespace Seedance.Benchmarks;

/// <summary>
/// B7: one wait over very many jobs that end at random within twenty seconds; records in memory, since this is about the scheduler.
/// </summary>
internal static class WaitBenchmark
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench) =>
        [.. await RunAsync(bench, bench.Times(1000)), .. await RunAsync(bench, bench.Times(10_000))];

    private static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench, int count)
    {
        Random random = new(bench.Seed);
        using RandomEnds network = new();
        using SeedanceServices services = Bench.Services(bench.MemoryFolder(), simulator: null, network: network);
        List<string> ids = [];
        DateTimeOffset begun = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset now = begun.AddMilliseconds(i - count); // Ids made in one moment may be the same.
            SeedanceJob job = new()
            {
                Id = JobId.Create(now),
                Provider = "Simulator",
                Endpoint = new Uri("http://simulator.invalid/simulator"),
                Model = "seedance-sim",
                WireModel = "seedance-sim",
                Prompt = "a kite",
                Request = new VideoRequest { Prompt = "a kite" },
                ProviderJobId = FormattableString.Invariant($"job{i}"),
                State = JobStatus.Queued,
                CreatedAt = now,
                SubmittedAt = now,
            };
            await services.Store.AddAsync(new StoredJob(job), CancellationToken.None);
            ids.Add(job.Id);
        }

        // From here on the jobs run: the wait is measured, not the making of records.
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        JobLookup lookup = new(services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(services, lookup, new WaitOptions());
        CountingOutput output = new();
        network.Hold();
        foreach (string id in ids)
        {
            await wait.AddAsync(new JobReference(id), output, CancellationToken.None);
        }

        double memory = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        network.Begin(count, random);
        double wall = await Bench.SecondsAsync(() => wait.FinishAsync(output, CancellationToken.None));
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        string name = FormattableString.Invariant($"{count:N0} jobs: ");
        return
        [
            new Measurement(name + "wall / last completion", wall / network.Last.TotalSeconds, Limit.Most(1.15), Limit.Most(1.05))
            {
                Note = FormattableString.Invariant(
                    $"{output.Written} ended, {network.Polls} polls, {seconds:0.0} CPU s, last at {network.Last.TotalSeconds:0.0} s"),
            },
            new Measurement(name + "kB per waiting job", memory / 1000, Limit.Most(2), Limit.Most(2)),
            new Measurement(name + "jobs not written", count - output.Written, Limit.Most(0), Limit.Most(0)),
        ];
    }

    private sealed class CountingOutput : IOperationOutput
    {
        public int Written { get; private set; }

        public void Write(object item) => Written++;

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

    /// <summary>A host in memory: each job ends at its own moment.</summary>
    private sealed class RandomEnds : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, TimeSpan> _ends = new(StringComparer.Ordinal);
        private long _begun;
        private int _polls;
        private bool _held;

        public TimeSpan Last => _ends.Values.Max();

        public int Polls => _polls;

        public void Hold() => _held = true;

        public void Begin(int count, Random random)
        {
            for (int i = 0; i < count; i++)
            {
                _ends[FormattableString.Invariant($"job{i}")] = s_longest * random.NextDouble();
            }

            _begun = TimeProvider.System.GetTimestamp();
            _held = false;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _polls);
            bool ended = !_held && TimeProvider.System.GetElapsedTime(_begun) >= _ends[request.RequestUri!.Segments[^1]];
            string body = ended ? """{"status":"succeeded","output":{"url":"https://media.example/v.mp4"}}""" : """{"status":"queued"}""";
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
