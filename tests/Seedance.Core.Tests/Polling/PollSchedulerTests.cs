using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>What may go wrong between a submit and its end.</summary>
public sealed class PollSchedulerTests : IDisposable
{
    private readonly WaitScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RecordingOutput Output => _scene.Output;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Poll_NotFoundRightAfterTheSubmit_IsNotBelieved()
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.Host.Fault = _ => _scene.Host.FaultsFired < 2 ? ScriptedHandler.Response(404, "{}") : null;

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(2, _scene.Host.FaultsFired);
        Assert.Single(Output.Jobs);
        Assert.Empty(Output.Errors);
    }

    [Theory]
    [InlineData(true, 1, 4)] // Asked at the host's floor of 2 s, whatever the real host would take.
    [InlineData(false, 10, 16)] // A real one is expected to take a minute.
    public async Task Poll_SimulatedJobThatEndsAtOnce_IsSeenSoon(bool simulated, int earliest, int latest)
    {
        StoredJob job = _scene.Make(made => made with { IsSimulated = simulated });
        _scene.Host.Add(job.Job.ProviderJobId!, TimeSpan.FromSeconds(1));
        await _scene.Services.Store.AddAsync(job, Stop);
        DateTimeOffset begun = _scene.Now;

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.InRange((_scene.Now - begun).TotalSeconds, earliest, latest);
    }

    [Fact]
    public async Task Poll_NotFoundForGood_EndsTheWaitAfterItsGrace()
    {
        StoredJob job = await _scene.AddAsync(600);
        _scene.Host.Fault = _ => ScriptedHandler.Response(404, "{}");
        DateTimeOffset begun = _scene.Now;

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        SeedanceException error = Assert.Single(Output.Errors);
        Assert.Equal(ErrorCode.JobNotFound, error.Code);
        Assert.Contains(job.Job.Id, error.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Expired, Assert.Single(Output.Jobs).State);
        Assert.InRange((_scene.Now - begun).TotalSeconds, 30, 60);
        Assert.Equal(JobStatus.Expired, (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Poll_OneNotFoundLongAfterTheSubmit_IsNotBelieved()
    {
        StoredJob job = await _scene.AddAsync(200);
        _scene.Host.Fault = _ =>
            _scene.Now > job.Job.CreatedAt.AddSeconds(100) && _scene.Host.FaultsFired == 0 ? ScriptedHandler.Response(404, "{}") : null;

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(1, _scene.Host.FaultsFired);
        Assert.Single(Output.Jobs);
    }

    [Fact]
    public async Task Poll_SuccessWithoutAFileForAWhile_IsNotAnEnd()
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.Host["task-1"].Says = "\"status\":\"done\"";
        Task run = _scene.RunAsync([job], stop: Stop);
        await _scene.TurnAsync(() => _scene.Host.Polls >= 3);
        await _scene.SettleAsync();
        Assert.Equal(JobStatus.Running, (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);

        _scene.Host["task-1"].Says = "\"status\":\"done\",\"url\":\"https://cdn.acme.example/v.mp4\"";
        await _scene.TurnAsync(run);

        Assert.Equal("https://cdn.acme.example/v.mp4", Assert.Single(Output.Jobs).Outputs[0].Url!.AbsoluteUri);
        Assert.Empty(Output.Errors);
    }

    [Fact]
    public async Task Poll_SuccessWithoutAFileForGood_IsOutputMissingAfterTheGrace()
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.Host["task-1"].Says = "\"status\":\"done\"";

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(ErrorCode.OutputMissing, Assert.Single(Output.Errors).Code);
        DateTimeOffset[] asked = [.. _scene.Host.Log.Select(entry => entry.At)];
        Assert.Equal([2.0, 5.0, 10.0], asked.Zip(asked.Skip(1)).Select(pair => Math.Round((pair.Second - pair.First).TotalSeconds)));
    }

    [Fact]
    public async Task Poll_UnknownWord_IsStillRunningWarnedOfOnceAndBoundedByTheDeadline()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(60), await _scene.AddAsync(60)];
        _scene.Host["task-1"].Says = "\"status\":\"MARINATING\"";
        _scene.Host["task-2"].Says = "\"status\":\"marinating\"";

        await _scene.TurnAsync(_scene.RunAsync(jobs, TimeSpan.FromMinutes(5), stop: Stop));

        Assert.Single(Output.Warnings, warning => warning.Contains("MARINATING", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([ErrorCode.WaitTimeout, ErrorCode.WaitTimeout], Output.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task Poll_HostSaysWhenToAsk_IsAskedThen()
    {
        StoredJob job = await _scene.AddAsync(300);
        _scene.Host["task-1"].Says = "\"status\":\"running\",\"retry\":40";
        Task run = _scene.RunAsync([job], TimeSpan.FromMinutes(10), stop: Stop);
        await _scene.TurnAsync(() => _scene.Host.Polls >= 4);

        DateTimeOffset[] asked = [.. _scene.Host.Log.Select(entry => entry.At)];
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.Equal(40, (pair.Second - pair.First).TotalSeconds, 1));
        _scene.Host["task-1"].Says = "\"status\":\"failed\"";
        await _scene.TurnAsync(run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Poll_WallClockJumpsAnHour_NothingIsMissedOrEndedEarly(int hours)
    {
        StoredJob job = await _scene.AddAsync(120);
        StoredJob endless = await _scene.AddAsync(null);
        Task run = _scene.RunAsync([job, endless], TimeSpan.FromMinutes(10), stop: Stop);
        await _scene.PassAsync(TimeSpan.FromSeconds(10));
        long begun = _scene.Time.GetTimestamp();
        int lost = 0;
        _scene.Host.Fault = _ => lost++ < 2 ? ScriptedHandler.Response(404, "{}") : null; // Whose grace must not be over by the jump.

        _scene.Time.SetWallClock(TimeSpan.FromHours(hours));
        await _scene.TurnAsync(() => Output.Jobs.Count == 1);
        Assert.InRange(_scene.Time.GetElapsedTime(begun).TotalSeconds, 110, 126);
        await _scene.TurnAsync(run);

        Assert.Equal(2, _scene.Host.FaultsFired);
        Assert.InRange(_scene.Time.GetElapsedTime(begun).TotalSeconds, 589, 605);
        Assert.Equal(ErrorCode.WaitTimeout, Assert.Single(Output.Errors).Code);
        Assert.Equal(0, new SqliteBench(_scene.Home).Count("duration"));
    }

    [Fact]
    public async Task Poll_MachineSleepsThroughADeadline_AsksBeforeItGivesUp()
    {
        StoredJob job = await _scene.AddAsync(120);
        Task run = _scene.RunAsync([job], TimeSpan.FromMinutes(10), stop: Stop);
        await _scene.PassAsync(TimeSpan.FromSeconds(20));

        _scene.Time.Sleep(TimeSpan.FromHours(8));
        await _scene.TurnAsync(run);

        Assert.Equal(job.Job.Id, Assert.Single(Output.Jobs).Id);
        Assert.Empty(Output.Errors);
    }

    [Fact]
    public async Task Watch_EverybodyLeavesWhileItIsAsked_NothingIsLeftBehind()
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.MayHang = true;
        _scene.Host["task-1"].Says = "\"status\":\"done\""; // The path with the grace: it plans another look.
        TaskCompletionSource asked = new();
        TaskCompletionSource answer = new();
        _scene.Host.Before = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        using CancellationTokenSource stop = new();
        Task run = _scene.RunAsync([job], stop: stop.Token);
        await _scene.TurnAsync(() => asked.Task.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        answer.SetResult();
        _scene.MayHang = false;
        await _scene.SettleAsync();
        await _scene.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _scene.Services.Scheduler.Watched);
        Assert.Equal(1, _scene.Host.Polls);
    }

    [Fact]
    public async Task Poll_OneAccountHangs_AnotherIsAskedOnTime()
    {
        List<StoredJob> stuck = [];
        for (int i = 0; i < 100; i++)
        {
            stuck.Add(await _scene.AddAsync(60));
        }

        StoredJob free = await _scene.AddAsync(60);
        _scene.MayHang = true;
        _scene.Host.Before = request =>
            request.RequestUri!.AbsolutePath.EndsWith("task-101", StringComparison.Ordinal)
            ? Task.CompletedTask
            : new TaskCompletionSource().Task;
        Listener listener = new();
        foreach (StoredJob job in stuck)
        {
            _scene.Services.Scheduler.Watch(job, _scene.Account, listener);
        }

        await _scene.PassAsync(TimeSpan.FromSeconds(20));
        Seedance.Accounts.Account other = new(_scene.Adapter, _scene.Account.BaseUri, TestServices.Key) { Profile = "another" };
        _scene.Services.Scheduler.Watch(free, other, listener);
        await _scene.PassAsync(TimeSpan.FromSeconds(16));

        Assert.True(_scene.Host["task-101"].Asked >= 1);
        Assert.InRange(_scene.Host.MostAtOnce, 8, 64);
    }

    [Fact]
    public async Task Poll_ManyJobsFallDueTogether_OneHostIsNotFlooded()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 400; i++)
        {
            jobs.Add(_scene.Make(job => job with { SubmittedAt = _scene.Now.AddHours(-1), CreatedAt = _scene.Now.AddHours(-1) }));
            _scene.Host.Add(jobs[i].Job.ProviderJobId!, TimeSpan.Zero);
            await _scene.Services.Store.AddAsync(jobs[i], Stop);
        }

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(400, Output.Jobs.Count);
        Assert.Equal(400, _scene.Host.Polls);
        Assert.InRange(_scene.Host.MostAtOnce, 1, 64);
    }

    private sealed class Listener : Seedance.Polling.IJobObserver
    {
        public IOperationOutput Log => NullOutput.Instance;

        public void OnPolled(Seedance.Polling.PollOutcome result)
        {
        }
    }
}
