using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B10: four processes with fifty jobs each at a host that answers twenty requests a second. A job needs two, a submit and a poll that sees
/// its end, so the best there can be is ten jobs a second.
/// </summary>
internal static class ThrottleBenchmark
{
    private const int Processes = 4;
    private const int Each = 50; // Whatever the scale: with fewer, the first and the last seconds would be measured.
    private const double Rate = 20;
    private const double RequestsPerJob = 2;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        SimulatorEngine engine =
            new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromSeconds(2), RequestsPerSecond = Rate });
        using SimulatorServer server = SimulatorServer.Start(engine);
        string home = bench.Folder();
        new ProfileStore(home).Save(new SeedanceProfile
        {
            Name = "wide", Provider = "Simulator", BaseUri = new Uri(server.BaseUri, "simulator"), Concurrency = 500,
        });
        List<ChildProcess> children = [];
        for (int i = 0; i < Processes; i++)
        {
            children.Add(ChildProcess.Start(
                home, server.BaseUri, "run", "--profile", "wide", "--count",
                Each.ToString(System.Globalization.CultureInfo.InvariantCulture), "--real-time", "yes", "--gate", "yes", "--slot-timeout",
                "600"));
            await children[i].ExpectAsync("READY", CancellationToken.None);
        }

        List<double> served = [];
        double seconds = await Bench.SecondsAsync(async () =>
        {
            children.ForEach(child => child.Go());
            Task ended = Task.WhenAll(children.Select(child => child.EndAsync(CancellationToken.None)));
            double before = 0;
            while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)) != ended)
            {
                SimulatorCounts now = engine.Snapshot();
                double all = now.Requests.Values.Sum() - now.RefusedByStatus.GetValueOrDefault(429);
                served.Add(all - before);
                before = all;
            }

            await ended;
        });
        int completed =
            children.Sum(
            child => child.Jobs.Where(job => job.Status == "Succeeded").Select(job => job.Id).Distinct(StringComparer.Ordinal).Count());
        string[] faults = [.. children.SelectMany(child => child.Errors)];
        children.ForEach(child => child.Dispose());
        SimulatorCounts counts = engine.Snapshot();
        int throttled = counts.RefusedByStatus.GetValueOrDefault(429);
        int requests = counts.Requests.Values.Sum();
        int jobs = Processes * Each;
        return
        [
            new Measurement("jobs per second / ideal", completed / seconds / (Rate / RequestsPerJob), Limit.Least(0.8), Limit.Least(0.95))
            {
                Note = FormattableString.Invariant(
                    $"{completed} of {jobs} in {seconds:0.0} s, {requests} requests, {faults.Length} errors ")
                    + string.Join("; ", faults.Take(2)),
                Samples = [("requests served in each second", served)],
            },
            new Measurement("share of 429", (double)throttled / requests, Limit.Most(0.1), Limit.Most(0.02)),
            new Measurement("jobs neither done nor refused", jobs - completed - faults.Length, Limit.Most(0), Limit.Most(0)),
            new Measurement("accepted submits - jobs", counts.AcceptedTotal - jobs, Limit.Most(0), Limit.Most(0)),
        ];
    }
}
