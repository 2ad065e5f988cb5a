using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>
/// A state folder that came from another machine, or whose machine has another name now: a new container, a restored backup, a renamed
/// laptop.
/// </summary>
public sealed class ForeignMachineTests : IDisposable
{
    private static readonly ProcessMark s_foreign = ProcessMark.Current with { Machine = "old-container", Scope = "another" };
    private static readonly SubmitOptions s_hasty = new() { SlotTimeout = TimeSpan.Zero };
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;
    private readonly Account _account =
        TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = 2 } });

    public ForeignMachineTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_RecordThatWasCutOffThereLongAgo_IsUnconfirmedAndHoldsTheAccount()
    {
        StoredJob cut = await RecordAsync(unsent: false, minutesAgo: 2);

        await SubmitAsync();

        Assert.Equal((ErrorCode.SubmitUnconfirmed, cut.Job.Id), (Assert.Single(_kit.Output.Errors).Code, _kit.Output.Errors[0].Job!.Id));
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(cut.Job.Id, Stop))!.Job.State);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task Submit_RecordThatNeverLeftThere_IsWithdrawn()
    {
        StoredJob cut = await RecordAsync(unsent: true, minutesAgo: 2);

        await SubmitAsync();

        Assert.Single(_kit.Output.Jobs);
        Assert.Null(await _kit.Services.Store.FindAsync(cut.Job.Id, Stop));
    }

    [Fact]
    public async Task List_FreshRecord_IsLeftAlone()
    {
        StoredJob fresh = await RecordAsync(unsent: true, minutesAgo: 1);

        await new GetJobs(_kit.Services, Lookup()).ByQueryAsync(new JobQuery(), refresh: false, _kit.Output, Stop);

        Assert.Equal((fresh.Job.Id, JobStatus.Submitting), (Assert.Single(_kit.Output.Jobs).Id, _kit.Output.Jobs[0].State));
    }

    [Fact]
    public async Task Resolve_FreshRecord_IsGivenUpOnlyWhenItIsForced()
    {
        StoredJob fresh = await RecordAsync(unsent: false, minutesAgo: 1);

        await ResolveAsync(fresh, new ResolveOptions { Abandon = true });
        Assert.Equal(JobStatus.Submitting, Assert.Single(_kit.Output.Jobs).State);
        Assert.Contains("old-container", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);

        await ResolveAsync(fresh, new ResolveOptions { Abandon = true, Force = true });
        Assert.Equal(JobStatus.Cancelled, _kit.Output.Jobs[1].State);
        Assert.Equal(JobStatus.Cancelled, (await _kit.Services.Store.FindAsync(fresh.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_FreshRecordThatHasNotLeft_IsWithdrawnWhenItIsForced()
    {
        StoredJob fresh = await RecordAsync(unsent: true, minutesAgo: 1);

        await ResolveAsync(fresh, new ResolveOptions { Abandon = true, Force = true });

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(_kit.Output.Errors).Code);
        Assert.Null(await _kit.Services.Store.FindAsync(fresh.Job.Id, Stop));
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Fact]
    public async Task Submit_OwnProcessIsBusyWithIt_IsNotTakenAwayByForce()
    {
        StoredJob own = await RecordAsync(unsent: false, minutesAgo: 60, ProcessMark.Current);

        await ResolveAsync(own, new ResolveOptions { Abandon = true, Force = true });

        Assert.Equal(JobStatus.Submitting, Assert.Single(_kit.Output.Jobs).State);
    }

    [Fact]
    public async Task Submit_PlacesInTheQueueOfAMachineThatIsGone_AreCleared()
    {
        await PlaceAsync("20260101-000000-001abcd", minutesAgo: 2);
        await PlaceAsync("20260101-000000-002abcd", minutesAgo: 2);

        await SubmitAsync(s_hasty);

        Assert.Single(_kit.Output.Jobs);
        Assert.Equal(0, _kit.Rows.Count("place"));
    }

    [Fact]
    public async Task Submit_NoSlotInTime_TellsWhatHoldsThemAndWhatToDo()
    {
        await SubmitAsync();
        await PlaceAsync("20260101-000000-001abcd", minutesAgo: 1);

        await SubmitAsync(s_hasty);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.SlotTimeout, error.Code);
        Assert.Contains(
            string.Format(CultureInfo.InvariantCulture,
                "The limit is 2; it is taken up by: 1 running, 1 submit waiting before this one (process {0} on old-container).",
            s_foreign.ProcessId), error.Message, StringComparison.Ordinal);
        Assert.Contains("Wait-SeedanceJob", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Resolve-SeedanceJob", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_UnconfirmedOnesHoldAllSlots_SaysSo()
    {
        await RecordAsync(unsent: false, minutesAgo: 2);
        await RecordAsync(unsent: false, minutesAgo: 2);

        await SubmitAsync(s_hasty with { ContinueUnconfirmed = true });

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Contains("taken up by: 2 unconfirmed jobs", error.Message, StringComparison.Ordinal);
        Assert.Contains("Resolve-SeedanceJob", error.RecommendedAction, StringComparison.Ordinal);
    }

    private JobLookup Lookup() => new(_kit.Services, static (_, _) => null, apiKey: null, [_account]);

    private StoredJob Job(bool unsent, ProcessMark owner) => new(new SeedanceJob
    {
        Id = JobId.Create(_kit.Time.GetUtcNow()),
        Provider = "Acme",
        Endpoint = _account.BaseUri,
        State = JobStatus.Submitting,
        CreatedAt = _kit.Time.GetUtcNow(),
    })
    {
        Owner = owner,
        IsUnsent = unsent,
    };

    private async Task<StoredJob> RecordAsync(bool unsent, int minutesAgo, ProcessMark? owner = null)
    {
        StoredJob job = Job(unsent, owner ?? s_foreign);
        Assert.True((await _kit.Services.Store.TryTakeSlotAsync(job, new SlotTerms(9), Stop)).Taken);
        _kit.Rows.Heard(job.Owner!, TimeSpan.FromMinutes(minutesAgo), _kit.Time);
        return job;
    }

    private async Task PlaceAsync(string id, int minutesAgo)
    {
        await _kit.Services.Store.PauseAsync("any", TimeSpan.Zero, Stop); // So that there are tables.
        string account = AccountKey.Of("Acme", _account.BaseUri, null);
        _kit.Rows.Heard(s_foreign, TimeSpan.FromMinutes(minutesAgo), _kit.Time);
        _kit.Rows.Run(
            $"insert into place (job_id, account, owner, arrived_at) values ('{id}', '{account}', '{s_foreign.ToText()}', '2000')");
    }

    private Task SubmitAsync(SubmitOptions? options = null) => new SubmitVideo(_kit.Services).RunAsync(
        PrepareSubmit.Run(_account, new VideoRequest { Prompt = "a fox", Model = "seedance-acme" }), options ?? new SubmitOptions(),
        _kit.Output, Stop);

    private Task ResolveAsync(StoredJob stored, ResolveOptions options) =>
        new ResolveJobs(_kit.Services, Lookup()).RunAsync(new JobReference(stored.Job.Id), options, _kit.Output, Stop);
}
