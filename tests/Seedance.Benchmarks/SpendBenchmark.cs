using System.Net.Sockets;
using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Recover;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Benchmarks;

/// <summary>
/// B8: submits under every fault a hundred times at a host that lists its jobs and at one that does not, and with a process killed at every
/// step a hundred times, at both in turn. Duplicates are accepted submits beyond one for an intent; lost are accepted tasks to which no
/// record leads.
/// </summary>
internal static class SpendBenchmark
{
    private static readonly string[] s_faults =
    [
        "refused", "submit:1 reset-before-accept", "submit:1 reset-after-accept", "submit:1 status 500",
        "submit:1 status-after-accept 500", "submit:1 status-after-accept 502",
        "submit:1 429 retry-after=1", "submit:1 html", "submit:1 truncated", "submit:1 empty-body", "submit:1 cut", "submit:1 delay 600",
    ];

    private static readonly string[] s_kills =
    [
        "before TryTakeSlotAsync", "before POST", "after UpdateAsync", "after POST", "after UpdateAsync#2", "after GET", "amid file",
    ];

    private static readonly Host s_listing = new("Replicate", "seedance-2.0");
    private static readonly Host s_silent = new("Simulator", Model: null);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        Tally tally = new();
        long begun = TimeProvider.System.GetTimestamp();
        foreach (string fault in s_faults)
        {
            for (int i = 0; i < bench.Times(100); i++)
            {
                await SubmitUnderAsync(bench, s_listing, fault, tally);
                await SubmitUnderAsync(bench, s_silent, fault, tally);
            }
        }

        double inProcess = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Tally killed = new();
        await Parallel.ForEachAsync(
            s_kills.SelectMany(
                step => Enumerable.Range(0, bench.Times(100)).Select(i => (Step: step, Host: i % 2 == 0 ? s_listing : s_silent))),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1 },
            async (kill, stop) => await KillAsync(bench, kill.Host, kill.Step, killed, stop));
        int naive = 0;
        for (int i = 0; i < bench.Times(100); i++)
        {
            naive += await NaiveAsync();
        }

        int all = tally.Intents + killed.Intents;
        return
        [
            new Measurement("duplicates", tally.Duplicates + killed.Duplicates, Limit.Most(0), Limit.Most(0))
            {
                Note = FormattableString.Invariant(
                    $"{all} intents, {killed.Intents} of them killed with -9; {tally.Fired} faults fired; {inProcess:0} s in this process, the rest in children"),
            },
            new Measurement("lost", tally.Lost + killed.Lost, Limit.Most(0), Limit.Most(0)),
            new Measurement("faults that did not fire", tally.NotFired, Limit.Most(0), Limit.Most(0)),
            new Measurement(
                "taken, ambiguous and not settled, where the host lists", tally.Missed + killed.Missed, Limit.Most(0), Limit.Most(0))
            {
                Note = FormattableString.Invariant($"{tally.Settled + killed.Settled} were settled"),
            },
            new Measurement("ambiguous ones left to the user",
                tally.Unconfirmed + killed.Unconfirmed) { Note = "never taken, or the host does not list: no look can tell" },
            new Measurement("duplicates of a naive client with three tries",
                naive) { Note = FormattableString.Invariant($"in {bench.Times(100)} submits whose answer was lost") },
            .. await PowerCutBenchmark.RunAsync(bench),
        ];
    }

    private static async Task SubmitUnderAsync(Bench bench, Host host, string fault, Tally tally)
    {
        bool refused = fault == "refused";
        SkippingClock clock = new();
        SimulatorEngine engine =
            new(new SimulatorOptions { Time = TimeProvider.System, Faults = refused ? [] : [SimulatorFault.Parse(fault)] });
        using SimulatorHandler handler = new(engine);
        using HangUp network = new(handler, refused, fault.Contains("delay", StringComparison.Ordinal) ? engine : null);
        string home = bench.MemoryFolder();
        using SeedanceServices services = Bench.Services(home, new Uri("http://127.0.0.1:9/"), clock, network);
        Account account = services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Provider = host.Provider });
        PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest { Prompt = "a kite", Model = host.Model });
        await new SubmitVideo(services).RunAsync(prepared, new SubmitOptions(), NullOutput.Instance, CancellationToken.None);
        await tally.CountAsync(host, engine, home);
        tally.Fire(refused ? network.Refused : engine.Snapshot().FaultsFired.Values.Sum());
        Directory.Delete(home, recursive: true);
    }

    private static async Task KillAsync(Bench bench, Host host, string step, Tally tally, CancellationToken stop)
    {
        SimulatorEngine engine =
            new(new SimulatorOptions { Time = ChildProcess.Clock, QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromSeconds(1) });
        using SimulatorServer server = SimulatorServer.Start(engine);
        string home;
        lock (bench)
        {
            home = bench.Folder();
        }

        string[] command = ["run", "--to", Path.Combine(home, "videos"), "--token", "row-1", "--provider", host.Provider,
            .. host.Model is null ? Array.Empty<string>() : ["--model", host.Model]];
        using (ChildProcess child = ChildProcess.Start(home, server.BaseUri, [.. command, "--halt-at", step]))
        {
            await child.ExpectAsync("AT ", stop);
            await child.KillAsync();
        }

        // The same script again, which is what a scheduler does after a crash.
        using (ChildProcess again = ChildProcess.Start(home, server.BaseUri, command))
        {
            await again.EndAsync(stop);
        }

        await tally.CountAsync(host, engine, home);
        Directory.Delete(home, recursive: true);
    }

    private static async Task<int> NaiveAsync()
    {
        SimulatorEngine engine = new(new SimulatorOptions { Faults = [SimulatorFault.Parse("submit:1-2 reset-after-accept")] });
        using HttpClient client = new(new SimulatorHandler(engine)) { BaseAddress = new Uri("http://simulator.invalid/simulator/") };
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                using StringContent body = new("""{"model":"seedance-2.1","prompt":"a kite"}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await client.PostAsync(new Uri("jobs", UriKind.Relative), body);
                break;
            }
            catch (HttpRequestException)
            {
                // Once more, as such clients do.
            }
        }

        return engine.Snapshot().AcceptedTotal - 1;
    }

    private sealed record Host(string Provider, string? Model);

    /// <summary>The simulator's own count against the records on disk, read as a new process would.</summary>
    private sealed class Tally
    {
        private readonly Lock _gate = new();

        public int Intents { get; private set; }

        public int Duplicates { get; private set; }

        public int Lost { get; private set; }

        public int Unconfirmed { get; private set; }

        /// <summary>Unconfirmed although the host has it and lists it.</summary>
        public int Missed { get; private set; }

        /// <summary>Taken with a lost answer, and found in the host's list.</summary>
        public int Settled { get; private set; }

        public int Fired { get; private set; }

        public int NotFired { get; private set; }

        public void Fire(int times)
        {
            Fired += times;
            NotFired += times == 0 ? 1 : 0;
        }

        public async Task CountAsync(Host host, SimulatorEngine engine, string home)
        {
            List<SeedanceJob> records = [];
            int damaged = 0;
            using SqlJobStore store = new(new SqliteEngine(home));
            OrphanedSubmits orphans = new(store, new EndedSubmits());
            await foreach (StoredJob record in store.ListAsync(JobScope.All, _ => damaged++, CancellationToken.None))
            {
                records.Add(orphans.Recovered(record).Job);
            }

            int lost = engine.Tasks.Count(
                task => !records.Exists(job => job.ProviderJobId == task.Id || job.State == JobStatus.Unconfirmed));
            int open = records.Count(job => job.State == JobStatus.Unconfirmed);
            bool listed = engine.Snapshot().Requests.GetValueOrDefault(SimulatorRequestKind.List) > 0;
            lock (_gate)
            {
                Intents++;
                Missed += host == s_listing && engine.Tasks.Count > 0 ? open : 0;
                Settled += listed && open == 0 ? engine.Tasks.Count : 0;
                Duplicates += Math.Max(0, engine.Tasks.Count - 1);
                Lost += lost + damaged;
                Unconfirmed += open;
            }
        }
    }

    /// <summary>Refuses connections, or ends a request whose answer the host holds back, as a deadline does.</summary>
    private sealed class HangUp(HttpMessageHandler inner, bool refuse, SimulatorEngine? held) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

        public int Refused { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (refuse && Refused == 0)
            {
                Refused++;
                throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
            }

            Task<HttpResponseMessage> answer = _inner.SendAsync(request, cancellationToken);
            if (held is not null)
            {
                await Outside.UntilAsync(() => answer.IsCompleted || held.Snapshot().Fired(SimulatorFaultKind.Delay) > 0);
                if (!answer.IsCompleted)
                {
                    throw new OperationCanceledException("no answer in time");
                }
            }

            return await answer;
        }

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
