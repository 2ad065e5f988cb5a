using Seedance.Accounts;
using Seedance.Core.Tests.Downloads;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Queue;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>A worker from the planned job to its saved video.</summary>
public sealed class RunQueueTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly QueueHost _host;
    private readonly TestServices _kit;
    private readonly FailingStore.Switch _store = new();
    private Func<int> _sending = static () => 0;
    private SubmitOptions _plan = new() { IsQueued = true };
    private Func<AccountSelection, Account>? _accounts;
    private JobLookup? _lookup;
    private Account _account = TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = 2 } });

    public RunQueueTests()
    {
        _host = new QueueHost(_time.Changed.Beat);
        _kit = new TestServices(
            _host, _time, store: home => FailingStore.Around(new SqlJobStore(new SqliteEngine(home, _time), _time), _store));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_kit.Home, "videos");

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_PlannedJobs_AreSubmittedFollowedSavedAndWritten()
    {
        IReadOnlyList<SeedanceJob> planned = await PlanAsync("a", "b", "c", "d", "e");
        Assert.All(planned, job => Assert.Equal(JobStatus.Planned, job.State));
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
        Assert.Equal(0, _host.Submits);

        await WorkAsync();

        Assert.Empty(_kit.Output.Errors);
        string[] done = [.. _kit.Output.Jobs.Select(job => job.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(planned.Select(job => job.Id).Order(StringComparer.Ordinal), done);
        Assert.All(_kit.Output.Jobs, job => Assert.True(File.Exists(job.Path)));
        Assert.Equal(5, _host.Submits);
        Assert.Equal(["a", "b", "c", "d", "e"], SlotsInOrder());
        Assert.True(_host.MostAtOnce <= 2, "The account has two slots.");
        Assert.Equal(5, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
        Assert.Equal(0, _kit.Rows.Count("job where work = 1"));
    }

    [Fact]
    public async Task RunAsync_CapIsSpent_LeavesTheRestPlannedAndSaysSoOnce()
    {
        _account = new Account(_account.Adapter, _account.BaseUri, TestServices.Key)
        {
            Profile = "studio",
            Concurrency = 2,
            Caps = new SpendCaps("studio") { JobsPerDay = 2 },
        };
        await PlanAsync("a", "b", "c", "d");

        await WorkAsync();

        Assert.Equal(2, _host.Submits);
        Assert.Equal(2, _kit.Output.Jobs.Count);
        Assert.Contains("next day", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_MostJobs_SubmitsSoManyAndLeavesTheOthers()
    {
        await PlanAsync("a", "b", "c");

        await WorkAsync(options => options with { MaxJobs = 1 });

        Assert.Equal(1, _host.Submits);
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Planned'"));
    }

    [Fact]
    public async Task RunAsync_SlotsAreFree_SubmitsSoManyAtOnceInTheirOrder()
    {
        _host.Holds = new TaskCompletionSource();
        await PlanAsync("a", "b", "c");

        Task work = WorkAsync();
        while (_host.Received < 2)
        {
            await StepAsync();
        }

        await StepAsync();
        Assert.Equal(2, _host.Received);
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Submitting'"));
        _host.Holds.SetResult();
        await work;

        Assert.Equal(["a", "b", "c"], SlotsInOrder());
        Assert.Equal(3, _kit.Output.Jobs.Count(job => job.IsSaved));
    }

    [Fact]
    public async Task RunAsync_MostJobsWhileAnswersAreAwaited_SendsNoMore()
    {
        _host.Holds = new TaskCompletionSource();
        _host.Refused = "a";
        _account = Wide();
        await PlanAsync("a", "b", "c", "d");

        Task work = WorkAsync(options => options with { MaxJobs = 2 });
        while (_host.Received < 2)
        {
            await StepAsync();
        }

        await StepAsync();
        Assert.Equal(2, _host.Received);
        _host.Holds.SetResult();
        await work;

        Assert.Equal(["b", "c"], _host.Prompts.Order(StringComparer.Ordinal)); // What was refused does not count.
        Assert.Equal(1, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_StoppedWithSeveralOnTheirWay_LetsGoOfEachWhenItsAnswerIsRecorded()
    {
        _host.Holds = new TaskCompletionSource();
        _account = Wide();
        await PlanAsync("a", "b", "c");

        await StopAfterAsync(() => _host.Received == 3);
        Assert.Equal(3, _kit.Rows.Count("job where status = 'Submitting' and owner is not null"));

        _host.Holds.SetResult();
        while (_kit.Rows.Count("job where status = 'Queued' and owner is null") < 3)
        {
            await StepAsync();
        }

        await WorkAsync();
        Assert.Equal((3, 3), (_host.Submits, _kit.Output.Jobs.Count(job => job.IsSaved)));
    }

    [Fact]
    public async Task RunAsync_AccountRests_StillFollowsWhatAnotherLeftRunningThere()
    {
        _host.Ends = false;
        await PlanAsync("a", "b", "c", "d");
        await StopAfterAsync(() => _kit.Rows.Count("job where provider_job_id is not null") == 2);
        WorkTerms resting = new() { RestingAccounts = [AccountKey.Of("Acme", _account.BaseUri, _account.Profile)] };

        StoredJob? first = await _kit.Services.Store.TakeWorkAsync(resting, Stop);
        StoredJob? second = await _kit.Services.Store.TakeWorkAsync(resting, Stop);

        Assert.Equal(["a", "b"], new[] { first, second }.Select(job => job?.Job.Prompt));
        Assert.Null(await _kit.Services.Store.TakeWorkAsync(resting, Stop));
    }

    [Fact]
    public async Task RunAsync_FileOfAPlannedJobHasChanged_FailsItAndPaysNothing()
    {
        SeedanceJob job = (await PlanAsync("a"))[0];
        string picture = Path.Combine(_kit.Home, "a.png");
        await File.WriteAllTextAsync(picture, "one", Stop);
        await _kit.Services.Store.UpdateAsync(
            job.Id,
            stored => stored with { Media = new Dictionary<string, string> { [picture] = "0123" },
                Plan = stored.Plan! with { Asked = stored.Plan.Asked with { Image = picture } } },
            Stop);

        await WorkAsync();

        SeedanceJob failed = Assert.Single(_kit.Output.Jobs);
        Assert.Equal((JobStatus.Failed, "ReferenceUnreachable"), (failed.State, failed.Error!.Code));
        Assert.Contains("a.png has changed since", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Submits);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task RunAsync_HostRefusesOne_ItFailsAndTheOthersGoOn()
    {
        _host.Refused = "b";
        await PlanAsync("a", "b", "c");

        await WorkAsync();

        Assert.Equal(3, _kit.Output.Jobs.Count);
        SeedanceJob failed = Assert.Single(_kit.Output.Jobs, job => job.State == JobStatus.Failed);
        Assert.Equal("b", failed.Prompt);
        Assert.Equal(2, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task RunAsync_Stopped_HandsBackWhatWasNotSentAndLetsGoOfTheRest()
    {
        _host.Ends = false;
        await PlanAsync("a", "b", "c");
        await StopAfterAsync(() => _kit.Rows.Count("job where provider_job_id is not null") == 2);

        Assert.Equal(3, _kit.Rows.Count("job where work = 1 and owner is null"));
        Assert.Equal(1, _kit.Rows.Count("job where status = 'Planned'"));
        Assert.False(await _kit.Services.Store.HasWorkersAsync(Stop));

        _host.Ends = true;
        await WorkAsync();
        Assert.Equal(3, _kit.Output.Jobs.Count(job => job.IsSaved));
        Assert.Equal(3, _host.Submits);
    }

    [Fact]
    public async Task Stop_PlannedJob_IsCancelledAndNoWorkerSubmitsIt()
    {
        SeedanceJob job = (await PlanAsync("a"))[0];

        await new StopJob(_kit.Services, Lookup()).RunAsync(new JobReference(job.Id), _kit.Output, Stop);
        Assert.Equal(JobStatus.Cancelled, Assert.Single(_kit.Output.Jobs).State);
        await WorkAsync();

        Assert.Equal(0, _host.Submits);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task RunAsync_MostJobsAndAnAnswerIsLost_CountsItAsSubmitted()
    {
        _host.Lost = "a";
        _plan = _plan with { ContinueUnconfirmed = true };
        await PlanAsync("a", "b");

        await WorkAsync(options => options with { MaxJobs = 1 });

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(1, _host.Submits);
        Assert.Equal(1, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_JobThatItCannotAskAbout_IsLeftToOthersAndTheWorkerEnds()
    {
        _host.Ends = false;
        await PlanAsync("a");
        await StopAfterAsync(() => _kit.Rows.Count("job where provider_job_id is not null") == 1);
        _lookup = new JobLookup(_kit.Services, static (_, _) => null, apiKey: null);

        using CancellationTokenSource stopped = new();
        Task work = RunAsync(static options => options, stopped.Token);
        for (int step = 0; step < 1000 && !work.IsCompleted; step++)
        {
            await StepAsync();
        }

        bool ended = work.IsCompleted;
        await stopped.CancelAsync();

        Assert.True(ended, "Nothing is left that it could do.");
        await work;
        Assert.Single(_kit.Output.Errors);
        Assert.Equal(1, _kit.Rows.Count("job where work = 1 and owner is null"));
    }

    [Fact]
    public async Task RunAsync_StoppedWhileTheStoreDoesNotTell_HoldsNoJobOfOthers()
    {
        _host.Holds = new TaskCompletionSource();
        await PlanAsync("a", "b", "c");
        using CancellationTokenSource stopped = new();
        Task work = RunAsync(static options => options, stopped.Token);
        while (_host.Received < 2)
        {
            await StepAsync();
        }

        _store.Fails = nameof(IJobStore.FindAsync);
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.True(_store.Failures > 0);
        Assert.False(await _kit.Services.Store.HasWorkersAsync(Stop));
        Assert.Equal(1, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Submitting' and owner is not null"));

        _store.Fails = null;
        _host.Holds.SetResult();
        while (_kit.Rows.Count("job where status = 'Queued' and owner is null") < 2)
        {
            await StepAsync();
        }
    }

    [Fact]
    public async Task RunAsync_StoreIsAwayForAWhile_GoesOnUntilItIsStopped()
    {
        await PlanAsync("a");
        _store.Fails = nameof(IJobStore.TakeWorkAsync);
        using CancellationTokenSource stopped = new();
        Task work = RunAsync(static options => options with { UntilEmpty = false }, stopped.Token);
        while (_store.Failures < 3 && !work.IsCompleted)
        {
            await StepAsync();
        }

        _store.Fails = null;
        while (_kit.Output.Jobs.Count == 0 && !work.IsCompleted)
        {
            await StepAsync();
        }

        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Contains("goes on trying", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.True(Assert.Single(_kit.Output.Jobs).IsSaved);
    }

    [Fact]
    public async Task RunAsync_FilesAreOnAnotherMachine_LeavesThosePlannedAndSaysSoOnce()
    {
        IReadOnlyList<SeedanceJob> jobs = await PlanAsync("a", "b", "c");
        foreach (SeedanceJob job in jobs.Take(2))
        {
            string picture = Path.Combine(_kit.Home, job.Prompt + ".png");
            await _kit.Services.Store.UpdateAsync(
                job.Id,
                stored => stored with { Media = new Dictionary<string, string> { [picture] = "0123" },
                    Plan = stored.Plan! with { Asked = stored.Plan.Asked with { Image = picture } } },
                Stop);
        }

        await WorkAsync();

        Assert.Equal("c", Assert.Single(_kit.Output.Jobs).Prompt);
        Assert.Empty(_kit.Output.Errors);
        Assert.Contains("a.png", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_WorkerIsInTrouble_FailsNothingOfTheQueue()
    {
        _accounts = static _ => throw new InvalidOperationException("a defect of this machine");
        await PlanAsync("a", "b");

        await WorkAsync();

        Assert.Contains("a defect of this machine", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _kit.Rows.Count("job where status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_StoppedWhileASubmitIsOnItsWay_LetsGoOfItWhenItsAnswerIsRecorded()
    {
        _host.Holds = new TaskCompletionSource();
        await PlanAsync("a");

        await StopAfterAsync(() => _host.Received == 1);
        Assert.Equal(1, _kit.Rows.Count("job where status = 'Submitting' and owner is not null"));

        _host.Holds.SetResult();
        while (_kit.Rows.Count("job where status = 'Queued' and owner is null") == 0)
        {
            await StepAsync();
        }

        await WorkAsync();
        Assert.Equal((1, 1), (_host.Submits, _kit.Output.Jobs.Count(job => job.IsSaved)));
    }

    [Fact]
    public async Task Resolve_PlannedJobThatNeverLeftAnotherWorker_SaysThatItIsPlannedAgain()
    {
        SeedanceJob job = (await PlanAsync("a"))[0];
        using SqlJobStore other = new(new SqliteEngine(_kit.Home, _kit.Time) { Self = StoreBench.Elsewhere("other") }, _kit.Time);
        StoredJob taken = (await other.TakeWorkAsync(new WorkTerms(), Stop))!;
        await other.TryTakeSlotAsync(
            taken with { IsUnsent = true, Job = taken.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop);

        await new ResolveJobs(_kit.Services, Lookup())
            .RunAsync(new JobReference(job.Id), new ResolveOptions { Abandon = true, Force = true }, _kit.Output, Stop);

        Assert.Empty(_kit.Output.Errors);
        Assert.Contains("planned again", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(JobStatus.Planned, Assert.Single(_kit.Output.Jobs).State);
    }

    [Fact]
    public async Task RunAsync_WorkerDiedBetweenItsSlotAndTheRequest_AnotherTakesTheJobUp()
    {
        await PlanAsync("a");
        ProcessMark dead = ProcessMark.Current with { ProcessId = int.MaxValue };
        using (SqlJobStore ended = new(new SqliteEngine(_kit.Home, _kit.Time) { Self = dead }, _kit.Time))
        {
            StoredJob taken = (await ended.TakeWorkAsync(new WorkTerms(), Stop))!;
            await ended.TryTakeSlotAsync(
                taken with { IsUnsent = true, Job = taken.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop);
        }

        Assert.Equal(1, _kit.Rows.Count("job where status = 'Submitting' and slot is not null"));

        await WorkAsync();

        Assert.Equal((1, 1), (_host.Submits, _kit.Output.Jobs.Count(job => job.IsSaved)));
    }

    private async Task StopAfterAsync(Func<bool> reached)
    {
        using CancellationTokenSource stopped = new();
        Task work = RunAsync(static options => options, stopped.Token);
        while (!reached())
        {
            await StepAsync();
        }

        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private static Account Wide() =>
        TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = 20 } });

    /// <summary>The prompts in the order in which their jobs were given their slots.</summary>
    private IReadOnlyList<string> SlotsInOrder() => _kit.Rows.Texts(
        "select json_extract(document, '$.prompt') from job join ledger on job_id = id where event = 'reserve' order by entry");

    private JobLookup Lookup() => new(_kit.Services, static (_, _) => null, apiKey: null, [_account]);

    private async Task<IReadOnlyList<SeedanceJob>> PlanAsync(params string[] prompts)
    {
        SubmitCall call = new(_kit.Services);
        RecordingOutput output = new();
        foreach (string prompt in prompts)
        {
            AccountChoice choice = new(_account.Profile, "Acme") { Account = _account };
            await call.PlanAsync(call.Row(new VideoRequest { Prompt = prompt, Model = "seedance-acme" }, [choice], _plan), output, Stop);
        }

        await call.RecordPlannedAsync(output, Stop);
        Assert.Empty(output.Errors);
        return output.Jobs;
    }

    private async Task WorkAsync(Func<QueueOptions, QueueOptions>? change = null)
    {
        Task work = RunAsync(change ?? (static options => options), Stop);
        while (!work.IsCompleted)
        {
            await StepAsync();
        }

        await work;
    }

    private Task RunAsync(Func<QueueOptions, QueueOptions> change, CancellationToken until) => Task.Run(
        async () =>
        {
            QueueOptions options = change(new QueueOptions(new SaveJobOptions { Destination = Folder }));
            using RunQueue worker = new(_kit.Services, _lookup ?? Lookup(), _accounts ?? (_ => _account), options);
            _sending = () => worker.Sending;
            try
            {
                await worker.RunAsync(_kit.Output, until);
            }
            finally
            {
                _time.Changed.Beat();
            }
        },
        Stop);

    /// <summary>No time passes for what is on its way and is not held up by the host: it has its own deadline.</summary>
    private async Task StepAsync()
    {
        await _kit.Time.Changed.UntilAsync(() => _sending() <= _host.Held);
        await Turns.GiveAsync(500);
        _kit.Time.AdvanceToNext(TimeSpan.FromSeconds(1));
    }

    private sealed class QueueHost(Action beat) : HttpMessageHandler
    {
        private int _held;
        private readonly HashSet<string> _open = [];
        private readonly List<string> _prompts = [];

        public int Submits => _prompts.Count;

        public IReadOnlyList<string> Prompts => _prompts;

        public int MostAtOnce { get; private set; }

        public bool Ends { get; set; } = true;

        public string? Refused { get; set; }

        /// <summary>The prompt of a submit that is taken and whose answer says nothing.</summary>
        public string? Lost { get; set; }

        /// <summary>Submits are answered when it has ended.</summary>
        public TaskCompletionSource? Holds { get; set; }

        public int Received { get; private set; }

        /// <summary>Submits that it holds up.</summary>
        public int Held => Volatile.Read(ref _held);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null
                ? string.Empty
                : await request.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
            if (request.Method == HttpMethod.Post)
            {
                Received++;
                if (Holds is { } holds)
                {
                    Interlocked.Increment(ref _held);
                    beat();
                    await holds.Task.ConfigureAwait(false);
                    Interlocked.Decrement(ref _held);
                }
            }

            lock (_open)
            {
                return Answer(request, body);
            }
        }

        private HttpResponseMessage Answer(HttpRequestMessage request, string body)
        {
            if (request.RequestUri!.Host.StartsWith("cdn", StringComparison.Ordinal))
            {
                ByteArrayContent movie = new(Movie.Make(5000, 1)) { Headers = { ContentType = new("video/mp4") } };
                return new HttpResponseMessage { Content = movie };
            }

            if (request.Method == HttpMethod.Post)
            {
                string prompt = (string)System.Text.Json.Nodes.JsonNode.Parse(body)!["prompt"]!;
                if (prompt == Refused)
                {
                    return ScriptedHandler.Response(400, """{"error":"no"}""");
                }

                _prompts.Add(prompt);
                if (prompt == Lost)
                {
                    return ScriptedHandler.Response(500, "{}");
                }

                string id = FormattableString.Invariant($"task-{_prompts.Count}");
                _open.Add(id);
                MostAtOnce = Math.Max(MostAtOnce, _open.Count);
                return ScriptedHandler.Response(201, "{\"id\":\"" + id + "\"}");
            }

            string task = request.RequestUri.Segments[^1];
            if (!Ends)
            {
                return ScriptedHandler.Response(200, """{"status":"running"}""");
            }

            _open.Remove(task);
            return ScriptedHandler.Response(200, "{\"status\":\"done\",\"url\":\"https://cdn.acme.example/" + task + ".mp4\"}");
        }
    }
}
