using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Durations;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Recover;
using Seedance.Jobs.Resolve;
using Seedance.Money;
using Seedance.Polling;
using Seedance.Storage;
using Seedance.Store;
using Seedance.Traces;
using Seedance.Transport;

namespace Seedance;

/// <summary>What the operations of one state folder share for the life of a process.</summary>
internal sealed class SeedanceServices : IDisposable
{
    private readonly Func<string, string?> _variable;
    private readonly Lazy<HostServices> _hosts;
    private readonly UserModelFile _models;

    /// <summary>
    /// <paramref name="store"/> gets the folder; the state folder's database when not given. <paramref name="traces"/> goes with a store
    /// that is given.
    /// </summary>
    public SeedanceServices(
        Func<string, string?> variable, TimeProvider time, InProcessHosts inProcess, Func<string, IJobStore>? store = null,
        ITraceStore? traces = null)
    {
        _variable = variable;
        Home = StateFolder.Locate(variable);
        (IJobStore jobs, traces, time) = store is null ? Open(time) : (store(Home), traces, time);
        Recovery = new RecoveringStore(jobs, Ended);
        Traces = new TraceRecorder(traces, time);
        Time = time;
        Profiles = new ProfileStore(Home);
        _models = new UserModelFile(Home);
        _hosts = new Lazy<HostServices>(() => new HostServices(this, inProcess));
    }

    public TimeProvider Time { get; }

    public string Home { get; }

    public HttpClients Clients => _hosts.Value.Clients;

    /// <summary>The one way to a provider.</summary>
    public ProviderClient Client => _hosts.Value.Client;

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

    public SubmitMessages Messages => _hosts.Value.Messages;

    public JobPoller Poller => _hosts.Value.Poller;

    public CompletionHistory History => _hosts.Value.History;

    public PollScheduler Scheduler => _hosts.Value.Scheduler;

    /// <summary>What others have done to jobs that this process waits for.</summary>
    public JobChanges Changes => _hosts.Value.Changes;

    public InDoubtResolver Resolver => _hosts.Value.Resolver;

    /// <summary>The submits that these services are done with.</summary>
    public EndedSubmits Ended { get; } = new();

    /// <summary>The store, its traces, and the clock that all who share it go by.</summary>
    private (IJobStore Store, ITraceStore Traces, TimeProvider Time) Open(TimeProvider time)
    {
        StoreEngine engine = new StoreChoice(_variable, Home).Open(time);
        return (new SqlJobStore(engine, time), new SqlTraceStore(engine), engine is PostgresEngine ? new StoreClock(time, engine) : time);
    }

    /// <summary>Vaults are asked through the caller, since only a session can ask them.</summary>
    public AccountResolver Accounts(Func<string, string, string?> secret) => new(Profiles, _variable, secret, Catalogue);

    public void Dispose()
    {
        if (_hosts.IsValueCreated)
        {
            _hosts.Value.Dispose();
        }

        Traces.Dispose();
        Recovery.Dispose();
    }
}
