using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class SlotLimiterTests : IDisposable
{
    private const string Done = """{"status":"done","url":"https://cdn.acme.example/v.mp4"}""";

    // The tests turn the clock much faster than files are read, so nobody may run out of patience by it.
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(20); // Never to the deadline of a request.
    private static readonly SubmitOptions s_patient = new() { SlotTimeout = TimeSpan.FromDays(3650) };
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;
    private readonly Account _account;

    public SlotLimiterTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
        AcmeAdapter two = new() { Provider = new AcmeAdapter().Provider with { Concurrency = 2 } };
        _account = TestServices.Account(two);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_AccountIsFull_WaitsUntilAJobEnds()
    {
        await SubmitAsync("one");
        await SubmitAsync("two");
        Task third = SubmitAsync("three");
        await TurnAsync(() => _host.Polls >= 2);
        Assert.False(third.IsCompleted);
        Assert.Equal(2, _host.Submits);

        _host.Set("task-1", Done);
        await _kit.Time.PassAsync(third, s_step);

        await third;
        Assert.Equal(3, _host.Submits);
        Assert.Equal(["task-1", "task-2", "task-3"], _kit.Output.Jobs.Select(job => job.ProviderJobId));
        Assert.DoesNotContain(_kit.Output.Of("error"), _ => true);
    }

    [Fact]
    public async Task RunAsync_NoSlotInTime_IsOneErrorAndSendsNothing()
    {
        await SubmitAsync("one");
        await SubmitAsync("two");

        Task third = SubmitAsync("three", new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(40) });
        await _kit.Time.PassAsync(third, s_step);
        await third;

        Assert.Equal(ErrorCode.SlotTimeout, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(2, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_WaitIsStopped_LeavesTheQueue()
    {
        await SubmitAsync("one");
        await SubmitAsync("two");
        using CancellationTokenSource stop = new();
        Task third = SubmitAsync("three", stop: stop.Token);
        await TurnAsync(() => _host.Polls >= 2);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);

        _host.Set("task-1", Done);
        Task fourth = SubmitAsync("four");
        await _kit.Time.PassAsync(fourth, s_step);
        Assert.Equal(3, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileAnotherProcessHoldsTheLock_EndsAtOnce()
    {
        await SubmitAsync("one");
        using IDisposable held = _kit.Rows.Hold();
        using CancellationTokenSource stop = new();
        Task second = SubmitAsync("two", stop: stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(second));
    }

    [Fact]
    public async Task RunAsync_OneIsUnconfirmed_HoldsTheAccountUntilToldToContinue()
    {
        _network.ResetAfterBody();
        await SubmitAsync("one");
        await SubmitAsync("two");

        Assert.Equal([ErrorCode.SubmitUnconfirmed, ErrorCode.SubmitUnconfirmed], _kit.Output.Errors.Select(error => error.Code));
        Assert.Single(_network.Requests);

        await SubmitAsync("two", new SubmitOptions { ContinueUnconfirmed = true });
        Assert.Equal(2, _network.Requests.Count);
        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_RecordOfADeadProcess_BecomesUnconfirmedAndHoldsTheAccount()
    {
        StoredJob cutOff = new(new SeedanceJob
        {
            Id = JobId.Create(_kit.Time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = _account.BaseUri,
            State = JobStatus.Submitting,
            CreatedAt = _kit.Time.GetUtcNow(),
        })
        {
            Owner = new ProcessMark(Environment.MachineName, int.MaxValue, 0),
        };
        await _kit.Services.Store.AddAsync(cutOff, Stop);

        await SubmitAsync("one");

        Assert.Equal(cutOff.Job.Id, Assert.Single(_kit.Output.Errors).Job!.Id);
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(cutOff.Job.Id, Stop))!.Job.State);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_SameTokenSameRequest_ReturnsTheJobThatExists()
    {
        SubmitOptions token = new() { ClientToken = "row-1" };
        await SubmitAsync("one", token);
        await SubmitAsync("one", token);

        Assert.Equal(1, _host.Submits);
        Assert.Equal(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[1].Id);
    }

    [Fact]
    public async Task RunAsync_SameTokenOtherRequest_IsAnErrorAndSendsNothing()
    {
        SubmitOptions token = new() { ClientToken = "row-1" };
        await SubmitAsync("one", token);
        await SubmitAsync("another", token);

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(1, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_TokenOfARefusedRequest_IsFreeAgain()
    {
        SubmitOptions token = new() { ClientToken = "row-1" };
        _network.Answer(400, ScriptedHandler.Refusal);
        await SubmitAsync("one", token);
        await SubmitAsync("one", token);

        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_TwoStoresRaceForOneToken_SubmitOnce()
    {
        using TestServices other = new(_network, home: _kit.Home);
        SubmitOptions token = new() { ClientToken = "row-1" };

        Task both = Task.WhenAll(
            Task.Run(() => SubmitAsync("one", token), Stop),
            Task.Run(() => new SubmitVideo(other.Services).RunAsync(Prepared("one"), token, other.Output, Stop), Stop));
        await Task.WhenAll(_kit.Time.PassAsync(both, s_step), other.Time.PassAsync(both, within: TimeSpan.FromSeconds(1)));

        Assert.Equal(1, _host.Submits);
        Assert.Equal(2, _kit.Output.Jobs.Count + other.Output.Jobs.Count);
        // One may still be without its receipt.
        Assert.Single(_kit.Output.Jobs.Concat(other.Output.Jobs).Select(job => job.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RunAsync_AnotherCommandIsSubmittingTheToken_WaitsForItsReceipt()
    {
        StoredJob theirs = await AddSubmittingAsync("one", "row-1");
        Task run = SubmitAsync("one", new SubmitOptions { ClientToken = "row-1" });
        await TurnAsync(() => _kit.Output.Of("progress").Any());
        Assert.False(run.IsCompleted);

        await _kit.Services.Store.UpdateAsync(
            theirs.Job.Id, stored =>
                stored with { Owner = null, Job = stored.Job with { ProviderJobId = "theirs", State = JobStatus.Queued } }, Stop);
        await _kit.Time.PassAsync(run, s_step);
        await run;

        Assert.Equal("theirs", Assert.Single(_kit.Output.Jobs).ProviderJobId);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_AnotherCommandsSubmitIsRefused_SubmitsItself()
    {
        StoredJob theirs = await AddSubmittingAsync("one", "row-1");
        Task run = SubmitAsync("one", new SubmitOptions { ClientToken = "row-1" });
        await TurnAsync(() => _kit.Output.Of("progress").Any());

        await _kit.Services.Store.WithdrawAsync(theirs);
        await _kit.Time.PassAsync(run, s_step);
        await run;

        Assert.Equal("task-1", Assert.Single(_kit.Output.Jobs).ProviderJobId);
    }

    [Fact]
    public async Task RunAsync_AnotherCommandsReceiptDoesNotCome_GivesTheJobForWhoeverWaits()
    {
        StoredJob theirs = await AddSubmittingAsync("one", "row-1");
        Task run = SubmitAsync("one", new SubmitOptions { ClientToken = "row-1" });
        await _kit.Time.PassAsync(run, s_step);
        await run;

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal((theirs.Job.Id, JobStatus.Submitting), (job.Id, job.State));
        Assert.Empty(_kit.Output.Errors);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_StoreFailsBetweenSlotAndSend_LeavesNoRecordAndNoReservation()
    {
        StoredJob cutOff = new(new SeedanceJob
        {
            Id = JobId.Create(_kit.Time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = _account.BaseUri,
            State = JobStatus.Submitting,
            CreatedAt = _kit.Time.GetUtcNow(),
        })
        {
            Owner = new ProcessMark(Environment.MachineName, int.MaxValue, 0),
        };
        await _kit.Services.Store.AddAsync(cutOff, Stop);
        FailingStore.Switch recovery = new() { Fails = nameof(IJobStore.UpdateAsync) };
        using TestServices failing = new(
            _network, _kit.Time, _kit.Home, home => FailingStore.Around(new SqlJobStore(new SqliteEngine(home)), recovery));

        await new SubmitVideo(failing.Services).RunAsync(Prepared("one"), s_patient, failing.Output, Stop);

        Assert.Equal((1, ErrorCode.StoreFailure), (recovery.Failures, Assert.Single(failing.Output.Errors).Code));
        Assert.Equal(0, _host.Submits);
        Assert.Equal(cutOff.Job.Id, Assert.Single(await RecordsAsync()).Job.Id);
        Assert.All(await _kit.Services.Store.SumSpendAsync(null, null, Stop), sum => Assert.Equal(0, sum.Amount.Jobs));
    }

    private async Task<List<StoredJob>> RecordsAsync()
    {
        List<StoredJob> records = [];
        await foreach (StoredJob record in _kit.Services.Store.ListAsync(JobScope.All, error => throw error, Stop))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>What another command of a live process has on record between record and receipt.</summary>
    private async Task<StoredJob> AddSubmittingAsync(string prompt, string token)
    {
        PreparedSubmit prepared = Prepared(prompt);
        StoredJob job = new(new SeedanceJob
        {
            Id = JobId.Create(_kit.Time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = _account.BaseUri,
            Prompt = prompt,
            Request = prepared.Request,
            ClientToken = token,
            State = JobStatus.Submitting,
            CreatedAt = _kit.Time.GetUtcNow(),
        })
        {
            Owner = ProcessMark.Current,
        };
        SlotVerdict verdict = await _kit.Services.Store.TryTakeSlotAsync(job, new SlotTerms(9), Stop);
        Assert.True(verdict.Taken);
        return job;
    }

    private PreparedSubmit Prepared(string prompt) =>
        PrepareSubmit.Run(_account, new VideoRequest { Prompt = prompt, Model = "seedance-acme" });

    private Task SubmitAsync(string prompt, SubmitOptions? options = null, CancellationToken? stop = null) =>
        new SubmitVideo(_kit.Services).RunAsync(Prepared(prompt), options ?? s_patient, _kit.Output, stop ?? Stop);

    /// <summary>Lets time pass until something has come about.</summary>
    private Task TurnAsync(Func<bool> until) => _kit.Time.PassUntilAsync(until, s_step);
}
