using Seedance.Simulator.Tasks;
using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>
/// B13: eight workers on one PostgreSQL, for an account with five slots and a cap, while every two seconds one of them is killed, every
/// seven seconds connections are cut, and once the server restarts. What is held and paid is counted by the host alone.
/// </summary>
internal static class FleetBenchmark
{
    private const string Goodput = "jobs saved / ideal of the slots";
    private const int Workers = 8;
    private const int Slots = 5;
    private const int OverTheCap = 10;
    private const int Fewest = 60; // Whatever the scale: with fewer, nothing would be killed in time.
    private static readonly Limit s_gate = Limit.Least(0.6);
    private static readonly Limit s_goal = Limit.Least(0.9);
    private static readonly Limit s_none = Limit.Most(0);
    private static readonly TimeSpan s_runTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_kill = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_cut = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        if (PostgresServer.Start() is not { } server)
        {
            return [Measurement.NotRun(Goodput, "there is no PostgreSQL to start", s_gate, s_goal)];
        }

        int jobs = Math.Max(Fewest, bench.Times(2000));
        using Fleet fleet = new(bench, server, Workers, Slots, cap: jobs, s_runTime);
        await fleet.PlanAsync(jobs + OverTheCap);
        FleetRun run = await DisturbAsync(fleet, jobs, new Random(bench.Seed));

        IReadOnlyList<SimulatorTask> tasks = fleet.Host.Tasks;
        List<SeedanceJob> records = await fleet.JobsAsync();
        HashSet<string?> saved =
            [.. records.Where(job => job.State == JobStatus.Succeeded && File.Exists(job.Path)).Select(job => job.ProviderJobId)];
        string[] files = [.. Directory.EnumerateFiles(fleet.Videos).Where(file => !file.EndsWith(".json", StringComparison.Ordinal))];
        double ideal = jobs * s_runTime.TotalSeconds / Slots;
        double seconds = run.IsDone
            ? (files.Max(File.GetLastWriteTimeUtc) - tasks.Min(task => task.AcceptedAt.UtcDateTime)).TotalSeconds
            : double.PositiveInfinity;
        return
        [
            new Measurement(Goodput, ideal / seconds, s_gate, s_goal)
            {
                Note = FormattableString.Invariant(
                    $"{saved.Count} of {jobs} in {seconds:0} s; {run.Kills} workers killed, connections cut {run.Cuts} times; settled by hand: {run.Settled}"),
            },
            new Measurement("held at once at the host - slots", MostAtOnce(tasks) - Slots, s_none, s_none),
            new Measurement("accepted over the cap", Math.Max(0, tasks.Count - jobs), s_none, s_none),
            new Measurement("paid twice", tasks.Count - tasks.DistinctBy(task => task.Prompt).Count(), s_none, s_none),
            new Measurement("lost: accepted, and no record has its video", tasks.Count(task => !saved.Contains(task.Id)), s_none, s_none),
            new Measurement("files that are not one whole video of a job", Math.Abs(files.Length - saved.Count), s_none, s_none),
        ];
    }

    private static async Task<FleetRun> DisturbAsync(Fleet fleet, int jobs, Random random)
    {
        TimeProvider time = TimeProvider.System;
        TimeSpan most = TimeSpan.FromSeconds(120 + (jobs * s_runTime.TotalSeconds / Slots * 3));
        long begun = time.GetTimestamp();
        FleetRun run = new();
        bool restarted = false;
        TimeSpan cut = s_cut;
        while (time.GetElapsedTime(begun) < most)
        {
            await Task.Delay(s_kill, time);
            int done = fleet.CountDone();
            if (done >= jobs)
            {
                return run with { IsDone = true };
            }

            await fleet.KillAsync(random.Next(fleet.Workers));
            run = run with { Kills = run.Kills + 1, Settled = run.Settled + await fleet.SettleAsync() };
            if (!restarted && done > jobs / 2)
            {
                restarted = true;
                await fleet.RestartServerAsync();
            }
            else if (time.GetElapsedTime(begun) > cut)
            {
                cut += s_cut;
                fleet.Cut();
                run = run with { Cuts = run.Cuts + 1 };
            }
        }

        return run;
    }

    private static int MostAtOnce(IReadOnlyList<SimulatorTask> tasks)
    {
        int held = 0, most = 0;
        foreach ((DateTimeOffset _, int change) in tasks
            .SelectMany(task => new[]
            {
                (At: task.AcceptedAt, Change: 1), (At: task.AcceptedAt + task.QueueTime + task.RunTime, Change: -1),
            })
            .OrderBy(moment => moment.At).ThenBy(moment => moment.Change))
        {
            held += change;
            most = Math.Max(most, held);
        }

        return most;
    }

    /// <summary>What was done to the workers.</summary>
    private sealed record FleetRun
    {
        /// <summary>All was saved before it took too long.</summary>
        public bool IsDone { get; init; }

        public int Kills { get; init; }

        public int Cuts { get; init; }

        public int Settled { get; init; }
    }
}
