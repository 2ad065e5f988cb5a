using System.Net.Sockets;
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

    [Theory]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(403, ErrorCode.AccessDenied)]
    public async Task Poll_KeyIsRefused_EndsTheWaitAtOnce(int status, ErrorCode code)
    {
        StoredJob job = await _scene.AddAsync(60);
        _scene.Host.Fault = _ => ScriptedHandler.Response(status, "{}");

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal((code, job.Job.Id), (Assert.Single(Output.Errors).Code, Output.Errors[0].Job!.Id));
        Assert.Equal(1, _scene.Host.Polls);
        Assert.Equal(JobStatus.Running, (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);
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
    public async Task Poll_HostThrottles_NoJobOfTheAccountIsAskedBeforeItsTime()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 20; i++)
        {
            jobs.Add(await _scene.AddAsync(200));
        }

        DateTimeOffset? objected = null;
        _scene.Host.Fault = _ =>
        {
            if (objected is not null || _scene.Now < jobs[0].Job.CreatedAt.AddSeconds(40))
            {
                return null;
            }

            objected = _scene.Now;
            return ScriptedHandler.Response(429, "{}", ("Retry-After", "50"));
        };

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(1, _scene.Host.FaultsFired);
        DateTimeOffset[] after = [.. _scene.Host.Log.Select(entry => entry.At).Where(at => at > objected + TimeSpan.FromSeconds(1))];
        Assert.True(after.Min() >= objected + TimeSpan.FromSeconds(50), "asked too early");
        Assert.Equal(20, Output.Jobs.Count);
    }

    [Fact]
    public async Task Poll_HostThrottlesForTwentyMinutes_NoWaitEnds()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(60), await _scene.AddAsync(60)];
        DateTimeOffset until = _scene.Now.AddMinutes(20);
        _scene.Host.Fault = _ => _scene.Now < until ? ScriptedHandler.Response(429, "{}") : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.True(_scene.Host.FaultsFired > 20);
        Assert.Equal(2, Output.Jobs.Count);
        Assert.Empty(Output.Errors);
        Assert.True(_scene.Now - until < TimeSpan.FromSeconds(20), (_scene.Now - until).ToString());
    }

    [Fact]
    public async Task Poll_DnsFailsForAMinute_EveryWaitGoesOnAndTheNetworkIsLeftAlone()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 300; i++)
        {
            jobs.Add(await _scene.AddAsync(30 + (i % 100)));
        }

        DateTimeOffset from = _scene.Now.AddSeconds(40);
        _scene.Host.Fault = _ => _scene.Now >= from && _scene.Now < from.AddMinutes(1)
            ? throw new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound))
            : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.InRange(_scene.Host.FaultsFired, 3, 80); // One at a time once it is down, not three hundred every few seconds.
        Assert.Equal(300, Output.Jobs.Count);
        Assert.Empty(Output.Errors);
    }

    [Fact]
    public async Task Poll_ProxyDropsEveryThirdConnection_EveryWaitGoesOn()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 60; i++)
        {
            jobs.Add(await _scene.AddAsync(30 + i));
        }

        int count = 0;
        _scene.Host.Fault = _ => Interlocked.Increment(ref count) % 3 == 0
            ? throw new HttpRequestException("proxy", new IOException("closed", new SocketException((int)SocketError.ConnectionReset)))
            : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.True(_scene.Host.FaultsFired > 20);
        Assert.Equal(60, Output.Jobs.Count);
        Assert.Empty(Output.Errors);
    }

    [Fact]
    public async Task Poll_OneJobsStatusAlwaysFails_TheOthersAreAskedAsUsual()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(60), await _scene.AddAsync(60), await _scene.AddAsync(60)];
        _scene.Host.Fault = request =>
            request.RequestUri!.AbsolutePath.EndsWith("task-1", StringComparison.Ordinal) ? ScriptedHandler.Response(500, "{}") : null;
        Task run = _scene.RunAsync(jobs, TimeSpan.FromMinutes(4), stop: Stop);

        await _scene.TurnAsync(run);

        Assert.Equal(2, Output.Jobs.Count);
        Assert.All(Output.Jobs, job => Assert.True(job.LastCheckedAt - job.CreatedAt < TimeSpan.FromSeconds(76)));

        Assert.Equal((ErrorCode.WaitTimeout, jobs[0].Job.Id), (Assert.Single(Output.Errors).Code, Output.Errors[0].Job!.Id));
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
    public async Task Poll_RecordCannotBeWrittenForAWhile_IsTriedAgain()
    {
        StoredJob job = await _scene.AddAsync(30);
        SqliteBench rows = new(_scene.Home);
        rows.BreakEnds();
        Task run = _scene.RunAsync([job], stop: Stop);
        await _scene.TurnAsync(
            () => Output.Of("verbose").Any(line => line.ToString()!.Contains("update the job", StringComparison.Ordinal)));
        Assert.Empty(Output.Jobs);

        rows.Mend();
        await _scene.TurnAsync(run);

        Assert.Single(Output.Jobs);
        Assert.Empty(Output.Errors);
        Assert.Equal(JobStatus.Succeeded, (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Poll_RecordCanNeverBeWritten_TheResultIsHandedOnWithAWarning()
    {
        StoredJob job = await _scene.AddAsync(30);
        new SqliteBench(_scene.Home).BreakEnds();

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(JobStatus.Succeeded, Assert.Single(Output.Jobs).State);
        Assert.Contains(Output.Warnings, warning => warning.Contains("could not be recorded", StringComparison.Ordinal));
        Assert.Equal(JobStatus.Running, (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);
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
