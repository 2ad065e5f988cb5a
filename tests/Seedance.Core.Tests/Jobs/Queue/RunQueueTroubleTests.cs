using Seedance.Jobs.Query;
using Seedance.Store;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>A worker whose host, store, files or account are in trouble.</summary>
public sealed class RunQueueTroubleTests : IDisposable
{
    private readonly QueueScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_HostRefusesOne_ItFailsAndTheOthersGoOn()
    {
        _scene.Host.Refused = "b";
        await _scene.PlanAsync("a", "b", "c");

        await _scene.WorkAsync();

        Assert.Equal(3, _scene.Output.Jobs.Count);
        SeedanceJob failed = Assert.Single(_scene.Output.Jobs, job => job.State == JobStatus.Failed);
        Assert.Equal("b", failed.Prompt);
        Assert.Equal(2, await _scene.PaidAsync());
    }

    [Fact]
    public async Task RunAsync_HostIsAway_OneJobAtATimeFindsOutWhetherItStillIs()
    {
        _scene.Account = QueueScene.AccountOf(slots: 20);
        _scene.Host.IsAway = true;
        await _scene.PlanAsync("a", "b", "c", "d", "e");
        Task work = _scene.Begin();
        await _scene.UntilAsync(() => _scene.Host.Received >= 20, work);

        int before = _scene.Host.Received;
        _scene.Host.Holds = new TaskCompletionSource();
        await _scene.UntilAsync(() => _scene.Host.Held != 0, work);

        await _scene.StepAsync();
        await _scene.StepAsync();
        Assert.Equal((before + 1, 1), (_scene.Host.Received, _scene.Sending));
        _scene.Host.IsAway = false;
        _scene.Host.Holds.SetResult();
        await _scene.UntilAsync(() => work.IsCompleted);

        await work;
        Assert.Empty(_scene.Output.Errors);
        Assert.Equal(5, _scene.Saved.Count);
        Assert.Equal(5, _scene.Host.Submits);
    }

    [Fact]
    public async Task RunAsync_MostJobsAndAnAnswerIsLost_CountsItAsSubmitted()
    {
        _scene.Host.Lost = "a";
        _scene.Plan = _scene.Plan with { ContinueUnconfirmed = true };
        await _scene.PlanAsync("a", "b");

        await _scene.WorkAsync(options => options with { MaxJobs = 1 });

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_scene.Output.Errors).Code);
        Assert.Equal(1, _scene.Host.Submits);
        Assert.Equal(1, _scene.Count("status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_StoreIsAwayForAWhile_GoesOnUntilItIsStopped()
    {
        await _scene.PlanAsync("a");
        _scene.Failing.Fails = nameof(IJobStore.TakeWorkAsync);
        using CancellationTokenSource stopped = new();
        Task work = _scene.Begin(static options => options with { UntilEmpty = false }, stopped.Token);
        await _scene.UntilAsync(() => _scene.Failing.Failures >= 3, work);

        _scene.Failing.Fails = null;
        await _scene.UntilAsync(() => _scene.Output.Jobs.Count != 0, work);

        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Contains("goes on trying", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        Assert.True(Assert.Single(_scene.Output.Jobs).IsSaved);
    }

    [Fact]
    public async Task RunAsync_FileOfAPlannedJobHasChanged_FailsItAndPaysNothing()
    {
        SeedanceJob job = (await _scene.PlanAsync("a"))[0];
        await File.WriteAllTextAsync(await _scene.NeedAsync(job), "one", Stop);

        await _scene.WorkAsync();

        SeedanceJob failed = Assert.Single(_scene.Output.Jobs);
        Assert.Equal((JobStatus.Failed, "ReferenceUnreachable"), (failed.State, failed.Error!.Code));
        Assert.Contains("a.png has changed since", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _scene.Host.Submits);
        Assert.Equal(0, await _scene.PaidAsync());
    }

    [Fact]
    public async Task RunAsync_FilesAreOnAnotherMachine_LeavesThosePlannedAndSaysSoOnce()
    {
        IReadOnlyList<SeedanceJob> jobs = await _scene.PlanAsync("a", "b", "c");
        foreach (SeedanceJob job in jobs.Take(2))
        {
            await _scene.NeedAsync(job);
        }

        await _scene.WorkAsync();

        Assert.Equal("c", Assert.Single(_scene.Output.Jobs).Prompt);
        Assert.Empty(_scene.Output.Errors);
        Assert.Contains("a.png", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _scene.Count("status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_WorkerIsInTrouble_FailsNothingOfTheQueue()
    {
        _scene.Accounts = static _ => throw new InvalidOperationException("a defect of this machine");
        await _scene.PlanAsync("a", "b");

        await _scene.WorkAsync();

        Assert.Contains("a defect of this machine", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _scene.Count("status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_JobThatItCannotAskAbout_IsLeftToOthersAndTheWorkerEnds()
    {
        _scene.Host.Ends = false;
        await _scene.PlanAsync("a");
        await _scene.StopAfterAsync(() => _scene.Count("provider_job_id is not null") == 1);
        _scene.WorkersLookup = new JobLookup(_scene.Kit.Services, static (_, _) => null, apiKey: null);

        using CancellationTokenSource stopped = new();
        Task work = _scene.Begin(until: stopped.Token);
        for (int step = 0; step < 1000 && !work.IsCompleted; step++)
        {
            await _scene.StepAsync();
        }

        bool ended = work.IsCompleted;
        await stopped.CancelAsync();

        Assert.True(ended, "Nothing is left that it could do.");
        await work;
        Assert.Single(_scene.Output.Errors);
        Assert.Equal(1, _scene.Count("work = 1 and owner is null"));
    }
}
