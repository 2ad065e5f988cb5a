using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>What a worker that is stopped or dies leaves behind, and who takes it up.</summary>
public sealed class RunQueueHandOverTests : IDisposable
{
    private readonly QueueScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_Stopped_HandsBackWhatWasNotSentAndLetsGoOfTheRest()
    {
        _scene.Host.Ends = false;
        await _scene.PlanAsync("a", "b", "c");
        await _scene.StopAfterAsync(() => _scene.Count("provider_job_id is not null") == 2);

        Assert.Equal(3, _scene.Count("work = 1 and owner is null"));
        Assert.Equal(1, _scene.Count("status = 'Planned'"));
        Assert.False(await _scene.Store.HasWorkersAsync(Stop));

        _scene.Host.Ends = true;
        await _scene.WorkAsync();
        Assert.Equal(3, _scene.Saved.Count);
        Assert.Equal(3, _scene.Host.Submits);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileASubmitIsOnItsWay_LetsGoOfItWhenItsAnswerIsRecorded()
    {
        _scene.Host.Holds = new TaskCompletionSource();
        await _scene.PlanAsync("a");

        await _scene.StopAfterAsync(() => _scene.Host.Received == 1);
        Assert.Equal(1, _scene.Count("status = 'Submitting' and owner is not null"));

        _scene.Host.Holds.SetResult();
        await _scene.UntilAsync(() => _scene.Count("status = 'Queued' and owner is null") != 0);

        await _scene.WorkAsync();
        Assert.Equal((1, 1), (_scene.Host.Submits, _scene.Saved.Count));
    }

    [Fact]
    public async Task RunAsync_StoppedWithSeveralOnTheirWay_LetsGoOfEachWhenItsAnswerIsRecorded()
    {
        _scene.Host.Holds = new TaskCompletionSource();
        _scene.Account = QueueScene.AccountOf(slots: 20);
        await _scene.PlanAsync("a", "b", "c");

        await _scene.StopAfterAsync(() => _scene.Host.Received == 3);
        Assert.Equal(3, _scene.Count("status = 'Submitting' and owner is not null"));

        _scene.Host.Holds.SetResult();
        await _scene.UntilAsync(() => _scene.Count("status = 'Queued' and owner is null") >= 3);

        await _scene.WorkAsync();
        Assert.Equal((3, 3), (_scene.Host.Submits, _scene.Saved.Count));
    }

    [Fact]
    public async Task RunAsync_StoppedWhileTheStoreDoesNotTell_HoldsNoJobOfOthers()
    {
        _scene.Host.Holds = new TaskCompletionSource();
        await _scene.PlanAsync("a", "b", "c");
        using CancellationTokenSource stopped = new();
        Task work = _scene.Begin(until: stopped.Token);
        await _scene.UntilAsync(() => _scene.Host.Received >= 2, work);

        _scene.Failing.Fails = nameof(IJobStore.FindAsync);
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.True(_scene.Failing.Failures > 0);
        Assert.False(await _scene.Store.HasWorkersAsync(Stop));
        Assert.Equal(1, _scene.Count("status = 'Planned' and owner is null"));
        Assert.Equal(2, _scene.Count("status = 'Submitting' and owner is not null"));

        _scene.Failing.Fails = null;
        _scene.Host.Holds.SetResult();
        await _scene.UntilAsync(() => _scene.Count("status = 'Queued' and owner is null") >= 2);
    }

    [Fact]
    public async Task RunAsync_AccountRests_StillFollowsWhatAnotherLeftRunningThere()
    {
        _scene.Host.Ends = false;
        await _scene.PlanAsync("a", "b", "c", "d");
        await _scene.StopAfterAsync(() => _scene.Count("provider_job_id is not null") == 2);
        WorkTerms resting = new() { RestingAccounts = [AccountKey.Of("Acme", _scene.Account.BaseUri, _scene.Account.Profile)] };

        StoredJob? first = await _scene.Store.TakeWorkAsync(resting, Stop);
        StoredJob? second = await _scene.Store.TakeWorkAsync(resting, Stop);

        Assert.Equal(["a", "b"], new[] { first, second }.Select(job => job?.Job.Prompt));
        Assert.Null(await _scene.Store.TakeWorkAsync(resting, Stop));
    }

    [Fact]
    public async Task RunAsync_WorkerDiedBetweenItsSlotAndTheRequest_AnotherTakesTheJobUp()
    {
        await _scene.PlanAsync("a");
        ProcessMark dead = ProcessMark.Current with { ProcessId = int.MaxValue };
        using (SqlJobStore ended = _scene.Open(dead))
        {
            StoredJob taken = (await ended.TakeWorkAsync(new WorkTerms(), Stop))!;
            await ended.TryTakeSlotAsync(
                taken with { IsUnsent = true, Job = taken.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop);
        }

        Assert.Equal(1, _scene.Count("status = 'Submitting' and slot is not null"));

        await _scene.WorkAsync();

        Assert.Equal((1, 1), (_scene.Host.Submits, _scene.Saved.Count));
    }

    [Fact]
    public async Task Resolve_PlannedJobThatNeverLeftAnotherWorker_SaysThatItIsPlannedAgain()
    {
        SeedanceJob job = (await _scene.PlanAsync("a"))[0];
        using SqlJobStore other = _scene.Open(StoreBench.Elsewhere("other"));
        StoredJob taken = (await other.TakeWorkAsync(new WorkTerms(), Stop))!;
        await other.TryTakeSlotAsync(
            taken with { IsUnsent = true, Job = taken.Job with { State = JobStatus.Submitting } }, new SlotTerms(9), Stop);

        await new ResolveJobs(_scene.Kit.Services, _scene.Lookup)
            .RunAsync(new JobReference(job.Id), new ResolveOptions { Abandon = true, Force = true }, _scene.Output, Stop);

        Assert.Empty(_scene.Output.Errors);
        Assert.Contains("planned again", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(JobStatus.Planned, Assert.Single(_scene.Output.Jobs).State);
    }

    [Fact]
    public async Task Stop_PlannedJob_IsCancelledAndNoWorkerSubmitsIt()
    {
        SeedanceJob job = (await _scene.PlanAsync("a"))[0];

        await new StopJob(_scene.Kit.Services, _scene.Lookup).RunAsync(new JobReference(job.Id), _scene.Output, Stop);
        Assert.Equal(JobStatus.Cancelled, Assert.Single(_scene.Output.Jobs).State);
        await _scene.WorkAsync();

        Assert.Equal(0, _scene.Host.Submits);
        Assert.Equal(0, await _scene.PaidAsync());
    }
}
