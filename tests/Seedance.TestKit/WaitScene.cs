using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>
/// Waits in virtual time: jobs on record, a host where they end at their moments, and a clock that moves only when nothing is under way.
/// </summary>
internal sealed class WaitScene : IDisposable
{
    private const string Memory = "/dev/shm"; // Where thousands of flushes to a disk would only measure the disk.
    private readonly CountedNetwork _network;
    private readonly List<SeedanceServices> _machines = [];
    private int _made;
    private int _calls;

    public WaitScene(IProviderAdapter? adapter = null, HttpMessageHandler? network = null, ManualTimeProvider? time = null)
    {
        Adapter = adapter ?? new AcmeAdapter();
        Time = time ?? new ManualTimeProvider();
        Host = new TimedHost(Time);
        _network = new CountedNetwork(network ?? Host, Time.Changed);
        Home = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), "seedance-wait-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Home);
        Services = Join(_network);
        Account = TestServices.Account(Adapter);
    }

    public string Home { get; }

    public IProviderAdapter Adapter { get; }

    public ManualTimeProvider Time { get; }

    public TimedHost Host { get; }

    public SeedanceServices Services { get; }

    public Account Account { get; }

    public RecordingOutput Output { get; } = new();

    /// <summary>The network may hold an answer back until time passes.</summary>
    public bool MayHang { get; set; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>A running job, on record and at the host, which ends after that time; null never ends.</summary>
    public async Task<StoredJob> AddAsync(double? seconds, string? failure = null)
    {
        StoredJob stored = Make();
        Host.Add(stored.Job.ProviderJobId!, seconds is { } after ? TimeSpan.FromSeconds(after) : null, failure);
        await Services.Store.AddAsync(stored, CancellationToken.None).ConfigureAwait(false);
        return stored;
    }

    public StoredJob Make(Func<SeedanceJob, SeedanceJob>? change = null)
    {
        int number = ++_made;
        SeedanceJob job = new()
        {
            Id = Now.UtcDateTime.ToString("yyyyMMdd-HHmmss-", System.Globalization.CultureInfo.InvariantCulture)
                + number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture),
            Provider = Adapter.Provider.Name,
            Endpoint = Account.BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            StartsFrom = GenerationMode.TextToVideo,
            Prompt = "a fox in snow",
            Request = new VideoRequest { Prompt = "a fox in snow", Model = "seedance-acme", DurationSeconds = 5, Resolution = "720p" },
            ProviderJobId = FormattableString.Invariant($"task-{number}"),
            State = JobStatus.Running,
            CreatedAt = Now,
            SubmittedAt = Now,
            StartedAt = Now,
        };
        return new StoredJob(change?.Invoke(job) ?? job);
    }

    /// <summary>Another machine that waits for the same jobs, at the same store; whoever joins it disposes of it.</summary>
    public SeedanceServices Join(string machine) => Join(_network, machine);

    /// <summary>The same with a network of its own.</summary>
    public SeedanceServices Join(HttpMessageHandler network, string? machine = null)
    {
        SeedanceServices services = new(
            name => name == "SEEDANCE_HOME" ? Home : null, Time, _ => network,
            machine is null ? null : home => new SqlJobStore(new SqliteEngine(home, Time) { Self = StoreBench.Elsewhere(machine) }, Time));
        services.Scheduler.Rested = Time.Changed.Beat;
        _machines.Add(services);
        return services;
    }

    public WaitForJobs Wait(TimeSpan? timeout = null, bool any = false, SeedanceServices? on = null) => new(
        on ?? Services, new JobLookup(on ?? Services, (_, _) => null, TestServices.Key, [Account]),
        new WaitOptions { Timeout = timeout ?? TimeSpan.FromHours(1), Any = any });

    /// <summary>A whole call: all jobs in, then to the end.</summary>
    public Task RunAsync(IEnumerable<StoredJob> jobs, TimeSpan? timeout = null, bool any = false, RecordingOutput? output = null,
        SeedanceServices? on = null, CancellationToken stop = default) => CallAsync(async () =>
        {
            using WaitForJobs wait = Wait(timeout, any, on);
            foreach (StoredJob job in jobs)
            {
                await wait.AddAsync(new JobReference(job.Job.Id), output ?? Output, stop).ConfigureAwait(false);
            }

            await wait.FinishAsync(output ?? Output, stop).ConfigureAwait(false);
        });

    public Task FinishAsync(WaitForJobs wait, RecordingOutput output, CancellationToken stop) =>
        CallAsync(() => wait.FinishAsync(output, stop));

    /// <summary>Lets time pass until that is so, and no further than it takes.</summary>
    public async Task TurnAsync(Func<bool> until)
    {
        long begun = Time.GetTimestamp();
        while (!until())
        {
            await StepAsync().ConfigureAwait(false);
            if (Time.GetElapsedTime(begun) > TimeSpan.FromDays(3))
            {
                throw new TimeoutException("Three days went by in vain.");
            }
        }
    }

    public async Task TurnAsync(Task until)
    {
        await TurnAsync(() => until.IsCompleted).ConfigureAwait(false);
        await until.ConfigureAwait(false);
    }

    public async Task PassAsync(TimeSpan time)
    {
        long begun = Time.GetTimestamp();
        while (Time.GetElapsedTime(begun) < time)
        {
            await SettleAsync().ConfigureAwait(false);
            if (!Time.AdvanceToNext(time - Time.GetElapsedTime(begun)))
            {
                Time.Advance(time - Time.GetElapsedTime(begun));
            }
        }

        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// What is under way comes to its end, unless it waits for the clock: each call that waits has set its own alarm again, and so has the
    /// scheduler, so that none of them finds that time ran past it.
    /// </summary>
    public Task SettleAsync() => Time.Changed.UntilAsync(() =>
        _machines.Sum(static machine => machine.Scheduler.Busy) <= (MayHang ? _network.Held : 0)
        && Time.Waiting >= Volatile.Read(ref _calls) + _machines.Count(static machine => machine.Scheduler.Watched > 0));

    public void Dispose()
    {
        Services.Dispose();
        Time.Changed.UntilAsync(() => Services.Scheduler.Busy == 0).GetAwaiter().GetResult(); // It may be at a file still.
        _network.Dispose();
        Host.Dispose();
        Directory.Delete(Home, recursive: true);
    }

    private async Task CallAsync(Func<Task> call)
    {
        Interlocked.Increment(ref _calls);
        try
        {
            await call().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
            Time.Changed.Beat();
        }
    }

    private async Task StepAsync()
    {
        await SettleAsync().ConfigureAwait(false);
        Time.AdvanceToNext(TimeSpan.FromDays(1));
    }

    /// <summary>Knows which requests are held: a host of these scenes answers at once, or waits for the clock.</summary>
    private sealed class CountedNetwork(HttpMessageHandler inner, Pulse changed) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);
        private int _held;

        public int Held => Volatile.Read(ref _held);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Task<HttpResponseMessage> answer = _inner.SendAsync(request, cancellationToken);
            if (answer.IsCompleted)
            {
                return await answer.ConfigureAwait(false);
            }

            Interlocked.Increment(ref _held);
            changed.Beat();
            try
            {
                return await answer.ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _held);
                changed.Beat();
            }
        }

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
