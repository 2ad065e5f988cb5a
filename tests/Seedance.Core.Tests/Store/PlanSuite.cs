using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>Planned jobs: who gets which, and what becomes of those that a worker leaves.</summary>
public abstract class PlanSuite : StoreSuite
{
    private static readonly ProcessMark s_first = StoreBench.Elsewhere("first");
    private static readonly WorkTerms s_any = new();
    private readonly IJobStore _a;
    private readonly IJobStore _b;

    private protected PlanSuite(StoreBench bench)
        : base(bench)
    {
        _a = bench.Open(s_first);
        _b = bench.Open(StoreBench.Elsewhere("second"));
    }

    [Fact]
    public async Task TakeWorkAsync_SeveralPlanned_ByPriorityThenArrivalAndEachOnce()
    {
        IReadOnlyList<StoredJob> first = await PlanAsync(Planned("a"), Planned("b", priority: 5), Planned("c"));
        StoredJob[] jobs = [.. first, .. await PlanAsync(Planned("d", priority: 5), Planned("e"))];

        List<string> taken = [];
        for (IJobStore worker = _a; await worker.TakeWorkAsync(s_any, Stop) is { } job; worker = worker == _a ? _b : _a)
        {
            taken.Add(job.Job.Prompt);
        }

        Assert.Equal(["b", "d", "a", "c", "e"], taken);
        Assert.Equal(5, jobs.Length);
    }

    [Fact]
    public async Task PlanAsync_TokenHasAJob_GivesThatInItsPlace()
    {
        StoredJob first = (await PlanAsync(Planned("a", token: "row-1")))[0];

        IReadOnlyList<StoredJob> again = await PlanAsync(
            Planned("a", token: "row-1"), Planned("b", token: "row-2"), Planned("b", token: "row-2"));

        Assert.Equal(first.Job.Id, again[0].Job.Id);
        Assert.Equal(again[1].Job.Id, again[2].Job.Id);
        Assert.Equal(2, Bench.Count("job"));
    }

    [Fact]
    public async Task PlanAsync_ConnectionBreaksAfterTheCommit_PlansNothingTwice()
    {
        await PlanAsync(Planned("before"));
        LostAcknowledgement engine = new(Bench, Bench.Engine());
        using SqlJobStore store = new(engine);
        StoredJob[] jobs = [Planned("a"), Planned("a"), Planned("b", token: "row-1")];

        IReadOnlyList<StoredJob> planned = await store.PlanAsync(jobs, Stop);

        Assert.Equal(2, engine.Commits);
        Assert.Equal(4, Bench.Count("job"));
        Assert.All(jobs.Zip(planned), static pair => Assert.Same(pair.First.Plan, pair.Second.Plan));
        Assert.Equal(3, planned.Select(static job => job.Job.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task PlanAsync_CapsAndSlots_AreNotTouched()
    {
        await PlanAsync(Planned("a"), Planned("b"));

        StoredJob sample = Samples.StoredJob();
        StoredJob now = sample with { Owner = null, Job = sample.Job with { ClientToken = null, ProviderJobId = null,
            State = JobStatus.Submitting } };
        SlotVerdict verdict = await _b.TryTakeSlotAsync(now, new SlotTerms(1), Stop);

        Assert.True(verdict.Taken);
        Assert.Empty(verdict.InFlight);
        Assert.Equal(1, Bench.Count("ledger"));
    }

    [Fact]
    public async Task TryTakeSlotAsync_PlannedJob_KeepsItsIdAndGoesBackWhenItIsWithdrawn()
    {
        await PlanAsync(Planned("a"));
        StoredJob taken = (await _a.TakeWorkAsync(s_any, Stop))!;
        StoredJob sending = taken with { IsUnsent = true, Job = taken.Job with { State = JobStatus.Submitting } };

        Assert.True((await _a.TryTakeSlotAsync(sending, new SlotTerms(1), Stop)).Taken);
        Assert.Equal((JobStatus.Submitting, 1L), ((await _b.FindAsync(taken.Job.Id, Stop))!.Job.State, Bench.Count("job where slot = 0")));
        Assert.True(await _a.WithdrawAsync(sending));

        StoredJob back = (await _b.FindAsync(taken.Job.Id, Stop))!;
        Assert.Equal((JobStatus.Planned, s_first), (back.Job.State, back.Owner));
        Assert.Equal(0, Bench.Count("job where slot = 0"));
        Assert.Empty(await _b.SumSpendAsync(null, null, Stop));
        Assert.Null(await _b.TakeWorkAsync(s_any, Stop));
        await _a.ReleaseLeasesAsync([taken.Job.Id]);
        Assert.NotNull(await _b.TakeWorkAsync(s_any, Stop));
    }

    [Fact]
    public async Task TakeWorkAsync_WorkerIsLost_AnotherGoesOnAndTheLostOneSubmitsNothing()
    {
        await PlanAsync(Planned("a"));
        StoredJob lost = (await _a.TakeWorkAsync(s_any, Stop))!;
        Assert.Null(await _b.TakeWorkAsync(s_any, Stop));

        Bench.EndLease(s_first);
        StoredJob heir = (await _b.TakeWorkAsync(s_any, Stop))!;

        Assert.Equal(lost.Job.Id, heir.Job.Id);
        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() =>
            _a.TryTakeSlotAsync(lost with { Job = lost.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop));
        Assert.True(StoreErrors.IsLost(error));
        Assert.True((await _b.TryTakeSlotAsync(heir with { Job = heir.Job with { State = JobStatus.Submitting } }, new SlotTerms(9),
            Stop)).Taken);
    }

    [Fact]
    public async Task TakeWorkAsync_LeaseOfTheProcessRanOut_OnlyOneOfItsWorkersSubmits()
    {
        await PlanAsync(Planned("a"));
        StoredJob first = (await _a.TakeWorkAsync(s_any, Stop))!;
        Bench.EndLease(s_first);
        StoredJob second = (await _a.TakeWorkAsync(s_any, Stop))!;
        Assert.Equal(first.Job.Id, second.Job.Id);

        Assert.True((await SendAsync(second)).Taken);
        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => SendAsync(first));

        Assert.True(StoreErrors.IsLost(error));
        Assert.True((await SendAsync(second)).Taken, "A try whose commit was not acknowledged is made again.");
        Assert.Equal(1, Bench.Count("ledger"));

        Task<SlotVerdict> SendAsync(StoredJob job) =>
            _a.TryTakeSlotAsync(job with { Job = job.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop);
    }

    [Fact]
    public async Task TakeWorkAsync_WorkerEndedOnThisMachine_IsNoticedAtOnceAndWhatRanIsTakenUp()
    {
        ProcessMark dead = ProcessMark.Current with { ProcessId = int.MaxValue };
        await PlanAsync(Planned("a"));
        IJobStore ended = Bench.Open(dead);
        StoredJob taken = (await ended.TakeWorkAsync(s_any, Stop))!;
        await ended.UpdateAsync(taken.Job.Id, static stored =>
            stored with { Job = stored.Job with { State = JobStatus.Running, ProviderJobId = "p" } }, Stop, taken.Term);

        Assert.Equal(JobStatus.Running, (await _b.TakeWorkAsync(s_any, Stop))!.Job.State);
    }

    [Fact]
    public async Task TakeWorkAsync_VideoIsNotSavedYet_StaysWithItsWorkerUntilItIs()
    {
        await PlanAsync(Planned("a"));
        StoredJob taken = (await _a.TakeWorkAsync(s_any, Stop))!;
        await _a.UpdateAsync(taken.Job.Id, static stored =>
            stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop, taken.Term);
        Assert.Null(await _b.TakeWorkAsync(s_any, Stop));

        await _a.UpdateAsync(
            taken.Job.Id, static stored => stored with { Owner = null,
                Job = stored.Job with { Outputs = [new JobOutput { Path = "/videos/a.mp4" }] } }, Stop, taken.Term);

        Assert.Null(await _b.TakeWorkAsync(s_any, Stop));
        Assert.Equal(0, Bench.Count("job where work = 1"));
    }

    [Fact]
    public async Task TakeWorkAsync_RestingAccountOtherProfileAndDamagedRecord_ArePassedOver()
    {
        StoredJob damaged = (await PlanAsync(Planned("damaged", priority: 9), Planned("a"), Planned("b")))[0];
        Bench.Run($"update job set document = '' where id = '{damaged.Job.Id}'");

        Assert.Null(await _a.TakeWorkAsync(new WorkTerms { Profile = "another" }, Stop));
        Assert.Null(await _a.TakeWorkAsync(new WorkTerms { RestingAccounts = [AccountKey.Of(damaged.Job)] }, Stop));
        StoredJob first = (await _a.TakeWorkAsync(new WorkTerms { Profile = "STUDIO" }, Stop))!;
        Assert.Equal("a", first.Job.Prompt);
        await _a.ReleaseLeasesAsync([first.Job.Id]);
        Assert.Equal("b", (await _a.TakeWorkAsync(new WorkTerms { GivenUp = [first.Job.Id] }, Stop))!.Job.Prompt);
    }

    [Fact]
    public async Task TakeWorkAsync_MoreGivenUpThanAStatementHasRoomFor_TakesTheNext()
    {
        IReadOnlyList<StoredJob> jobs = await PlanAsync([.. Numbered(70), Planned("next")]);
        string[] givenUp = [.. jobs.Take(70).Select(static job => job.Job.Id),
            .. Enumerable.Range(0, 70_000).Select(static number => "gone-" + number.ToString(CultureInfo.InvariantCulture))];

        Assert.Equal("next", (await _a.TakeWorkAsync(new WorkTerms { GivenUp = givenUp }, Stop))!.Job.Prompt);
        Assert.Null(await _a.TakeWorkAsync(new WorkTerms { GivenUp = [.. givenUp, jobs[70].Job.Id] }, Stop));
    }

    [Fact]
    public async Task TakeWorkAsync_ManyDamagedRecords_KeepNobodyFromTheOthers()
    {
        await PlanAsync([.. Numbered(70), Planned("next")]);
        Bench.Run("update job set document = '' where arrival <= 70");

        Assert.Equal("next", (await _a.TakeWorkAsync(s_any, Stop))!.Job.Prompt);
    }

    [Fact]
    public async Task PlanAsync_IdIsTaken_DrawsAgainAndKeepsTheOrder()
    {
        StoredJob first = (await PlanAsync(Planned("a")))[0];
        StoredJob same = Planned("b", token: "row-1"), third = Planned("c");
        StoredJob[] jobs =
        [
            same with { Job = same.Job with { Id = first.Job.Id } },
            same,
            third with { Job = third.Job with { Id = first.Job.Id } },
        ];

        IReadOnlyList<StoredJob> planned = await PlanAsync(jobs);

        Assert.Equal(3, Bench.Count("job"));
        Assert.Equal(planned[0].Job.Id, planned[1].Job.Id);
        Assert.Equal(3, new[] { first, planned[0], planned[2] }.Select(static job => job.Job.Id).Distinct(StringComparer.Ordinal).Count());
        List<string> taken = [];
        while (await _a.TakeWorkAsync(s_any, Stop) is { } job)
        {
            taken.Add(job.Job.Prompt);
        }

        Assert.Equal(["a", "b", "c"], taken);
    }

    [Fact]
    public async Task HasWorkersAsync_OneTakesAndEnds_IsTold()
    {
        await PlanAsync(Planned("a"));
        Assert.False(await _b.HasWorkersAsync(Stop));

        await _a.TakeWorkAsync(s_any, Stop);
        Assert.True(await _b.HasWorkersAsync(Stop));

        await _a.EndWorkAsync();
        Assert.False(await _b.HasWorkersAsync(Stop));
    }

    private static StoredJob Planned(string prompt, int priority = 0, string? token = null)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with
        {
            Owner = null,
            IsBooked = false,
            Plan = new SubmitPlan { Asked = sample.Job.Request!, Accounts = [("studio", null)], Priority = priority, MaxCost = 2 },
            Job = sample.Job with { Prompt = prompt, ClientToken = token, ProviderJobId = null, State = JobStatus.Planned,
                Outputs = [], ActualCost = null },
        };
    }

    private static IEnumerable<StoredJob> Numbered(int count) =>
        Enumerable.Range(0, count).Select(static number => Planned("job " + number.ToString(CultureInfo.InvariantCulture)));

    private Task<IReadOnlyList<StoredJob>> PlanAsync(params StoredJob[] jobs) => _a.PlanAsync(jobs, Stop);
}
