using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
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

    public SharedPollsTests() => _other = new SeedanceServices(
        name => name == "SEEDANCE_HOME" ? _scene.Home : null, _scene.Time, _ => _scene.Host, home =>
            new SqlJobStore(new SqliteEngine(home, _scene.Time) { Self = s_other }, _scene.Time));

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
        await TurnAsync(RunAsync(_scene.Services, alone, _scene.Output));
        int asked = alone.Sum(job => _scene.Host[job.Job.ProviderJobId!].Asked);

        List<StoredJob> jobs = await AddAsync(20);
        RecordingOutput first = new(), second = new();
        await TurnAsync(Task.WhenAll(RunAsync(_scene.Services, jobs, first), RunAsync(_other, jobs, second)));

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
        while (!asked.Task.IsCompleted)
        {
            await StepAsync(mayHang: true);
        }

        new SqliteBench(_scene.Home).EndLease(s_other);
        Task second = RunAsync(_scene.Services, [job], heir);
        while (!second.IsCompleted)
        {
            await StepAsync(mayHang: true); // The first still hangs at its question.
        }

        StoredJob before = (await _scene.Services.Store.FindAsync(job.Job.Id, Stop))!;
        _scene.Host[job.Job.ProviderJobId!].Says = "\"status\":\"failed\",\"reason\":\"an old answer\"";
        answer.SetResult();
        await TurnAsync(first);

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
        while (_scene.Host[job.Job.ProviderJobId!].Asked == 0)
        {
            await StepAsync();
        }

        Assert.Null((await _other.Store.HoldAsync([job.Job.Id], Stop))[0].Term);
        await _other.Store.UpdateAsync(
            job.Job.Id, static stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);
        await TurnAsync(waits);

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
        while (_scene.Host[job.Job.ProviderJobId!].Asked == 0)
        {
            await StepAsync();
        }

        Task stays = RunAsync(_scene.Services, [job], second);
        await StepAsync();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        await TurnAsync(stays);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(second.Jobs).State);
    }

    [Fact]
    public async Task Wait_HostDoesNotAnswerTheMachineThatAsks_TheOtherGetsThrough()
    {
        StoredJob job = (await AddAsync(1, seconds: 60))[0];
        RecordingOutput cutOff = new(), connected = new();
        using SeedanceServices unplugged = new(
            name => name == "SEEDANCE_HOME" ? _scene.Home : null, _scene.Time, static _ => new Unplugged(),
            home => new SqlJobStore(new SqliteEngine(home, _scene.Time) { Self = StoreBench.Elsewhere("unplugged") }, _scene.Time));
        Task first = RunAsync(unplugged, [job], cutOff);
        await PassAsync(TimeSpan.FromSeconds(20), unplugged);
        Task second = RunAsync(_scene.Services, [job], connected);
        while (!Task.WhenAll(first, second).IsCompleted)
        {
            await StepAsync(others: unplugged);
        }

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
        CancellationTokenSource? stopped = null) => Task.Run(
        async () =>
        {
            CancellationToken stop = stopped?.Token ?? Stop;
            using WaitForJobs wait = new(
                machine, new JobLookup(machine, (_, _) => null, TestServices.Key, [_scene.Account]), new WaitOptions());
            foreach (StoredJob job in jobs)
            {
                await wait.AddAsync(new JobReference(job.Job.Id), output, stop);
            }

            await wait.FinishAsync(output, stop);
        },
        Stop);

    private async Task TurnAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            await StepAsync();
        }

        await until;
    }

    private async Task PassAsync(TimeSpan time, SeedanceServices others)
    {
        for (DateTimeOffset end = _scene.Now + time; _scene.Now < end;)
        {
            await StepAsync(others: others);
        }
    }

    /// <summary>Whatever is under way comes to its end or waits for the clock; then the clock moves by a little.</summary>
    private async Task StepAsync(bool mayHang = false, SeedanceServices? others = null)
    {
        await Turns.GiveAsync(2000);
        if (!mayHang)
        {
            await Outside.UntilAsync(() =>
                _scene.Services.Scheduler.IsIdle && _other.Scheduler.IsIdle && others?.Scheduler.IsIdle != false);
        }

        _scene.Time.AdvanceToNext(TimeSpan.FromSeconds(1));
    }

    private sealed class Unplugged : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("no route to host", new IOException("no route to host"));
    }
}
