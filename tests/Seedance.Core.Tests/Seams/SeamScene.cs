using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Money;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Core.Tests.Seams;

/// <summary>Every operation of the module over one item, with a trap at one of its seams.</summary>
internal sealed class SeamScene : IDisposable
{
    private readonly RestlessTimeProvider _time = new();
    private readonly Pulse _rested = new();
    private readonly TaskHost _host;
    private readonly ThrowingNetwork _network;
    private readonly TestServices _kit;
    private readonly Account _account;
    private readonly JobLookup _lookup;

    public SeamScene()
    {
        _host = new TaskHost(_time);
        _network = new ThrowingNetwork(_host, Trap);
        string home = Path.Combine(
            Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "seedance-seam-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(home);
        FailingStore.Switch at = new() { Strike = Trap.Spring };
        _kit = new TestServices(_network, _time, home, folder => FailingStore.Around(new SqlJobStore(new SqliteEngine(folder)), at));
        _kit.Services.Scheduler.Rested = _rested.Beat;
        ThrowingAdapter adapter = new(Trap);
        _account = new Account(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 10_000 };
        _lookup = new JobLookup(_kit.Services, (_, _) => null, apiKey: null, [_account]);
    }

    public static IReadOnlyList<string> Operations { get; } = [
        "submit", "again", "refresh", "wait", "save", "stop", "resolve", "list", "credits", "adopt", "remove", "query", "refused"];

    public static IReadOnlyList<string> Places { get; } =
    [
        "connect", "answer", "read",
        "Sign", "BuildSubmit", "ReadSubmit", "BuildPoll", "ReadPoll", "ReadError", "BuildList", "ReadList", "BuildCancel", "ReadCancel",
        "BuildCredits", "ReadCredits",
        nameof(IJobStore.AddAsync), nameof(IJobStore.TryTakeSlotAsync), nameof(IJobStore.WithdrawAsync),
        nameof(IJobStore.FindByTokenAsync), nameof(IJobStore.FindByTokensAsync),
        nameof(IJobStore.FindByProviderJobIdAsync), nameof(IJobStore.UpdateAsync), nameof(IJobStore.ClaimAsync),
        nameof(IJobStore.FindAsync),
        nameof(IJobStore.RemoveAsync), nameof(IJobStore.AddDurationAsync), nameof(IJobStore.DurationsAsync), nameof(IJobStore.PauseOfAsync),
    ];

    public Trap Trap { get; } = new();

    /// <summary>What the host has taken.</summary>
    public int Taken => _host.Submits;

    /// <summary>Jobs whose provider's id only an error could still tell.</summary>
    public int Told { get; private set; }

    public void Dispose()
    {
        _kit.Dispose();
        _network.Dispose();
    }

    public async Task<IReadOnlyList<StoredJob>> RecordsAsync()
    {
        List<StoredJob> found = [];
        await foreach (StoredJob stored in _kit.Services.Store.ListAsync(JobScope.All, _ => { }, CancellationToken.None))
        {
            found.Add(stored);
        }

        return found;
    }

    /// <summary>
    /// Prepares an item, sets the trap, and runs the operation over the item; what it says is returned, what it throws is thrown.
    /// </summary>
    public async Task<RecordingOutput> RunAsync(string operation, string? place, Func<Exception> error)
    {
        string task = operation == "resolve" ? string.Empty : _host.Add("p", status: operation == "stop" ? "running" : "done");
        if (task.Length > 0)
        {
            _host.Tasks[task]["url"] = "https://cdn.example/" + task + ".mp4";
        }

        JobReference reference = new(await RecordAsync(operation, task).ConfigureAwait(false));
        RecordingOutput output = new();
        if (place is not null)
        {
            Trap.Set(place, error);
        }

        try
        {
            await RunAsync(operation, reference, task, output).ConfigureAwait(false);
        }
        finally
        {
            await _rested.UntilAsync(() => _kit.Services.Scheduler.IsIdle).ConfigureAwait(false); // Durations are noted behind a wait.
            Trap.Disarm();
        }

        Told += output.Errors.Count(
            error => error is { Code: ErrorCode.StoreFailure or ErrorCode.SubmitUnconfirmed, Job.ProviderJobId: not null });
        return output;
    }

    private async Task RunAsync(string operation, JobReference reference, string task, RecordingOutput output)
    {
        SeedanceServices services = _kit.Services;
        CancellationToken stop = CancellationToken.None;
        Func<IOperationOutput, CancellationToken, Task> work = operation switch
        {
            "submit" or "refused" => (sink, token) => new SubmitVideo(services).RunAsync(
                PrepareSubmit.Run(_account, new VideoRequest { Prompt = operation, Model = "seedance-acme" }),
                new SubmitOptions { ClientToken = Guid.NewGuid().ToString("N"), ContinueUnconfirmed = true },
                sink,
                token),
            "again" => (sink, token) => AgainAsync(new SubmitCall(services), sink, token),
            "refresh" => (sink, token) => new GetJobs(services, _lookup).ByIdAsync(reference, refresh: true, sink, token),
            "wait" => async (sink, token) =>
            {
                using WaitForJobs wait = new(services, _lookup, new WaitOptions { Timeout = TimeSpan.FromMinutes(20) });
                await wait.AddAsync(reference, sink, token).ConfigureAwait(false);
                await wait.FinishAsync(sink, token).ConfigureAwait(false);
            },
            "save" => (sink, token) =>
                new SaveJobs(services, _lookup)
                .RunAsync(reference, new SaveJobOptions { Destination = Path.Combine(_kit.Home, "videos") }, sink, token),
            "stop" => (sink, token) => new StopJob(services, _lookup).RunAsync(reference, sink, token),
            "resolve" => (sink, token) => new ResolveJobs(services, _lookup).RunAsync(reference, new ResolveOptions(), sink, token),
            "list" => (sink, token) => new ListAtProvider(services).RunAsync(_account, 3, sink, token),
            "credits" => (sink, token) => GetCredits.RunAsync(services, _account, sink, token),
            "adopt" => (sink, token) => new AdoptJob(services).RunAsync(_account, task, "acme-1", sink, token),
            "remove" => async (sink, token) =>
            {
                await new RemoveJobs(services).ByIdAsync(reference, new RemoveOptions { Force = true }, sink, token).ConfigureAwait(false);
                sink.Write(reference);
            },
            _ => (sink, token) => new GetJobs(services, _lookup).ByQueryAsync(new JobQuery { Newest = 2 }, refresh: true, sink, token),
        };
        await Task.Run(() => OutputPump.Run(work, output, stop)).ConfigureAwait(false);
    }

    private Task AgainAsync(SubmitCall call, IOperationOutput output, CancellationToken stop) => call.SubmitAsync(
        call.Row(
            new VideoRequest { Prompt = Guid.NewGuid().ToString("N"), Model = "seedance-acme" },
            [new AccountChoice(null, _account.Provider) { Account = _account }],
            new SubmitOptions { Reuse = true, ContinueUnconfirmed = true }),
        output,
        stop);

    private async Task<string> RecordAsync(string operation, string task)
    {
        if (operation is "submit" or "again" or "refused" or "list" or "credits" or "adopt")
        {
            return string.Empty;
        }

        DateTimeOffset now = _time.GetUtcNow();
        StoredJob stored = new(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = _account.Provider,
            Endpoint = _account.BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = operation == "resolve" ? Guid.NewGuid().ToString("N") : "p",
            ProviderJobId = task.Length > 0 ? task : null,
            State = operation switch { "save" => JobStatus.Succeeded, "resolve" => JobStatus.Unconfirmed, _ => JobStatus.Running },
            Outputs = operation == "save" ? [new JobOutput { Url = new Uri("https://cdn.example/" + task + ".mp4") }] : [],
            CreatedAt = now,
            SubmittedAt = now,
            LastCheckedAt = now,
        });
        await _kit.Services.Store.AddAsync(stored, CancellationToken.None).ConfigureAwait(false);
        if (operation == "resolve")
        {
            _host.Add(stored.Job.Prompt);
        }

        return stored.Job.Id;
    }
}
