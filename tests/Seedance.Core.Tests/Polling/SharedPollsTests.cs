using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>Two machines that wait for the same jobs: one asks, and both hear.</summary>
public sealed class SharedPollsTests : IAsyncDisposable
{
    private static readonly ProcessMark s_other = StoreBench.Elsewhere("other");
    private readonly WaitScene _scene = new();
    private readonly SeedanceServices _other;

    public SharedPollsTests() => _other = _scene.Join("other");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await Outside.UntilAsync(() => _other.Scheduler.IsIdle);
        _scene.Dispose();
    }

    [Fact]
    public async Task Wait_TwoMachinesForTheSameTwentyJobs_AskAsOftenAsOneWould()
    {
        List<StoredJob> alone = await AddAsync(20);
        await _scene.TurnAsync(RunAsync(_scene.Services, alone, _scene.Output));
        int asked = alone.Sum(job => _scene.Host[job.Job.ProviderJobId!].Asked);

        List<StoredJob> jobs = await AddAsync(20);
        RecordingOutput first = new(), second = new();
        await _scene.TurnAsync(Task.WhenAll(RunAsync(_scene.Services, jobs, first), RunAsync(_other, jobs, second)));

        Assert.Equal((20, 20), (first.Jobs.Count, second.Jobs.Count));
        Assert.All(second.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.State));
        Assert.InRange(jobs.Sum(job => _scene.Host[job.Job.ProviderJobId!].Asked), 20, asked * 1.15); // Their moments are drawn by lot.
        Assert.All(jobs, job => Assert.Equal(
            _scene.Host[job.Job.ProviderJobId!].Questions.Count,
            _scene.Host[job.Job.ProviderJobId!].Questions.Select(question => question.At).Distinct().Count()));
    }

    [Fact]
    public async Task Wait_MachineThatAsksIsLost_TheOtherTakesOverAndWhatTheLostOneWasToldChangesNothing()
    {
        StoredJob job = (await AddAsync(1, seconds: 600))[0];
        RecordingOutput lost = new(), heir = new();
        TaskCompletionSource answer = new();
        TaskCompletionSource asked = new();
        _scene.Host.Before = _ =>
        {
            _scene.Host.Before = null;
            asked.SetResult();
            return answer.Task;
        };
        Task first = RunAsync(_other, [job], lost);
        _scene.MayHang = true;
        await _scene.TurnAsync(() => asked.Task.IsCompleted);

        new SqliteBench(_scene.Home).EndLease(s_other);
        Task second = RunAsync(_scene.Services, [job], heir);
        await _scene.TurnAsync(second); // The first still hangs at its question.
        _scene.MayHang = false;

        StoredJob before = (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!;
        _scene.Host[job.Job.ProviderJobId!].Says = "\"status\":\"failed\",\"reason\":\"an old answer\"";
        answer.SetResult();
        await _scene.TurnAsync(first);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(heir.Jobs).State);
        Assert.Equal(JobStatus.Succeeded, Assert.Single(lost.Jobs).State);
        StoredJob after = (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!;
        Assert.Equal(before.Job.CompletedAt, after.Job.CompletedAt);
        Assert.True(after.Term > 1);
    }

    [Fact]
    public async Task Wait_AnotherProcessRecordsTheEnd_LetsGoOfTheJob()
    {
        StoredJob job = (await AddAsync(1, seconds: 600))[0];
        RecordingOutput output = new();
        Task waits = RunAsync(_scene.Services, [job], output);
        await _scene.TurnAsync(() => _scene.Host[job.Job.ProviderJobId!].Asked > 0);

        Assert.Null((await _other.Store.HoldAsync([job.Job.Id], Stop))[0].Term);
        await _other.Store.UpdateAsync(
            job.Job.Id, static stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);
        await _scene.TurnAsync(waits);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(output.Jobs).State);
        Assert.NotNull((await _other.Store.HoldAsync([job.Job.Id], Stop))[0].Term);
    }

    [Fact]
    public async Task Wait_MachineThatAsksStops_TheOtherAsks()
    {
        StoredJob job = (await AddAsync(1, seconds: 120))[0];
        RecordingOutput first = new(), second = new();
        using CancellationTokenSource stopped = new();
        Task leaves = RunAsync(_other, [job], first, stopped);
        await _scene.TurnAsync(() => _scene.Host[job.Job.ProviderJobId!].Asked > 0);

        Task stays = RunAsync(_scene.Services, [job], second);
        await _scene.SettleAsync();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        await _scene.TurnAsync(stays);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(second.Jobs).State);
    }

    [Fact]
    public async Task Wait_HostDoesNotAnswerTheMachineThatAsks_TheOtherGetsThrough()
    {
        StoredJob job = (await AddAsync(1, seconds: 60))[0];
        RecordingOutput cutOff = new(), connected = new();
        using SeedanceServices unplugged = _scene.Join(new Unplugged(), "unplugged");
        Task first = RunAsync(unplugged, [job], cutOff);
        await _scene.PassAsync(TimeSpan.FromSeconds(20));
        Task second = RunAsync(_scene.Services, [job], connected);
        await _scene.TurnAsync(Task.WhenAll(first, second));

        Assert.Equal(JobStatus.Succeeded, Assert.Single(connected.Jobs).State);
        Assert.Equal(JobStatus.Succeeded, Assert.Single(cutOff.Jobs).State);
    }

    private async Task<List<StoredJob>> AddAsync(int count, double seconds = 120)
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < count; i++)
        {
            jobs.Add(await _scene.AddAsync(seconds + i));
        }

        return jobs;
    }

    private Task RunAsync(SeedanceServices machine, IReadOnlyList<StoredJob> jobs, RecordingOutput output,
        CancellationTokenSource? stopped = null) => _scene.RunAsync(jobs, output: output, on: machine, stop: stopped?.Token ?? Stop);

    private sealed class Unplugged : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("no route to host", new IOException("no route to host"));
    }
}
