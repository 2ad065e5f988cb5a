using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Wait;

public sealed class WaitForJobsTests : IDisposable
{
    private readonly WaitScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RecordingOutput Output => _scene.Output;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task FinishAsync_JobsEndOutOfOrder_WritesEachAtOnceAndInTheOrderOfEnding()
    {
        List<StoredJob> jobs = [await _scene.AddAsync(200), await _scene.AddAsync(20), await _scene.AddAsync(90)];
        Dictionary<string, double> written = [];

        Task run = _scene.RunAsync(jobs, stop: Stop);
        DateTimeOffset begun = _scene.Now;
        await _scene.TurnAsync(() =>
        {
            bool ended = run.IsCompleted; // First: what is written before it is then surely seen.
            foreach (SeedanceJob job in Output.Jobs)
            {
                written.TryAdd(job.Id, (_scene.Now - begun).TotalSeconds);
            }

            return ended;
        });
        await run;

        Assert.Equal([jobs[1].Job.Id, jobs[2].Job.Id, jobs[0].Job.Id], Output.Jobs.Select(job => job.Id));
        Assert.InRange(written[jobs[1].Job.Id], 20, 36);
        Assert.InRange(written[jobs[2].Job.Id], 90, 106);
        Assert.InRange(written[jobs[0].Job.Id], 200, 216);
        Assert.All(Output.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.State));
        Assert.Empty(Output.Errors);
    }

    [Fact]
    public async Task AddAsync_JobHasEnded_IsWrittenAtOnceAndNobodyIsAsked()
    {
        StoredJob done =
            _scene.Make(job =>
            job with { State = JobStatus.Succeeded, Outputs = [new JobOutput { Url = new Uri("https://cdn.acme.example/v.mp4") }] });
        await _scene.Services.Store.AddAsync(done, Stop);
        using WaitForJobs wait = _scene.Wait();

        await wait.AddAsync(new JobReference(done.Job.Id), Output, Stop);

        Assert.Equal(done.Job.Id, Assert.Single(Output.Jobs).Id);
        Assert.Equal(0, _scene.Host.Polls);
    }

    [Fact]
    public async Task AddAsync_EarlierJobEndsMeanwhile_IsWrittenWithTheNextInput()
    {
        StoredJob first = await _scene.AddAsync(10);
        StoredJob second = await _scene.AddAsync(500);
        using WaitForJobs wait = _scene.Wait();
        await wait.AddAsync(new JobReference(first.Job.Id), Output, Stop);
        await _scene.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(Output.Jobs);

        await wait.AddAsync(new JobReference(second.Job.Id), Output, Stop);

        Assert.Equal(first.Job.Id, Assert.Single(Output.Jobs).Id);
    }

    /// <summary>Whoever was told, this wait is held back by it, and says once until when.</summary>
    [Theory]
    [InlineData(true)] // Another process.
    [InlineData(false)] // This one, by the answer to a poll.
    public async Task FinishAsync_HostWantsToBeLeftAloneForLong_SaysOnceWhenItGoesOn(bool byAnother)
    {
        StoredJob[] jobs = [await _scene.AddAsync(60), await _scene.AddAsync(70)];
        DateTimeOffset end = _scene.Now + TimeSpan.FromMinutes(30);
        if (byAnother)
        {
            string account = AccountKey.Of(_scene.Account.Provider, _scene.Account.BaseUri, _scene.Account.Profile);
            await _scene.Services.Store.PauseAsync(account, TimeSpan.FromMinutes(30), Stop);
        }
        else
        {
            _scene.Host.Fault = _ => _scene.Now >= end ? null : ScriptedHandler.Response(
                429, "{}", ("Retry-After", Math.Ceiling((end - _scene.Now).TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        }

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        string warning = Assert.Single(Output.Warnings);
        Assert.StartsWith("Acme asks to be left alone until ", warning, StringComparison.Ordinal);
        Assert.Contains(end.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture), warning, StringComparison.Ordinal);
        Assert.All(Output.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.State));
        Assert.Equal(2, Output.Jobs.Count);
    }

    [Fact]
    public async Task FinishAsync_HostWantsToBeLeftAloneForAMinute_SaysNothing()
    {
        StoredJob job = await _scene.AddAsync(60);
        string account = AccountKey.Of(_scene.Account.Provider, _scene.Account.BaseUri, _scene.Account.Profile);
        await _scene.Services.Store.PauseAsync(account, TimeSpan.FromMinutes(1), Stop);

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task AddAsync_OutcomeOfTheSubmitIsUnknown_IsOneErrorAndIsNotWaitedFor()
    {
        StoredJob unknown = _scene.Make(job => job with { ProviderJobId = null, State = JobStatus.Unconfirmed });
        await _scene.Services.Store.AddAsync(unknown, Stop);

        await _scene.RunAsync([unknown], stop: Stop);

        SeedanceException error = Assert.Single(Output.Errors);
        Assert.Equal((ErrorCode.SubmitUnconfirmed, unknown.Job.Id), (error.Code, error.Job!.Id));
        Assert.Empty(Output.Jobs);
    }

    [Fact]
    public async Task AddAsync_SubmitterIsDead_IsUnconfirmed()
    {
        StoredJob cut =
            _scene.Make(job => job with { ProviderJobId = null, State = JobStatus.Submitting }) with {
            Owner = new ProcessMark(Environment.MachineName, int.MaxValue, 0) };
        await _scene.Services.Store.AddAsync(cut, Stop);

        await _scene.RunAsync([cut], stop: Stop);

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Output.Errors).Code);
    }

    [Fact]
    public async Task FinishAsync_JobIsStillBeingSubmitted_WaitsForItsReceiptAndThenForItsEnd()
    {
        StoredJob submitting =
            _scene.Make(job => job with { ProviderJobId = null, State = JobStatus.Submitting }) with { Owner = ProcessMark.Current };
        await _scene.Services.Store.AddAsync(submitting, Stop);
        Task run = _scene.RunAsync([submitting], stop: Stop);
        await _scene.PassAsync(TimeSpan.FromSeconds(5));
        Assert.False(run.IsCompleted);
        Assert.Empty(Output.Errors);

        _scene.Host.Add("task-late", TimeSpan.FromSeconds(10));
        await _scene.Services.Store.UpdateAsync(
            submitting.Job.Id, stored =>
                stored with { Job = stored.Job with { ProviderJobId = "task-late", State = JobStatus.Queued, SubmittedAt = _scene.Now } },
            Stop);
        await _scene.TurnAsync(run);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(Output.Jobs).State);
    }

    [Fact]
    public async Task AddAsync_NoSuchJob_IsOneErrorAndTheOthersGoOn()
    {
        StoredJob job = await _scene.AddAsync(30);
        using WaitForJobs wait = _scene.Wait();

        await wait.AddAsync(new JobReference("20260301-120000-9999999"), Output, Stop);
        await wait.AddAsync(new JobReference(job.Job.Id), Output, Stop);
        await _scene.TurnAsync(_scene.FinishAsync(wait, Output, Stop));

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(Output.Errors).Code);
        Assert.Equal(job.Job.Id, Assert.Single(Output.Jobs).Id);
    }

    [Fact]
    public async Task FinishAsync_JobFails_IsWrittenAndThenReported()
    {
        StoredJob job = await _scene.AddAsync(30, failure: "the model gave up");

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(["output", "error"], Output.Records.Select(record => record.Stream).Where(stream => stream is "output" or "error"));
        SeedanceException error = Assert.Single(Output.Errors);
        Assert.Equal((ErrorCode.JobFailed, job.Job.Id), (error.Code, error.Job!.Id));
        Assert.Contains("the model gave up", error.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Failed, Assert.Single(Output.Jobs).State);
    }

    [Fact]
    public async Task FinishAsync_FiveHundredMixed_EachEndsWithItsJobOrItsOneError()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 500; i++)
        {
            jobs.Add(await _scene.AddAsync(i % 12 == 0 ? null : 20 + (i % 97), failure: i % 9 == 1 ? "refused" : null));
        }

        int throttled = 0;
        int broken = 0;
        _scene.Host.KeepsLog = false;
        _scene.Host.Fault = request => (Interlocked.Increment(ref throttled) % 40) switch
        {
            0 => ScriptedHandler.Response(429, "{}", ("Retry-After", "2")),
            13 => ScriptedHandler.Response(502, "<html>bad gateway</html>"),
            27 when Interlocked.Increment(ref broken) > 0 => throw new System.Net.Http.HttpRequestException("reset"),
            _ => null,
        };

        await _scene.TurnAsync(_scene.RunAsync(jobs, TimeSpan.FromMinutes(30), stop: Stop));

        int succeeded = Output.Jobs.Count(job => job.State == JobStatus.Succeeded);
        Assert.Equal(500, succeeded + Output.Errors.Count);
        Assert.Equal(500,
            Output.Jobs.Where(job => job.State == JobStatus.Succeeded).Select(job => job.Id)
            .Concat(Output.Errors.Select(error => error.Job!.Id)).Distinct().Count());
        Assert.Equal(42, Output.Errors.Count(error => error.Code == ErrorCode.WaitTimeout));
        Assert.Equal(Enumerable.Range(0, 500).Count(i => i % 12 != 0 && i % 9 == 1),
            Output.Errors.Count(error => error.Code == ErrorCode.JobFailed));
        Assert.True(_scene.Host.FaultsFired > 100 && broken > 10, "the faults must fire");
    }

    [Fact]
    public async Task FinishAsync_TwoCallsWaitForOneJob_ItIsAskedOnceForBoth()
    {
        StoredJob job = await _scene.AddAsync(100);
        RecordingOutput other = new();
        Task first = _scene.RunAsync([job], stop: Stop);
        Task second = _scene.RunAsync([job, job], output: other, stop: Stop);

        await _scene.TurnAsync(Task.WhenAll(first, second));

        DateTimeOffset[] times = [.. _scene.Host.Log.Select(entry => entry.At)];
        Assert.Equal(times.Length, times.Distinct().Count());
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(2)));
        Assert.Single(Output.Jobs);
        Assert.Single(other.Jobs);
    }

    [Fact]
    public async Task FinishAsync_Progress_ShowsStatusElapsedAndExpectedTime()
    {
        StoredJob job = await _scene.AddAsync(100);

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        List<OperationProgress> shown = [.. Output.Of("progress").Cast<OperationProgress>()];
        Assert.Contains(shown,
            progress => progress.Status.Contains("running for ", StringComparison.Ordinal)
            && progress.Status.EndsWith(" s, usually about 60 s", StringComparison.Ordinal));
        Assert.True(shown[^1].Completed);
        Assert.All(shown, progress => Assert.InRange(progress.Percent ?? 0, 0, 100));
    }
}
