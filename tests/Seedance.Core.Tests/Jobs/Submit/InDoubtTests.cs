using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;
using static Seedance.TestKit.TaskHost;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Submits whose answer was lost, at a host that lists its jobs.</summary>
public sealed class InDoubtTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TaskHost _host;
    private readonly TestServices _kit;

    public InDoubtTests()
    {
        _host = new TaskHost(_time);
        _kit = new TestServices(_host, _time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_AnswerLostAndJobTaken_AdoptsItAndTheBatchGoesOn()
    {
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");
        await SubmitAsync("two");

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal(["task-1", "task-2"], _kit.Output.Jobs.Select(job => job.ProviderJobId));
        Assert.Equal(2, _host.Submits);
        Assert.Equal(1, _host.Lists);
        Assert.Null(_kit.Output.Jobs[0].Error);
        Assert.Equal(2, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task Submit_ListShowsTheJobLate_LooksAgain()
    {
        _host.ListDelay = TimeSpan.FromSeconds(9);
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal("task-1", Assert.Single(_kit.Output.Jobs).ProviderJobId);
        Assert.Equal(2, _host.Lists);
    }

    [Fact]
    public async Task Submit_NotInTheList_StaysUnconfirmedAfterThreeLooksInHalfAMinute()
    {
        DateTimeOffset begun = _time.GetUtcNow();
        _host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Contains("Resolve-SeedanceJob", _kit.Output.Errors[0].RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(3, _host.Lists);
        Assert.Equal(30, (_time.GetUtcNow() - begun).TotalSeconds);

        await SubmitAsync("two");
        Assert.Equal(3, _host.Lists); // Once per job and process.
        Assert.Equal(1, _host.Submits);
    }

    [Fact]
    public async Task Submit_ListFails_ProvesNothing()
    {
        _host.ListFails = true;
        _host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.True(_host.Lists >= 3);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(21, false)]
    public async Task Resolve_ListIsLong_AdoptsOnlyWhenAllOfItsTimeWasSeen(int pagesBefore, bool adopts)
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.EmptyPages = pagesBefore;
        _host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(adopts ? 1 : 0, output.Jobs.Count);
        Assert.Equal(adopts, !output.Errors.Any(error => error.Message.Contains("first 20 pages", StringComparison.Ordinal)));
        Assert.Equal(Math.Min(20, pagesBefore + 1), _host.Lists);
    }

    [Fact]
    public async Task Resolve_EqualJobBeforeTheBound_IsACandidateAndNotIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.Add("one");
        _host.EndlessPages = true;

        RecordingOutput output = await ResolveAsync(job.Id);

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("task-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("older one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ListIsTooLong_SaysSoOnce()
    {
        _host.EndlessPages = true;
        _host.Next(Fate.LostUnanswered);

        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Contains("first 20 pages", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(60, _host.Lists);
    }

    [Theory]
    [InlineData("another prompt", "acme-1", 0)]
    [InlineData("one", "acme-9", 0)]
    [InlineData("one", "acme-1", 6)]
    public async Task Submit_OnlyStrangersInTheList_AdoptsNone(string prompt, string model, int minutesOld)
    {
        _host.Add(prompt, model, TimeSpan.FromMinutes(minutesOld));
        _host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
    }

    [Fact]
    public async Task Submit_EqualJobIsAnotherRecords_AdoptsOnlyItsOwn()
    {
        await SubmitAsync("one");
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(["task-1", "task-2"], _kit.Output.Jobs.Select(job => job.ProviderJobId));
    }

    [Fact]
    public async Task Submit_TwoEqualStrangers_AdoptsNeither()
    {
        _host.Add("one");
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(3, _host.Lists);
    }

    [Fact]
    public async Task Submit_ListWithoutPrompts_AdoptsNobodyByTimeAlone()
    {
        _host.TellsPrompts = false;
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
    }

    [Fact]
    public async Task Submit_ListThatCannotTellJobsApart_NamesTheCandidatesAtOnce()
    {
        DateTimeOffset begun = _time.GetUtcNow();
        _host.TellsPrompts = false;
        _host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one", TestServices.Account(new RichAcmeAdapter { TellsJobsApart = false }));

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(1, _host.Lists);
        Assert.Equal(2, (_time.GetUtcNow() - begun).TotalSeconds);
        Assert.Contains("task-1 (running", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_CutOffInAnotherProcess_IsFoundBeforeTheNextOneGoes()
    {
        await CutOffAsync("one");
        _host.Add("one");
        await SubmitAsync("two");

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal(2, _host.Tasks.Count);
        Assert.Equal(2, (await UnfinishedAsync()).Count(job => job.ProviderJobId is not null));
    }

    [Fact]
    public async Task Submit_SameTokenAfterACutOff_AttachesToWhatTheHostHas()
    {
        StoredJob cutOff = await CutOffAsync("one", token: "row-1");
        _host.Add("one");
        await SubmitAsync("one", options: new SubmitOptions { ClientToken = "row-1" });

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal((cutOff.Job.Id, "task-1"), (job.Id, job.ProviderJobId));
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task Submit_SameTokenAfterACutOffNobodyKnowsOf_IsNeverSentAgain()
    {
        await CutOffAsync("one", token: "row-1");
        await SubmitAsync("one", options: new SubmitOptions { ClientToken = "row-1", ContinueUnconfirmed = true });

        Assert.Equal(JobStatus.Unconfirmed, Assert.Single(_kit.Output.Jobs).State);
        Assert.Contains("Resolve-SeedanceJob", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task Resolve_HostHasIt_AdoptsItAndKeepsTheReservation()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(("task-1", JobStatus.Running), (Assert.Single(output.Jobs).ProviderJobId, output.Jobs[0].State));
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);
    }

    [Fact]
    public async Task Resolve_MarkInTheList_IsItWhateverElseIsLikeIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.Add("one");
        string marked = _host.Add("one, as the host rewrote it", token: job.Id);

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(marked, Assert.Single(output.Jobs).ProviderJobId);
    }

    [Fact]
    public async Task Resolve_SomebodyElsesMark_IsNotIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.Add("one", token: "somebody-else");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single((await ResolveAsync(job.Id)).Errors).Code);
    }

    [Fact]
    public async Task Resolve_DeadProcessMayHaveSentTheSame_TheListedJobMayBeItsAndNobodyAdoptsIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        await CutOffAsync("one");
        _host.Add("one");

        Assert.Contains("may be any of these", Assert.Single((await ResolveAsync(job.Id)).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_NotFound_SaysSoAndStaysUnconfirmed()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("-Abandon", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_Several_NamesThemAndAdoptsNoneEvenWhenToldToAbandon()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.Add("one");
        _host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true });

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("task-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("task-2", error.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Theory]
    [InlineData(true, false, JobStatus.Unconfirmed)]
    [InlineData(true, true, JobStatus.Cancelled)]
    [InlineData(false, false, JobStatus.Cancelled)]
    public async Task Resolve_AbandonBesideCandidates_NeedsForceWhereTheyAreAlike(bool tellsPrompts, bool force, JobStatus status)
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        _host.TellsPrompts = tellsPrompts;
        _host.Add("one");
        _host.Add("one");

        await ResolveAsync(job.Id, new ResolveOptions { Abandon = true, Force = force });

        Assert.Equal(status, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_IdByTheUser_IsAskedForAndAdopted()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        string id = _host.Add("whatever", status: "done");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = id });

        Assert.Equal((id, JobStatus.Succeeded), (Assert.Single(output.Jobs).ProviderJobId, output.Jobs[0].State));
        Assert.Contains("GET /api/tasks/" + id, _host.Log);
    }

    [Fact]
    public async Task Resolve_IdThatTheHostDoesNotKnow_ChangesNothing()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = "task-77" });

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(output.Errors).Code);
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_IdOfAnotherRecord_IsRefused()
    {
        await SubmitAsync("one");
        SeedanceJob job = await UnconfirmedAsync("two");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = "task-1" });

        Assert.Contains("another record", Assert.Single(output.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_TwoJobsRaceForOneTask_OneGetsIt()
    {
        SeedanceJob first = await UnconfirmedAsync("one");
        SeedanceJob second = await UnconfirmedAsync("one");
        string id = _host.Add("one");
        ResolveOptions options = new() { ProviderJobId = id };

        RecordingOutput[] outputs = await Task.WhenAll(
            Task.Run(() => ResolveAsync(first.Id, options), Stop), Task.Run(() => ResolveAsync(second.Id, options), Stop));

        Assert.Single(outputs.SelectMany(output => output.Jobs));
        Assert.Single(outputs.SelectMany(output => output.Errors));
        Assert.Single(await UnfinishedAsync(), job => job.ProviderJobId == id);
    }

    [Fact]
    public async Task Resolve_Abandoned_FreesTheSlotAndKeepsTheMoneyReserved()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true });

        SeedanceJob abandoned = Assert.Single(output.Jobs);
        Assert.Equal((JobStatus.Cancelled, nameof(ErrorCode.SubmitUnconfirmed)), (abandoned.State, abandoned.Error!.Code));
        Assert.Contains("bandoned by the user", abandoned.Error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);
        await SubmitAsync("two");
        Assert.Empty(_kit.Output.Errors);
    }

    [Fact]
    public async Task Resolve_HostWithoutAList_SaysSoAndCanBeAbandoned()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Account plain = TestServices.Account();

        RecordingOutput asked = await ResolveAsync(job.Id, account: plain);
        RecordingOutput abandoned = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true }, plain);

        Assert.Contains("does not list jobs", Assert.Single(asked.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Cancelled, Assert.Single(abandoned.Jobs).State);
    }

    private static Account Account() => TestServices.Account(new RichAcmeAdapter());

    private JobLookup Lookup(Account account) => new(_kit.Services, (_, _) => null, apiKey: null, [account]);

    private async Task<RecordingOutput> ResolveAsync(string id, ResolveOptions? options = null, Account? account = null)
    {
        RecordingOutput output = new();
        await new ResolveJobs(_kit.Services, Lookup(account ?? Account()))
            .RunAsync(new JobReference(id), options ?? new ResolveOptions(), output, Stop);
        return output;
    }

    /// <summary>A job as a submit leaves it at a host that cannot be asked.</summary>
    private async Task<SeedanceJob> UnconfirmedAsync(string prompt)
    {
        _host.Next(Fate.LostUnanswered);
        RecordingOutput output = new();
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        await new SubmitVideo(_kit.Services).RunAsync(prepared, new SubmitOptions { ContinueUnconfirmed = true }, output, Stop);
        return Assert.Single(output.Errors).Job!;
    }

    /// <summary>The record of a process that was killed while its request was on the way.</summary>
    private async Task<StoredJob> CutOffAsync(string prompt, string? token = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        StoredJob record = new(new SeedanceJob
        {
            Id = JobId.Create(_time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = prepared.Account.BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = prompt,
            Request = prepared.Request,
            ClientToken = token,
            State = JobStatus.Submitting,
            CreatedAt = _time.GetUtcNow(),
            EstimatedCost = prepared.Estimate,
        })
        {
            Owner = new ProcessMark(Environment.MachineName, int.MaxValue, 0),
        };
        Assert.True((await _kit.Services.Store.TryTakeSlotAsync(record, new SlotTerms(10), Stop)).Taken);
        return record;
    }

    private async Task<SeedanceJob[]> UnfinishedAsync()
    {
        System.Collections.Generic.List<SeedanceJob> jobs = [];
        await foreach (StoredJob stored in _kit.Services.Store.ListAsync(JobScope.Unfinished, error => Assert.Fail(error.Message), Stop))
        {
            jobs.Add(stored.Job);
        }

        return [.. jobs];
    }

    private async Task SubmitAsync(string prompt, Account? account = null, SubmitOptions? options = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(account ?? Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        Task run = new SubmitVideo(_kit.Services).RunAsync(prepared, options ?? new SubmitOptions(), _kit.Output, Stop);
        await _time.PassAsync(run, within: TimeSpan.FromSeconds(25)); // Never to the deadline of a request that is on its way.
    }
}
