using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Operations;
using Seedance.Store;
using Seedance.TestKit;
using Xunit;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>The operations against one simulated host over loopback. Both sides share a clock that moves on whenever nothing is on its way between them.</summary>
internal sealed class OperationScene : IDisposable
{
    private const string Key = "canary-key-0123456789abcdef";
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);
    private readonly string _root = Directory.CreateTempSubdirectory("seedance-faults-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingOutput _output = new();
    private readonly SimulatorServer _server;
    private readonly Wire _wire = new();
    private readonly SeedanceServices _services;
    private readonly Account _account;

    public OperationScene(string provider, params string[] faults)
    {
        Host = new SimulatorEngine(new SimulatorOptions
        {
            Time = _time,
            QueueTime = TimeSpan.Zero,
            RunTime = TimeSpan.Zero,
            MediaBytes = 600_000,
            RequiredKey = provider == "Simulator" ? null : Key,
            Faults = Array.ConvertAll(faults, SimulatorFault.Parse),
        });
        _server = SimulatorServer.Start(Host);
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase)
        {
            ["SEEDANCE_HOME"] = Home,
            ["MUAPI_API_KEY"] = Key,
            ["SEEDANCE_API_KEY"] = Key,
            ["SEEDANCE_MUAPI_URL"] = new Uri(_server.BaseUri, "muapi").AbsoluteUri,
            ["SEEDANCE_SEEDANCE2AI_URL"] = new Uri(_server.BaseUri, "seedance2ai").AbsoluteUri,
            ["SEEDANCE_SIMULATOR_URL"] = new Uri(_server.BaseUri, "simulator").AbsoluteUri,
        };
        _services = new SeedanceServices(name => variables.GetValueOrDefault(name), _time, _ => _wire);
        _account = _services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Provider = provider });
    }

    public SimulatorEngine Host { get; }

    private string Home => Path.Combine(_root, "state");

    private string Videos => Path.Combine(_root, "videos");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks for the balance; "answered" or the one error.</summary>
    public async Task<string> AskForCreditsAsync()
    {
        try
        {
            await TurnAsync(GetCredits.RunAsync(_services, _account, _output, Stop));
            Assert.Single(_output.Of("output"), item => item is SeedanceCredits);
            return "answered";
        }
        catch (SeedanceException error)
        {
            _output.Fault(error);
            return error.Code.ToString();
        }
    }

    /// <summary>Submits, waits and saves as a script does; "saved" or the one error.</summary>
    public async Task<string> MakeVideoAsync(TimeSpan? patience = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(_account, new VideoRequest
        {
            Prompt = "a kite over cliffs",
            Model = _account.Provider == "Muapi" ? "seedance-2-mini" : _account.Adapter.Models[0].Model.Name,
        });
        await TurnAsync(new SubmitVideo(_services).RunAsync(prepared, new SubmitOptions { SlotTimeout = TimeSpan.FromMinutes(30) }, _output, Stop), TimeSpan.FromMinutes(1));
        JobLookup lookup = new(_services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(_services, lookup, new WaitOptions { Timeout = patience ?? TimeSpan.FromDays(365) });
        foreach (SeedanceJob job in _output.Jobs)
        {
            await wait.AddAsync(new JobReference(job.Id), _output, Stop);
        }

        int before = _output.Jobs.Count;
        await TurnAsync(wait.FinishAsync(_output, Stop));
        foreach (SeedanceJob job in _output.Jobs.Skip(before).Where(job => job.Status == JobStatus.Succeeded && _output.Faults.Count == 0))
        {
            await TurnAsync(new SaveJobs(_services, lookup).RunAsync(new JobReference(job.Id), new SaveJobOptions { Destination = Videos }, _output, Stop));
        }

        return await OutcomeAsync();
    }

    /// <summary>The fault fired, the host was asked to make the job this often, and the key is nowhere.</summary>
    public void AssertHonest(SimulatorFaultKind fired, int accepted)
    {
        Settle();
        SimulatorCounts counts = Host.Snapshot();
        Assert.True(counts.Fired(fired) > 0, fired + " did not fire.");
        Assert.Equal(accepted, counts.AcceptedTotal);
        Assert.Equal(0, counts.KeyLeaks);
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))[4..^4];
        IEnumerable<string> texts = _output.Records.Select(record => record.Item is SeedanceException error
            ? string.Join('\n', error.ToString(), error.Message, error.RecommendedAction, error.ResponseExcerpt, error.Target)
            : record.Item.ToString()!).Concat(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (string text in texts)
        {
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, text, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        Settle();
        _services.Dispose();
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>What was learnt of how long jobs take is noted behind the commands.</summary>
    private void Settle() => SpinWait.SpinUntil(() => _services.Scheduler.IsIdle, TimeSpan.FromSeconds(10));

    private async Task<string> OutcomeAsync()
    {
        List<StoredJob> records = [];
        await foreach (StoredJob record in _services.Store.ListAsync(JobScope.All, static error => throw error, Stop))
        {
            records.Add(record);
        }

        // Whatever the host took has a record that leads to it, or one that says that nobody knows.
        foreach (SimulatorTask task in Host.Tasks)
        {
            Assert.Contains(records, record => record.Job.ProviderJobId == task.Id || record.Job.Status == JobStatus.Unconfirmed);
        }

        if (_output.Faults.Count > 0)
        {
            return Assert.Single(_output.Faults).Code.ToString();
        }

        StoredJob saved = Assert.Single(records);
        JobOutput file = Assert.Single(saved.Job.Outputs);
        using HttpClient client = new();
        byte[] served = await client.GetByteArrayAsync(file.Url, Stop);
        Assert.Equal(served, await File.ReadAllBytesAsync(file.Path!, Stop));
        Assert.Equal(["video", "sidecar"], Directory.EnumerateFiles(Videos).Order(StringComparer.Ordinal).Select(path => path.EndsWith(".mp4", StringComparison.Ordinal) ? "video" : path.EndsWith(".mp4.json", StringComparison.Ordinal) ? "sidecar" : path));
        return "saved";
    }

    /// <summary>Lets the clock run while nothing is on its way, or while the host holds an answer back.</summary>
    private async Task TurnAsync(Task work, TimeSpan? within = null)
    {
        bool delays = Host.Options.Faults.Any(fault => fault.Kind == SimulatorFaultKind.Delay);
        while (!work.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            Task end = _wire.NextEnd;
            if (_wire.OnItsWay == 0)
            {
                _time.AdvanceToNext(within ?? s_short);
                await Task.Yield();
            }
            else if (!delays)
            {
                await Task.WhenAny(work, end);
            }
            else
            {
                if (Host.Snapshot().Fired(SimulatorFaultKind.Delay) > 0 && _wire.EndedSinceAsked == 0)
                {
                    _time.AdvanceToNext(TimeSpan.FromHours(2));
                }

                await Task.Yield();
            }
        }

        await work;
    }

    /// <summary>The network, counted.</summary>
    private sealed class Wire : DelegatingHandler
    {
        private int _begun;
        private int _ended;
        private int _delayed = -1;
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Wire()
            : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
        }

        public int OnItsWay => Volatile.Read(ref _begun) - Volatile.Read(ref _ended);

        public Task NextEnd => Volatile.Read(ref _next).Task;

        /// <summary>Requests that have ended since this was first asked for.</summary>
        public int EndedSinceAsked
        {
            get
            {
                int ended = Volatile.Read(ref _ended);
                _delayed = _delayed < 0 ? ended : _delayed;
                return ended - _delayed;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _begun);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _ended);
                Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
    }
}
