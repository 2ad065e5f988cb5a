using System.Net;
using System.Net.Sockets;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Money;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>
/// B9: from the stop to the end of the command, in every phase in which one can be. Each sample proves first that the phase was reached.
/// </summary>
internal static class StopBenchmark
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(30);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        (string Name, Func<Bench, CancellationTokenSource, Task<double>> Phase)[] phases =
        [
            ("submit, waiting for the answer", SubmitAsync),
            ("submit, pause after 429", ThrottledAsync),
            ("submit, waiting for a slot", SlotAsync),
            ("submit, waiting for a lock", LockAsync),
            ("wait, between polls", (own, stop) => WaitAsync(own, stop, "submit:99 html")),
            ("wait, poll without an answer", (own, stop) => WaitAsync(own, stop, "poll:1 delay 600")),
            ("credits, waiting for the answer", (own, stop) => CreditsAsync(own, stop, "credits:1 delay 600")),
            ("credits, pause before another try", (own, stop) => CreditsAsync(own, stop, "credits:* 429 retry-after=50")),
            ("save, waiting for the answer", (own, stop) => SaveAsync(own, stop, headers: false)),
            ("save, body that stalls", (own, stop) => SaveAsync(own, stop, headers: true)),
        ];
        List<Measurement> all = [];
        int samples = bench.Times(20);
        foreach (var (name, phase) in phases)
        {
            List<double> milliseconds = [];
            for (int i = 0; i < samples; i++)
            {
                using CancellationTokenSource stop = new();
                milliseconds.Add(await phase(bench, stop));
            }

            all.Add(new Measurement("p95 ms: " + name, Bench.Percentile(milliseconds, 0.95), Limit.Most(200),
                Limit.Most(50)) { Samples = [("ms", milliseconds)] });
        }

        return all;
    }

    private static async Task<double> SubmitAsync(Bench bench, CancellationTokenSource stop)
    {
        using Scene scene = new(bench, "submit:1 delay 600");
        Task work = scene.SubmitAsync(stop.Token);
        return await Scene.StopAsync(work, stop, () => scene.Host.Tasks.Count == 1);
    }

    private static async Task<double> ThrottledAsync(Bench bench, CancellationTokenSource stop)
    {
        using Scene scene = new(bench, "submit:* 429 retry-after=600");
        Task work = scene.SubmitAsync(stop.Token);
        return await Scene.StopAsync(work, stop, () => scene.Fired > 0);
    }

    private static async Task<double> SlotAsync(Bench bench, CancellationTokenSource stop)
    {
        using Scene scene = new(bench);
        for (int i = 0; i < 10; i++)
        {
            await scene.SubmitAsync(CancellationToken.None);
        }

        Task work = scene.SubmitAsync(stop.Token);
        return await Scene.StopAsync(work, stop, () => scene.Host.Snapshot().Requests[SimulatorRequestKind.Poll] > 0);
    }

    private static async Task<double> LockAsync(Bench bench, CancellationTokenSource stop)
    {
        using Scene scene = new(bench);
        await scene.SubmitAsync(CancellationToken.None);
        IDisposable held = new SqliteBench(scene.Services.Home).Hold();
        Task work = scene.SubmitAsync(stop.Token);
        double milliseconds = await Scene.StopAsync(work, stop, () => true, held.Dispose);
        return milliseconds;
    }

    private static async Task<double> WaitAsync(Bench bench, CancellationTokenSource stop, string fault)
    {
        using Scene scene = new(bench, fault);
        SeedanceJob job = await scene.SubmitAsync(CancellationToken.None);
        JobLookup lookup = new(scene.Services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(scene.Services, lookup, new WaitOptions());
        await wait.AddAsync(new JobReference(job.Id), NullOutput.Instance, CancellationToken.None);
        Task work = wait.FinishAsync(NullOutput.Instance, stop.Token);
        return await Scene.StopAsync(work, stop, () => scene.Host.Snapshot().Requests[SimulatorRequestKind.Poll] > 0);
    }

    private static async Task<double> CreditsAsync(Bench bench, CancellationTokenSource stop, string fault)
    {
        using Scene scene = new(bench, fault);
        Task work = GetCredits.RunAsync(scene.Services, scene.Account, NullOutput.Instance, stop.Token);
        return await Scene.StopAsync(work, stop, () => scene.Fired > 0);
    }

    private static async Task<double> SaveAsync(Bench bench, CancellationTokenSource stop, bool headers)
    {
        using Scene scene = new(bench);
        using TcpListener host = new(IPAddress.Loopback, 0);
        host.Start();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task serving = ServeAsync(host, headers, reached);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        SeedanceJob job = new()
        {
            Id = JobId.Create(now),
            Provider = "Simulator",
            ProviderJobId = "p",
            State = JobStatus.Succeeded,
            CreatedAt = now,
            Outputs = [new JobOutput {
                Url = new Uri(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)host.LocalEndpoint).Port}/v.mp4")) }],
        };
        await scene.Services.Store.AddAsync(new StoredJob(job), CancellationToken.None);
        JobLookup lookup = new(scene.Services, static (_, _) => null, apiKey: null);
        Task work = new SaveJobs(scene.Services, lookup).RunAsync(
            new JobReference(job.Id), new SaveJobOptions { Destination = bench.Folder() }, NullOutput.Instance, stop.Token);
        double milliseconds = await Scene.StopAsync(work, stop, () => reached.Task.IsCompleted);
        host.Stop();
        await serving;
        return milliseconds;
    }

    /// <summary>Takes one request and then says nothing, or half of a file and then nothing.</summary>
    private static async Task ServeAsync(TcpListener host, bool headers, TaskCompletionSource reached)
    {
        using Socket socket = await host.AcceptSocketAsync();
        byte[] buffer = new byte[8192];
        await socket.ReceiveAsync(buffer);
        if (headers)
        {
            await socket.SendAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 16777216\r\nContent-Type: video/mp4\r\nETag: \"1\"\r\n\r\n"));
            await socket.SendAsync(new byte[1 << 20]);
        }

        reached.SetResult();
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                // The client sends no more; this ends when it hangs up.
            }
        }
        catch (SocketException)
        {
            // It hung up the hard way.
        }
    }

    private sealed class Scene : IDisposable
    {
        private readonly SimulatorServer _server;

        public Scene(Bench bench, params string[] faults)
        {
            Host = new SimulatorEngine(
                new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromHours(1),
                Faults = Array.ConvertAll(faults, SimulatorFault.Parse) });
            _server = SimulatorServer.Start(Host);
            Services = Bench.Services(bench.Folder(), _server.BaseUri);
            Account = Services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Provider = "Simulator" });
        }

        public SimulatorEngine Host { get; }

        public SeedanceServices Services { get; }

        public Account Account { get; }

        public int Fired => Host.Snapshot().FaultsFired.Values.Sum();

        public async Task<SeedanceJob> SubmitAsync(CancellationToken stop)
        {
            Last output = new();
            await new SubmitVideo(Services)
                .RunAsync(PrepareSubmit.Run(Account, new VideoRequest { Prompt = "a kite" }), new SubmitOptions(), output, stop);
            return output.Job!;
        }

        /// <summary>Milliseconds from the stop to the end, once the phase is reached and has settled.</summary>
        public static async Task<double> StopAsync(Task work, CancellationTokenSource stop, Func<bool> reached, Action? release = null)
        {
            while (!reached())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            await Task.Delay(s_settle, TimeProvider.System);
            if (work.IsCompleted)
            {
                throw new InvalidOperationException("The command ended before it was stopped: " + work.Status, work.Exception);
            }

            long begun = TimeProvider.System.GetTimestamp();
            await stop.CancelAsync();
            Task first = await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
            double milliseconds = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
            release?.Invoke();
            try
            {
                await work.WaitAsync(TimeSpan.FromSeconds(30));
            }
            catch (OperationCanceledException)
            {
                return milliseconds;
            }

            throw new InvalidOperationException("A stopped command must end as stopped." + first.Status);
        }

        public void Dispose()
        {
            _server.Dispose();
            Services.Dispose();
        }
    }

    private sealed class Last : IOperationOutput
    {
        public SeedanceJob? Job { get; private set; }

        public void Write(object item) => Job = item as SeedanceJob;

        public void Error(SeedanceException error)
        {
        }

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
