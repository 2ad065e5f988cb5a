using Seedance.Accounts;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Queue;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>
/// Planned jobs, their host, and workers in virtual time: it passes only while neither the store nor the host is at work, except where the
/// host holds an answer up.
/// </summary>
internal sealed class QueueScene : IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly CountedStore _count;
    private RunQueue? _worker;

    public QueueScene()
    {
        CountedStore? count = null;
        Kit = new TestServices(
            Host,
            _time,
            store: home =>
            {
                (IJobStore counted, count) = CountedStore.Around(new SqlJobStore(new SqliteEngine(home, _time), _time), _time.Changed);
                return FailingStore.Around(counted, Failing);
            });
        Store = Kit.Services.Store;
        _count = count!;
    }

    public QueueHost Host { get; } = new();

    public TestServices Kit { get; }

    public IJobStore Store { get; }

    public FailingStore.Switch Failing { get; } = new();

    public Account Account { get; set; } = AccountOf(slots: 2);

    public SubmitOptions Plan { get; set; } = new() { IsQueued = true };

    /// <summary>How the worker finds the account of a planned job.</summary>
    public Func<AccountSelection, Account>? Accounts { get; set; }

    /// <summary>How the worker finds what it follows.</summary>
    public JobLookup? WorkersLookup { get; set; }

    public RecordingOutput Output => Kit.Output;

    public IReadOnlyList<SeedanceJob> Saved => [.. Output.Jobs.Where(job => job.IsSaved)];

    /// <summary>How many submits of the worker are on their way.</summary>
    public int Sending => _worker?.Sending ?? 0;

    public JobLookup Lookup => new(Kit.Services, static (_, _) => null, apiKey: null, [Account]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The store as another process sees it.</summary>
    public SqlJobStore Open(ProcessMark self) => new(new SqliteEngine(Kit.Home, _time) { Self = self }, _time);

    public static Account AccountOf(int slots) =>
        TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = slots } });

    /// <summary>How many jobs on record that is true of, in the words of SQL.</summary>
    public long Count(string condition) => Kit.Rows.Count("job where " + condition);

    /// <summary>The prompts in the order in which their jobs were given their slots.</summary>
    public IReadOnlyList<string> SlotsInOrder() => Kit.Rows.Texts(
        "select json_extract(document, '$.prompt') from job join ledger on job_id = id where event = 'reserve' order by entry");

    public async Task<int> PaidAsync() => (await Store.SumSpendAsync(null, null, Stop)).Sum(total => total.Amount.Jobs);

    public async Task<IReadOnlyList<SeedanceJob>> PlanAsync(params string[] prompts)
    {
        SubmitCall call = new(Kit.Services);
        RecordingOutput output = new();
        foreach (string prompt in prompts)
        {
            AccountChoice choice = new(Account.Profile, "Acme") { Account = Account };
            await call.PlanAsync(call.Row(new VideoRequest { Prompt = prompt, Model = "seedance-acme" }, [choice], Plan), output, Stop);
        }

        await call.RecordPlannedAsync(output, Stop);
        Assert.Empty(output.Errors);
        return output.Jobs;
    }

    /// <summary>From now on the planned job needs a file, whose content was that hash when it was planned.</summary>
    public async Task<string> NeedAsync(SeedanceJob job)
    {
        string picture = Path.Combine(Kit.Home, job.Prompt + ".png");
        await Store.UpdateAsync(
            job.Id,
            stored => stored with { Media = new Dictionary<string, string> { [picture] = "0123" },
                Plan = stored.Plan! with { Asked = stored.Plan.Asked with { Image = picture } } },
            Stop);
        return picture;
    }

    /// <summary>A whole call of the worker.</summary>
    public async Task WorkAsync(Func<QueueOptions, QueueOptions>? change = null)
    {
        Task work = Begin(change);
        await UntilAsync(() => work.IsCompleted);
        await work;
    }

    /// <summary>A worker that is stopped as soon as that is so.</summary>
    public async Task StopAfterAsync(Func<bool> reached)
    {
        using CancellationTokenSource stopped = new();
        Task work = Begin(until: stopped.Token);
        await UntilAsync(reached, work);
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    public Task Begin(Func<QueueOptions, QueueOptions>? change = null, CancellationToken? until = null)
    {
        QueueOptions options = new(new SaveJobOptions { Destination = Path.Combine(Kit.Home, "videos") });
        RunQueue worker = new(
            Kit.Services, WorkersLookup ?? Lookup, Accounts ?? (_ => Account), change is null ? options : change(options));
        _worker = worker;
        return Task.Run(
            async () =>
            {
                using (worker)
                {
                    await worker.RunAsync(Output, until ?? Stop);
                }
            },
            Stop);
    }

    /// <summary>Lets time pass until that is so; fails where the worker ends before it.</summary>
    public async Task UntilAsync(Func<bool> isSo, Task? work = null)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.False(work?.IsCompleted == true && !isSo(), "The worker has ended.");
            await StepAsync();
            Pulse.CheckPatience(begun);
        }
    }

    /// <summary>What is at work comes to its end, and has a moment of the real clock for the disk; then a second passes, or less.</summary>
    public async Task StepAsync()
    {
        int begun;
        do
        {
            begun = Begun;
            await Outside.LookAsync();
        }
        while (_count.UnderWay > 0 || Host.Working > 0 || begun != Begun);
        _time.AdvanceToNext(s_step);
    }

    public void Dispose() => Kit.Dispose();

    private int Begun => _count.Begun + Host.Begun;
}
