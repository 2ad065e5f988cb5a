using Seedance.Durations;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Resolve;
using Seedance.Polling;
using Seedance.RateLimits;
using Seedance.Transport;

namespace Seedance;

/// <summary>The services that ask hosts. A command that only reads the store does without them.</summary>
internal sealed class HostServices : IDisposable
{
    private readonly PollRecorder _recorder;

    public HostServices(SeedanceServices services, InProcessHosts inProcess)
    {
        Clients = new HttpClients(inProcess);
        TimeProvider time = services.Time;
        RequestLimiters limiters = new(new SharedBackoff(services.Store, time), new MonotonicClock(time));
        _recorder = new PollRecorder(services.Store, services.Traces, time);
        Client = new ProviderClient(new HttpPipeline(Clients, time), limiters, time);
        Client.Observe(services.Traces);
        Client.Observe(new ExchangeTelemetry());
        Poller = new JobPoller(Client, _recorder, time);
        History = new CompletionHistory(services.Store, time);
        Scheduler = new PollScheduler(
            new DuePolls(Poller, new ListPoller(Client, _recorder), new PollLeases(services.Store)), History, limiters, time);
        Changes = new JobChanges(services.Store, Scheduler, time);
        Messages = new SubmitMessages(Client, time);
        Resolver = new InDoubtResolver(services);
    }

    public HttpClients Clients { get; }

    public ProviderClient Client { get; }

    public JobPoller Poller { get; }

    public CompletionHistory History { get; }

    public PollScheduler Scheduler { get; }

    public JobChanges Changes { get; }

    public SubmitMessages Messages { get; }

    public InDoubtResolver Resolver { get; }

    public void Dispose()
    {
        Scheduler.Dispose();
        _recorder.Dispose();
        Clients.Dispose();
    }
}
