using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Durations;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Recover;
using Seedance.Jobs.Resolve;
using Seedance.Money;
using Seedance.Polling;
using Seedance.RateLimits;
using Seedance.Storage;
using Seedance.Store;
using Seedance.Traces;
using Seedance.Transport;

namespace Seedance;

/// <summary>What the operations of one state folder share for the life of a process.</summary>
internal sealed class SeedanceServices : IDisposable
{
    private readonly Func<string, string?> _variable;
    private readonly PollRecorder _recorder;
    private readonly UserModelFile _models;

    /// <summary>
    /// <paramref name="inProcess"/> handles addresses that no network serves: the simulator's. <paramref name="store"/> gets the folder;
    /// the state folder's database when not given. <paramref name="traces"/> goes with a store that is given.
    /// </summary>
    public SeedanceServices(
        Func<string, string?> variable, TimeProvider time, Func<Uri, HttpMessageHandler?> inProcess, Func<string, IJobStore>? store = null)
    {
        _variable = variable;
        Home = StateFolder.Locate(variable);
        Clients = new HttpClients(inProcess);
        ITraceStore? traces = null;
        (IJobStore jobs, time) = store is null ? Open(time, out traces) : (store(Home), time);
        Recovery = new RecoveringStore(jobs, Ended);
        Traces = new TraceRecorder(traces, time);
        Time = time;
        Profiles = new ProfileStore(Home);
        _models = new UserModelFile(Home);
        _recorder = new PollRecorder(Store, Traces, time);
        RequestLimiters limiters = new(new SharedBackoff(Store, time), new MonotonicClock(time));
        Client = new ProviderClient(new HttpPipeline(Clients, time), limiters, time);
        Client.Observe(Traces);
        Client.Observe(new ExchangeTelemetry());
        Poller = new JobPoller(Client, _recorder, time);
        History = new CompletionHistory(Store, time);
        Scheduler = new PollScheduler(
            new DuePolls(Poller, new ListPoller(Client, _recorder), new PollLeases(Store)), History, limiters, time);
        Changes = new JobChanges(Store, Scheduler, time);
        Messages = new SubmitMessages(Client, time);
        Resolver = new InDoubtResolver(this);
    }

    public TimeProvider Time { get; }

    public string Home { get; }

    public HttpClients Clients { get; }

    /// <summary>The one way to a provider.</summary>
    public ProviderClient Client { get; }

    /// <summary>The jobs, as they have to be read.</summary>
    public IJobStore Store => Recovery;

    public RecoveringStore Recovery { get; }

    /// <summary>What this session was told already.</summary>
    public SaidOnce Said { get; } = new();

    /// <summary>What jobs and their providers say to each other.</summary>
    public TraceRecorder Traces { get; }

    public ProfileStore Profiles { get; }

    /// <summary>What models can do: as built in, and as the state folder's file of models has it at this moment.</summary>
    public ModelCatalogue Catalogue => _models.Read();

    public SubmitMessages Messages { get; }

    public JobPoller Poller { get; }

    public CompletionHistory History { get; }

    public PollScheduler Scheduler { get; }

    /// <summary>What others have done to jobs that this process waits for.</summary>
    public JobChanges Changes { get; }

    public InDoubtResolver Resolver { get; }

    /// <summary>The submits that these services are done with.</summary>
    public EndedSubmits Ended { get; } = new();

    /// <summary>The store, and the clock that all who share it go by.</summary>
    private (IJobStore Store, TimeProvider Time) Open(TimeProvider time, out ITraceStore traces)
    {
        StoreEngine engine = new StoreChoice(_variable, Home).Open(time);
        traces = new SqlTraceStore(engine);
        return (new SqlJobStore(engine), engine is PostgresEngine ? new StoreClock(time, engine) : time);
    }

    /// <summary>Vaults are asked through the caller, since only a session can ask them.</summary>
    public AccountResolver Accounts(Func<string, string, string?> secret) => new(Profiles, _variable, secret, Catalogue);

    public void Dispose()
    {
        Scheduler.Dispose();
        Traces.Dispose();
        _recorder.Dispose();
        Clients.Dispose();
        Recovery.Dispose();
    }
}
