using Seedance.CrashChild.PowerCut;
using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// The power cut of B8: what a script asked of its disk, recorded, and each disk that a cut after each of these calls can leave; then the
/// same script again. One job from the submit to the saved file, and so many that the database moves its log into its file on the way.
/// </summary>
internal static class PowerCutBenchmark
{
    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        if (DiskTrace.Program is null)
        {
            return [Measurement.NotRun("power cut: duplicates", "there is no strace", Limit.Most(0), Limit.Most(0))];
        }

        List<PowerCutVerdict> one = await RunAsync(bench, jobs: 1, save: true, where: string.Empty);
        List<PowerCutVerdict> many = await RunAsync(bench, jobs: 60, save: false, where: "seedance.db");
        PowerCutVerdict[] all = [.. one, .. many];
        string[] wrong = [.. all.SelectMany(verdict => verdict.Lost.Concat(verdict.Lies)).Take(3)];
        return
        [
            new Measurement("power cut: duplicates", all.Sum(verdict => verdict.Repeated), Limit.Most(0), Limit.Most(0))
            {
                Note = FormattableString.Invariant($"{one.Count} disks of one job, {many.Count} of sixty"),
            },
            new Measurement("power cut: lost, damaged, or saved in name only", all.Sum(verdict => verdict.Lost.Count + verdict.Lies.Count),
                Limit.Most(0), Limit.Most(0))
            {
                Note = wrong.Length == 0 ? null : string.Join("; ", wrong),
            },
        ];
    }

    private static async Task<List<PowerCutVerdict>> RunAsync(Bench bench, int jobs, bool save, string where)
    {
        using SimulatorServer host =
            SimulatorServer.Start(
            new SimulatorEngine(
            new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 26_070, Concurrency = 1000 }));
        string root = TracedRun.Folder();
        TracedRun script = new(root, host.BaseUri, jobs);
        RecordedRun run = await script.RecordAsync(save, CancellationToken.None);
        PowerCuts cuts = new(run, chances: bench.Times(4), eachAlone: bench.Times(10) == 10 && jobs == 1, bench.Seed) { Where = where };
        List<PowerCutVerdict> verdicts = [];
        foreach (PowerCutDisk cut in cuts.All())
        {
            verdicts.Add(await script.RunAgainAsync(cut, run, CancellationToken.None));
        }

        Directory.Delete(root, recursive: true);
        return verdicts;
    }
}
