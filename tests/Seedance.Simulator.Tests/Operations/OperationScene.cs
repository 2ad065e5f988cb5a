using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Money;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>
/// The operations against one simulated host over loopback. Both sides share a clock that moves on whenever nothing is on its way between
/// them.
/// </summary>
internal sealed class OperationScene : IDisposable
{
    private const string Key = "canary-key-0123456789abcdef";
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);
    private readonly string _root = Directory.CreateTempSubdirectory("seedance-faults-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingOutput _output = new();
    private readonly SimulatorServer _server;
    private readonly Wire _wire;
    private readonly PostgresBench? _database;
    private readonly CountedStore _count;
    private readonly SeedanceServices _services;
    private readonly Account _account;

    /// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
    /// <param name="provider">Whose dialect.</param>
    /// <param name="faults">What goes wrong.</param>
    public OperationScene(bool onServer, string provider, params string[] faults)
        : this(onServer, provider, TimeSpan.Zero, faults)
    {
    }

    /// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
    /// <param name="provider">Whose dialect.</param>
    /// <param name="run">How long a job runs.</param>
    /// <param name="faults">What goes wrong.</param>
    public OperationScene(bool onServer, string provider, TimeSpan run, params string[] faults)
    {
        Host = new SimulatorEngine(new SimulatorOptions
        {
            Time = _time,
            QueueTime = TimeSpan.Zero,
            RunTime = run,
            MediaBytes = 600_000,
            RequiredKey = provider == "Simulator" ? null : Key,
            Faults = Array.ConvertAll(faults, SimulatorFault.Parse),
        });
        _server = SimulatorServer.Start(Host);
        _wire = new Wire(_time.Changed);
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase)
        {
            ["SEEDANCE_HOME"] = Home,
        };
        foreach (ProviderInfo known in ProviderRegistry.All.Select(adapter => adapter.Provider))
        {
            variables[AccountResolver.AddressVariable(known)] = new Uri(_server.BaseUri, known.Name.ToLowerInvariant()).AbsoluteUri;
            variables[known.KeyVariable ?? "NO_KEY"] = Key;
        }

        _database = onServer ? new PostgresBench(mayBeUsed: true) : null;
        StoreEngine engine = _database is null ? new SqliteEngine(Home, _time) : _database.Engine();
        (IJobStore store, _count) = CountedStore.Around(new SqlJobStore(engine), _time.Changed);
        _services = new SeedanceServices(
            name => variables.GetValueOrDefault(name), _time, _ => _wire, _ => store, new SqlTraceStore(engine));
        _services.Scheduler.Rested = _time.Changed.Beat;
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
            _output.Error(error);
            return error.Code.ToString();
        }
    }

    /// <summary>The same with a picture of this machine, which has to be uploaded first.</summary>
    public Task<string> MakeVideoFromPictureAsync()
    {
        string picture = Path.Combine(_root, "kite.png");
        File.WriteAllBytes(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8]);
        SeedanceModel model = _account.Adapter.Models.Select(row => row.Model).First(row => row.StartsFrom == GenerationMode.ImageToVideo);
        return MakeVideoAsync(
            new VideoRequest { Prompt = "a kite over cliffs", Model = model.Name, Resolution = model.DefaultResolution, Image = picture },
        patience: null);
    }

    /// <summary>Submits, waits and saves as a script does; "saved" or the one error.</summary>
    public Task<string> MakeVideoAsync(TimeSpan? patience = null) => MakeVideoAsync(TextRequest(), patience);

    /// <summary>
    /// Submits and cancels; how the job then stands in its record, or the one error. The record says of no running job that it was
    /// cancelled.
    /// </summary>
    public async Task<string> CancelAsync()
    {
        await TurnAsync(
            new SubmitVideo(_services).RunAsync(PrepareSubmit.Run(_account, TextRequest()), new SubmitOptions(), _output, Stop),
        TimeSpan.FromMinutes(1));
        SeedanceJob job = Assert.Single(_output.Jobs);
        JobLookup lookup = new(_services, static (_, _) => null, apiKey: null);
        await TurnAsync(new StopJob(_services, lookup).RunAsync(new JobReference(job.Id), _output, Stop));
        StoredJob stands = (await _services.Store.FindAsync(job.Id, Stop))!;
        Assert.Equal(1, _output.Jobs.Count - 1 + _output.Errors.Count);
        Task<PollOutcome> truth = _services.Poller.AskAsync(stands, _account, _output, Stop);
        await TurnAsync(truth);
        bool gone = (await truth).Update?.Status is null or JobStatus.Cancelled;
        Assert.True(gone || stands.Job.State != JobStatus.Cancelled, "It is said to be cancelled and is not.");
        return _output.Errors.Count > 0 ? _output.Errors[0].Code.ToString() : stands.Job.State.ToString();
    }

    /// <summary>Submits once and then a second request; "both" when the host is known to have both, else the errors.</summary>
    public async Task<string> LoseAndGoOnAsync()
    {
        foreach (string prompt in (string[])["one", "two"])
        {
            await TurnAsync(
                new SubmitVideo(_services)
                .RunAsync(PrepareSubmit.Run(_account, TextRequest() with { Prompt = prompt }), new SubmitOptions(), _output, Stop));
        }

        Assert.Equal(2, _output.Jobs.Count + _output.Errors.Count);
        Assert.Equal(_output.Jobs.Select(job => job.ProviderJobId).Order(StringComparer.Ordinal),
            Host.Tasks.Select(task => task.Id).Where(id => _output.Errors.Count == 0 || _output.Jobs.Any(job => job.ProviderJobId == id))
            .Order(StringComparer.Ordinal));
        return _output.Errors.Count == 0 ? "both" : string.Join(",", _output.Errors.Select(error => error.Code));
    }

    /// <summary>Asks for the price; whose figure it is, or that there is none.</summary>
    public async Task<string> MeasureAsync()
    {
        Task<SeedanceEstimate> asking = new MeasureRequest(_services)
            .RunAsync(_account.Adapter, TextRequest(), () => _account, _output, Stop);
        await TurnAsync(asking);
        SeedanceEstimate estimate = await asking;
        Assert.Equal(estimate.Cost is null, estimate.Reason is { Length: > 0 });
        return estimate.Confidence.ToString();
    }

    private VideoRequest TextRequest() => new()
    {
        Prompt = "a kite over cliffs",
        Model = _account.Provider switch { "Muapi" => "seedance-2-mini", "Wireflow" => "wf_0123456789abcdef",
            _ => _account.Adapter.Models[0].Model.Name },
    };

    private async Task<string> MakeVideoAsync(VideoRequest request, TimeSpan? patience)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(_account, request);
        await TurnAsync(
            new SubmitVideo(_services).RunAsync(prepared, new SubmitOptions { SlotTimeout = TimeSpan.FromMinutes(30) }, _output, Stop),
        TimeSpan.FromMinutes(1));
        JobLookup lookup = new(_services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(_services, lookup, new WaitOptions { Timeout = patience ?? TimeSpan.FromDays(365) });
        int before = _output.Jobs.Count;
        foreach (SeedanceJob job in _output.Jobs)
        {
            await wait.AddAsync(new JobReference(job.Id), _output, Stop);
        }

        await TurnAsync(wait.FinishAsync(_output, Stop));
        foreach (SeedanceJob job in _output.Jobs.Skip(before).Where(job => job.State == JobStatus.Succeeded && _output.Errors.Count == 0))
        {
            await TurnAsync(
                new SaveJobs(_services, lookup)
                .RunAsync(new JobReference(job.Id), new SaveJobOptions { Destination = Videos }, _output, Stop),
                isOnDisk: true);
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
            : record.Item.ToString()!)
            .Concat(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(File.ReadAllText))
            .Concat(RecordsOnServer());
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
        _database?.Dispose();
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>None where nothing was asked of the store, which then has no tables.</summary>
    private IReadOnlyList<string> RecordsOnServer() => _database?.Count("pg_tables where schemaname = 'seedance' and tablename = 'job'") > 0
        ? _database.Texts("select document from job")
        : [];

    /// <summary>What was learnt of how long jobs take is noted behind the commands.</summary>
    private void Settle() => _time.Changed.UntilAsync(() => _services.Scheduler.Busy == 0).GetAwaiter().GetResult();

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
            Assert.Contains(records, record => record.Job.ProviderJobId == task.Id || record.Job.State == JobStatus.Unconfirmed);
        }

        if (_output.Errors.Count > 0)
        {
            return Assert.Single(_output.Errors).Code.ToString();
        }

        StoredJob saved = Assert.Single(records);
        JobOutput file = Assert.Single(saved.Job.Outputs);
        using HttpClient client = new();
        byte[] served = await client.GetByteArrayAsync(file.Url, Stop);
        Assert.Equal(served, await File.ReadAllBytesAsync(file.Path!, Stop));
        Assert.Equal(["video", "sidecar"],
            Directory.EnumerateFiles(Videos).Order(StringComparer.Ordinal)
            .Select(path => path.EndsWith(".mp4", StringComparison.Ordinal)
            ? "video"
            : path.EndsWith(".mp4.json", StringComparison.Ordinal) ? "sidecar" : path));
        return "saved";
    }

    /// <summary>
    /// Lets the clock run while nothing is on its way, or while the host holds an answer back. What works on the disk is given a moment of
    /// the real clock before each step, or the addresses of the videos lapse while a busy machine writes them.
    /// </summary>
    private async Task TurnAsync(Task work, TimeSpan? within = null, bool isOnDisk = false)
    {
        bool delays = Host.Options.Faults.Any(fault => fault.Kind == SimulatorFaultKind.Delay);
        while (!work.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            Task change = _time.Changed.Next;
            if (isOnDisk)
            {
                await Outside.LookAsync();
            }

            if (_wire.OnItsWay + _count.UnderWay == 0 && !(isOnDisk && change.IsCompleted))
            {
                _time.AdvanceToNext(within ?? s_short);
            }
            else if (delays && Host.Snapshot().Fired(SimulatorFaultKind.Delay) > 0 && _wire.EndedSinceAsked == 0)
            {
                _time.AdvanceToNext(TimeSpan.FromHours(2));
            }

            await Turns.GiveAsync(); // Or time would run ahead of those who are about to ask.
            await Pulse.WaitAsync(Task.WhenAny(work, change));
        }

        await work;
    }

    /// <summary>The network, counted.</summary>
    private sealed class Wire : DelegatingHandler
    {
        private int _begun;
        private int _ended;
        private int _delayed = -1;
        private readonly Pulse _changed;

        public Wire(Pulse changed)
            : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) => _changed = changed;

        public int OnItsWay => Volatile.Read(ref _begun) - Volatile.Read(ref _ended);

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
                _changed.Beat();
            }
        }
    }
}
