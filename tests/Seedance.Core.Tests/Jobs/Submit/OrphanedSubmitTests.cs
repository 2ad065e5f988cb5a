using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Recover;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>What a record says should its process end now, and what others make of it.</summary>
public sealed class OrphanedSubmitTests : IDisposable
{
    private const string Unsent = "\"unsent\":true";
    private readonly WatchedHost _host = new();
    private readonly TestServices _kit;

    public OrphanedSubmitTests() => _kit = new TestServices(_host);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Records => File.Exists(Path.Combine(_kit.Home, "seedance.db")) ? _kit.Rows.Documents() : [];

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_UntilItsBodyLeaves_TheRecordSaysThatNothingWasSent()
    {
        List<bool> unsent = [];
        _host.BeforeBody = () => unsent.Add(ReadRecord().Contains(Unsent, StringComparison.Ordinal));
        _host.AfterBody = () =>
        {
            unsent.Add(ReadRecord().Contains(Unsent, StringComparison.Ordinal));
            return ScriptedHandler.Response(200, """{"id":"task-1"}""");
        };

        await SubmitAsync();

        Assert.Equal([true, false], unsent);
        Assert.DoesNotContain(Unsent, ReadRecord(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settle_RecordReadBeforeTheReceiptCame_KeepsTheJob()
    {
        _host.AfterBody = () => ScriptedHandler.Response(200, """{"id":"task-1"}""");
        await SubmitAsync();
        StoredJob now = (await _kit.Services.Store.FindAsync(Assert.Single(_kit.Output.Jobs).Id, Stop))!;
        StoredJob before = now with { Job = now.Job with { State = JobStatus.Submitting, ProviderJobId = null }, IsUnsent = true,
            Owner = null };

        StoredJob? settled = await new OrphanedSubmits(_kit.Services.Store, _kit.Services.Ended).RecoverAsync(before, Stop);

        Assert.Equal("task-1", settled?.Job.ProviderJobId);
        Assert.NotNull(await _kit.Services.Store.FindAsync(now.Job.Id, Stop));
    }

    [Fact]
    public async Task Submit_WhileItPausesAfterA429_TheRecordSaysThatNothingWasSent()
    {
        int answers = 0;
        _host.AfterBody = () => ++answers == 1
            ? ScriptedHandler.Response(429, "{}", ("Retry-After", "7"))
            : ScriptedHandler.Response(200, """{"id":"task-1"}""");
        Task submit = SubmitAsync();
        await Outside.UntilAsync(() =>
            submit.IsCompleted
            || (_kit.Time.Waiting > 0 && answers > 0 && ReadRecord().Contains(Unsent, StringComparison.Ordinal)));
        Assert.False(submit.IsCompleted, "It ended without a pause.");
        await _kit.Time.PassAsync(submit, TimeSpan.FromSeconds(10));
        Assert.Equal("task-1", Assert.Single(_kit.Output.Jobs).ProviderJobId);
        Assert.Equal(2, answers);
    }

    [Fact]
    public async Task Submit_RecordCannotSayThatItLeaves_NothingLeaves()
    {
        _host.BeforeBody = () => _kit.Rows.Break();

        await SubmitAsync();

        Assert.Equal(ErrorCode.StoreFailure, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(1, _host.Asked);
        Assert.Equal(0, _host.Received);
    }

    [Fact]
    public async Task Submit_SettledByAnotherCommandBeforeItsBodyLeaves_SendsNothingAndGivesTheMoneyBack()
    {
        _host.BeforeBody = () => _kit.Services.Store.UpdateAsync(
            (string)_kit.Rows.Read("select id from job")!, static stored =>
                stored with { Job = stored.Job with { State = JobStatus.Unconfirmed } }, Stop).GetAwaiter().GetResult();

        await SubmitAsync();

        Assert.Contains("Nothing was sent", Assert.Single(_kit.Output.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Received);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task Submit_SameTokenAfterOneThatNeverLeft_IsSubmittedAndPaidOnce()
    {
        StoredJob dead = await CutOffAsync("row-1");

        await SubmitAsync(new SubmitOptions { ClientToken = "row-1" });

        Assert.NotEqual(dead.Job.Id, Assert.Single(_kit.Output.Jobs).Id);
        Assert.Equal(1, _host.Received);
        Assert.Single(Records);
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task Submit_BesideOneThatNeverLeft_IsNotHeldUp()
    {
        await CutOffAsync();

        await SubmitAsync();

        Assert.Empty(_kit.Output.Errors);
        Assert.Single(_kit.Output.Jobs);
        Assert.Single(Records);
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task List_OneThatNeverLeft_IsGoneAndItsMoneyFree()
    {
        await CutOffAsync();

        await new GetJobs(_kit.Services, Lookup()).ByQueryAsync(new JobQuery(), refresh: false, _kit.Output, Stop);

        Assert.Empty(_kit.Output.Records);
        Assert.Empty(Records);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task Find_OneThatNeverLeft_SaysThatNothingWasSpent()
    {
        StoredJob dead = await CutOffAsync();

        await new GetJobs(_kit.Services, Lookup()).ByIdAsync(new JobReference(dead.Job.Id), refresh: false, _kit.Output, Stop);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.JobNotFound, error.Code);
        Assert.Contains("Nothing was spent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_UnknownOutcomeCannotBeRecorded_SaysBothAndHoldsTheAccountAllTheSame()
    {
        FailingStore.Switch disk = new();
        using SeedanceServices services = new(name => name == "SEEDANCE_HOME" ? _kit.Home : null, _kit.Time, _ => _host,
            home => FailingStore.Around(new SqlJobStore(new SqliteEngine(home)), disk));
        _host.AfterBody = () =>
        {
            disk.Fails = "UpdateAsync";
            throw new HttpRequestException("reset", new IOException("reset"));
        };
        RecordingOutput output = new();
        Task SubmitAsync(string prompt) => new SubmitVideo(services).RunAsync(
            PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" }), new SubmitOptions(),
            output, Stop);

        await SubmitAsync("one");
        await SubmitAsync("two");
        disk.Fails = null;
        await SubmitAsync("three");

        Assert.Equal(2, disk.Failures);
        Assert.Equal(1, _host.Received);
        Assert.Equal(
            [ErrorCode.SubmitUnconfirmed, ErrorCode.StoreFailure, ErrorCode.SubmitUnconfirmed], output.Errors.Select(error => error.Code));
        Assert.Contains("may charge", output.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("no space left", output.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(output.Errors[0].Job!.Id, output.Errors[2].Job!.Id);
    }

    [Fact]
    public async Task Submit_ReceiptCannotBeRecorded_TheAdviceGivesTheRecordItsJob()
    {
        FailingStore.Switch disk = new();
        using SeedanceServices services = new(name => name == "SEEDANCE_HOME" ? _kit.Home : null, _kit.Time, _ => _host,
            home => FailingStore.Around(new SqlJobStore(new SqliteEngine(home)), disk));
        _host.AfterBody = () =>
        {
            disk.Fails = "UpdateAsync";
            return ScriptedHandler.Response(200, """{"id":"task-1"}""");
        };
        RecordingOutput output = new();
        await new SubmitVideo(services).RunAsync(Prepared(), new SubmitOptions { ClientToken = "row-1" }, output, Stop);
        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains(
            "Resolve-SeedanceJob -Id " + error.Job!.Id + " -ProviderJobId task-1", error.RecommendedAction, StringComparison.Ordinal);

        disk.Fails = null;
        _host.AfterBody = static () => ScriptedHandler.Response(200, """{"id":"task-1","status":"running"}""");
        JobLookup lookup = new(services, static (_, _) => null, apiKey: null, [TestServices.Account()]);
        await new ResolveJobs(services, lookup)
            .RunAsync(new JobReference(error.Job.Id), new ResolveOptions { ProviderJobId = "task-1" }, output, Stop);

        Assert.Equal((error.Job.Id, "task-1"), (Assert.Single(output.Jobs).Id, output.Jobs[0].ProviderJobId));
        Assert.Single(Records);
    }

    [Fact]
    public async Task List_OneThatThisProcessHasGivenUp_IsGone()
    {
        _kit.Services.Ended.Add((await CutOffAsync(owner: ProcessMark.Current)).Job.Id);

        await new GetJobs(_kit.Services, Lookup()).ByQueryAsync(new JobQuery(), refresh: false, _kit.Output, Stop);

        Assert.Empty(_kit.Output.Records);
    }

    [Fact]
    public async Task List_OneThatALivingProcessIsAbout_IsLeftAlone()
    {
        StoredJob alive = await CutOffAsync(owner: ProcessMark.Current);

        await new GetJobs(_kit.Services, Lookup()).ByQueryAsync(new JobQuery(), refresh: false, _kit.Output, Stop);

        Assert.Equal((alive.Job.Id, JobStatus.Submitting), (Assert.Single(_kit.Output.Jobs).Id, _kit.Output.Jobs[0].State));
        Assert.Single(Records);
    }

    private static PreparedSubmit Prepared() =>
        PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" });

    private string ReadRecord() => Assert.Single(Records);

    private JobLookup Lookup() => new(_kit.Services, static (_, _) => null, apiKey: null, [TestServices.Account()]);

    private Task SubmitAsync(SubmitOptions? options = null) =>
        new SubmitVideo(_kit.Services).RunAsync(Prepared(), options ?? new SubmitOptions(), _kit.Output, Stop);

    /// <summary>The record of a process that was killed between slot and send.</summary>
    private async Task<StoredJob> CutOffAsync(string? token = null, ProcessMark? owner = null)
    {
        PreparedSubmit prepared = Prepared();
        StoredJob record = new(new SeedanceJob
        {
            Id = JobId.Create(_kit.Time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = prepared.Account.BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = "a fox",
            Request = prepared.Request,
            ClientToken = token,
            State = JobStatus.Submitting,
            CreatedAt = _kit.Time.GetUtcNow(),
            EstimatedCost = prepared.Estimate,
        })
        {
            Owner = owner ?? new ProcessMark(Environment.MachineName, int.MaxValue, 0),
            IsUnsent = true,
        };
        Assert.True((await _kit.Services.Store.TryTakeSlotAsync(record, new SlotTerms(10), Stop)).Taken);
        return record;
    }

    /// <summary>A host that lets the test look at the disk just before the body comes and just after.</summary>
    private sealed class WatchedHost : HttpMessageHandler
    {
        public Action BeforeBody { get; set; } = static () => { };

        public Func<HttpResponseMessage> AfterBody { get; set; } = static () => ScriptedHandler.Response(200, """{"id":"task-1"}""");

        public int Asked { get; private set; }

        public int Received { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            BeforeBody();
            await (request.Content?.LoadIntoBufferAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            Received += request.Content is null ? 0 : 1;
            return AfterBody();
        }
    }
}
