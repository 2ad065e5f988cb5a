using System.Net.Sockets;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>What may go wrong between a submit and its end.</summary>
public sealed class TroubledPollTests : IDisposable
{
    private readonly WaitScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RecordingOutput Output => _scene.Output;

    public void Dispose() => _scene.Dispose();

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
}
