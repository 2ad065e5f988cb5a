using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Wait;

public sealed class StoppedWaitTests : IDisposable
{
    private readonly WaitScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RecordingOutput Output => _scene.Output;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task FinishAsync_Any_WritesTheFirstAndAsksNoMore()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(120), await _scene.AddAsync(40), await _scene.AddAsync(80)];

        await _scene.TurnAsync(_scene.RunAsync(jobs, any: true, stop: Stop));

        Assert.Equal(jobs[1].Job.Id, Assert.Single(Output.Jobs).Id);
        Assert.Empty(Output.Errors);
        await _scene.SettleAsync();
        int polls = _scene.Host.Polls;
        await _scene.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(polls, _scene.Host.Polls);
        Assert.Equal(0, _scene.Services.Scheduler.Watched);
    }

    [Fact]
    public async Task FinishAsync_Deadline_IsTheWholeCallsAndOneErrorForEachUnfinishedJob()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(30), await _scene.AddAsync(null), await _scene.AddAsync(null)];
        using WaitForJobs wait = _scene.Wait(TimeSpan.FromSeconds(90));
        DateTimeOffset begun = _scene.Now;
        foreach (StoredJob job in jobs)
        {
            await wait.AddAsync(new JobReference(job.Job.Id), Output, Stop);
            await _scene.PassAsync(TimeSpan.FromSeconds(20));
        }

        await _scene.TurnAsync(_scene.FinishAsync(wait, Output, Stop));

        Assert.InRange((_scene.Now - begun).TotalSeconds, 90, 95);
        Assert.Equal(jobs[0].Job.Id, Assert.Single(Output.Jobs).Id);
        Assert.Equal([jobs[1].Job.Id, jobs[2].Job.Id], Output.Errors.Select(error => error.Job!.Id));
        Assert.All(Output.Errors, error => Assert.Equal(ErrorCode.WaitTimeout, error.Code));
        Assert.All(Output.Errors,
            error => Assert.Contains("still runs at Acme as " + error.Job!.ProviderJobId, error.Message, StringComparison.Ordinal));
        Assert.All(Output.Errors,
            error => Assert.Contains("Wait-SeedanceJob -Id " + error.Job!.Id, error.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FinishAsync_Stopped_EndsThoughTheClockStandsStill()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(60), await _scene.AddAsync(null)];
        using CancellationTokenSource stop = new();
        Task run = _scene.RunAsync(jobs, stop: stop.Token);
        await _scene.PassAsync(TimeSpan.FromSeconds(20));

        await stop.CancelAsync();

        // No timer can fire any more: whatever waits without the token would wait for ever.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(run));
        Assert.Empty(Output.Errors);
        Assert.Equal(0, _scene.Services.Scheduler.Watched);
    }

    [Fact]
    public async Task FinishAsync_StoppedWhileAHostHoldsItsAnswer_EndsAtOnce()
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.MayHang = true;
        TaskCompletionSource asked = new();
        _scene.Host.Before = _ =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        using CancellationTokenSource stop = new();
        Task run = _scene.RunAsync([job], stop: stop.Token);
        await _scene.TurnAsync(() => asked.Task.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(run));
    }

    [Fact]
    public async Task FinishAsync_OneOfTwoCallsIsStopped_TheOtherGoesOn()
    {
        StoredJob job = await _scene.AddAsync(100);
        using CancellationTokenSource stop = new();
        Task first = _scene.RunAsync([job], stop: stop.Token);
        RecordingOutput other = new();
        Task second = _scene.RunAsync([job], output: other, stop: Stop);
        await _scene.PassAsync(TimeSpan.FromSeconds(20));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await _scene.TurnAsync(second);

        Assert.Single(other.Jobs);
    }
}
