using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Cancel;

public sealed class StopAndRemoveTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TaskHost _host;
    private readonly TestServices _kit;

    public StopAndRemoveTests()
    {
        _host = new TaskHost(_time);
        _kit = new TestServices(_host, _time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Cancels => _host.Log.Count(line => line.StartsWith("DELETE", StringComparison.Ordinal));

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task StopJob_Running_IsCancelledAndTheRecordSaysSo()
    {
        SeedanceJob job = await RecordAsync("running");

        RecordingOutput output = await StopAsync(job);

        Assert.Equal(JobStatus.Cancelled, Assert.Single(output.Jobs).State);
        Assert.Equal(JobStatus.Cancelled, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
        Assert.Equal(1, Cancels);
    }

    [Fact]
    public async Task StopJob_HostWithoutCancel_IsNotSupportedAndSendsNothing()
    {
        SeedanceJob job = await RecordAsync("running");

        RecordingOutput output = await StopAsync(job, TestServices.Account());

        Assert.Equal(ErrorCode.NotSupportedByProvider, Assert.Single(output.Errors).Code);
        Assert.Empty(_host.Log);
    }

    [Theory]
    [InlineData("queued", true)]
    [InlineData("running", false)]
    public async Task StopJob_OnlyWhileQueued_AsksFirstAndSendsOnlyThen(string status, bool sent)
    {
        SeedanceJob job = await RecordAsync(status);

        RecordingOutput output = await StopAsync(job, QueuedOnly());

        Assert.Equal(sent ? 1 : 0, Cancels);
        Assert.StartsWith("GET", _host.Log[0], StringComparison.Ordinal);
        Assert.Equal(sent ? [] : [ErrorCode.NotSupportedByProvider], output.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task StopJob_EndedMeanwhileWhereTheMessageErases_SendsNothingAndKeepsTheResult()
    {
        SeedanceJob job = await RecordAsync("done");

        RecordingOutput output = await StopAsync(job, QueuedOnly());

        Assert.Equal(0, Cancels);
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(output.Errors).Code);
        Assert.Equal(JobStatus.Succeeded, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task StopJob_FinishedHere_IsRefusedWithoutAsking()
    {
        SeedanceJob job = await RecordAsync("done", JobStatus.Succeeded);

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single((await StopAsync(job)).Errors).Code);
        Assert.Empty(_host.Log);
    }

    [Fact]
    public async Task StopJob_HostRefusesInsideA2xx_IsAnErrorAndTheJobGoesOn()
    {
        SeedanceJob job = await RecordAsync("running");
        _host.CancelRefusal = "too late";

        RecordingOutput output = await StopAsync(job);

        Assert.Contains("too late", Assert.Single(output.Errors).Message, StringComparison.Ordinal);
        Assert.False((await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.IsFinished);
    }

    [Theory]
    [InlineData("done", ErrorCode.InvalidRequest, "has ended (Succeeded)", "It is charged (1 USD)", "Save-SeedanceVideo")]
    [InlineData("running", ErrorCode.NotSupportedByProvider, "runs already", "is charged (1 USD)", "Wait-SeedanceJob")]
    [InlineData("failed", ErrorCode.InvalidRequest, "has ended (Failed)", "Remove-SeedanceJob", "forgets")]
    public async Task StopJob_TooLate_SaysWhereTheJobStandsWhatItCostsAndWhatToDo(
        string hostStatus, ErrorCode code, string what, string cost, string action)
    {
        SeedanceJob job = await RecordAsync(hostStatus);
        using TestServices kit = new(new LateHost(_host), _time, _kit.Home);
        RecordingOutput output = new();

        await new StopJob(kit.Services, new JobLookup(kit.Services, (_, _) => null, null, [Rich()]))
            .RunAsync(new JobReference(job.Id), output, Stop);

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Equal((code, 409), (error.Code, error.HttpStatus));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("it is past cancelling", error.Message, StringComparison.Ordinal);
        Assert.Contains(cost, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(
            hostStatus == "done" ? JobStatus.Succeeded : error.Job!.State, (await kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task StopJob_RefusedBecauseSomeoneElseCancelledIt_IsCancelled()
    {
        SeedanceJob job = await RecordAsync("cancelled");
        using TestServices kit = new(new LateHost(_host), _time, _kit.Home);
        RecordingOutput output = new();

        await new StopJob(kit.Services, new JobLookup(kit.Services, (_, _) => null, null, [Rich()]))
            .RunAsync(new JobReference(job.Id), output, Stop);

        Assert.Equal(JobStatus.Cancelled, Assert.Single(output.Jobs).State);
        Assert.Empty(output.Errors);
    }

    [Fact]
    public async Task StopJob_HostForgetsWhatItCancelled_IsCancelled()
    {
        SeedanceJob job = await RecordAsync("running");
        _time.Advance(TimeSpan.FromHours(1));
        ForgetfulHost forgetful = new(_host, () => _host.Tasks.Clear());
        using TestServices kit = new(forgetful, _time, _kit.Home);
        RecordingOutput output = new();

        await new StopJob(kit.Services, new JobLookup(kit.Services, (_, _) => null, null, [Rich()]))
            .RunAsync(new JobReference(job.Id), output, Stop);

        Assert.Equal(JobStatus.Cancelled, Assert.Single(output.Jobs).State);
    }

    [Fact]
    public async Task RemoveJobs_Finished_IsForgottenAndItsCostIsNot()
    {
        SeedanceJob job = await RecordAsync("done", JobStatus.Succeeded);

        RecordingOutput output = await RemoveAsync(job.Id);

        Assert.Empty(output.Errors);
        Assert.Null(await _kit.Services.Store.FindAsync(job.Id, Stop));
        Assert.Equal(1, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
        Assert.Empty(_host.Log);
    }

    [Fact]
    public async Task RemoveJobs_Unfinished_IsRefusedUnlessForcedAndNeverCancelled()
    {
        SeedanceJob job = await RecordAsync("running");
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single((await RemoveAsync(job.Id)).Errors).Code);
        Assert.NotNull(await _kit.Services.Store.FindAsync(job.Id, Stop));

        await RemoveAsync(job.Id, new RemoveOptions { Force = true });
        Assert.Null(await _kit.Services.Store.FindAsync(job.Id, Stop));
        Assert.Empty(_host.Log);
    }

    [Fact]
    public async Task RemoveJobs_Unknown_IsJobNotFound() =>
        Assert.Equal(ErrorCode.JobNotFound, Assert.Single((await RemoveAsync("20260301-110000-000abcd")).Errors).Code);

    [Fact]
    public async Task RemoveJobs_OlderThan_NamesOldOnesThatEndedAndForgetsNone()
    {
        SeedanceJob old = await RecordAsync("done", JobStatus.Succeeded);
        SeedanceJob oldRunning = await RecordAsync("running");
        SeedanceJob oldFailed = await RecordAsync("done", JobStatus.Failed);
        _time.Advance(TimeSpan.FromDays(31));
        SeedanceJob recent = await RecordAsync("done", JobStatus.Succeeded);
        RemoveOptions options = new() { OlderThan = TimeSpan.FromDays(30) };

        RemoveJobs remove = new(_kit.Services);
        string[] ended = [.. (await remove.FindAsync(new JobQuery(), options, _kit.Output, Stop)).Select(job => job.Id)];
        string[] all =
            [.. (await remove.FindAsync(new JobQuery(), options with { Force = true }, _kit.Output, Stop)).Select(job => job.Id)];

        Assert.Equal(((string[])[old.Id, oldFailed.Id]).Order(), ended.Order());
        Assert.Equal(((string[])[old.Id, oldFailed.Id, oldRunning.Id]).Order(), all.Order());
        Assert.All([old, oldFailed, oldRunning, recent],
            job => Assert.NotNull(_kit.Services.Store.FindAsync(job.Id, Stop).GetAwaiter().GetResult()));
        Assert.StartsWith(old.Id + " (Acme, Succeeded, 20", RemoveJobs.Describe(old), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void ExpiringWithin_ResultThatIsNotSaved_IsFoundInTime(int hours, bool found)
    {
        DateTimeOffset now = _time.GetUtcNow();
        JobQuery query = new() { ExpiringWithin = TimeSpan.FromHours(hours) };
        SeedanceJob job = new() { State = JobStatus.Succeeded,
            Outputs = [new JobOutput { Url = new Uri("https://cdn.example/v.mp4"), ExpiresAt = now.AddHours(2) }] };

        Assert.Equal(found, query.Matches(job, now));
        Assert.False(query.Matches(job with { Outputs = [job.Outputs[0] with { Path = "/tmp/v.mp4" }] }, now));
        Assert.False(query.Matches(job with { State = JobStatus.Running }, now));
        Assert.False(query.Matches(job, now.AddHours(2))); // Gone by now.
    }

    private static Account Rich() => TestServices.Account(new RichAcmeAdapter());

    private static Account QueuedOnly() => TestServices.Account(new RichAcmeAdapter { OnlyWhileQueued = true });

    private async Task<SeedanceJob> RecordAsync(string hostStatus, JobStatus status = JobStatus.Queued)
    {
        DateTimeOffset now = _time.GetUtcNow();
        StoredJob stored = new(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = "Acme",
            Endpoint = Rich().BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = "p",
            State = JobStatus.Submitting,
            CreatedAt = now,
            SubmittedAt = now,
            EstimatedCost = new SeedanceCost { Amount = 1, Unit = "USD" },
        });
        Assert.True((await _kit.Services.Store.TryTakeSlotAsync(stored, new SlotTerms(10), Stop)).Taken);
        string id = _host.Add("p", status: hostStatus);
        StoredJob? taken = await _kit.Services.Store.UpdateAsync(
            stored.Job.Id, job => job with { Job = job.Job with { ProviderJobId = id, State = status } }, Stop);
        return taken!.Job;
    }

    private async Task<RecordingOutput> StopAsync(SeedanceJob job, Account? account = null)
    {
        RecordingOutput output = new();
        JobLookup lookup = new(_kit.Services, (_, _) => null, apiKey: null, [account ?? Rich()]);
        await new StopJob(_kit.Services, lookup).RunAsync(new JobReference(job.Id), output, Stop);
        return output;
    }

    private async Task<RecordingOutput> RemoveAsync(string id, RemoveOptions? options = null)
    {
        RecordingOutput output = new();
        await new RemoveJobs(_kit.Services).ByIdAsync(new JobReference(id), options ?? new RemoveOptions(), output, Stop);
        return output;
    }

    /// <summary>Cancels nothing any more.</summary>
    private sealed class LateHost(System.Net.Http.HttpMessageHandler host) : System.Net.Http.DelegatingHandler(host)
    {
        protected override Task<System.Net.Http.HttpResponseMessage> SendAsync(
            System.Net.Http.HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == System.Net.Http.HttpMethod.Delete
                ? Task.FromResult(ScriptedHandler.Response(409, """{"message":"it is past cancelling"}"""))
                : base.SendAsync(request, cancellationToken);
    }

    /// <summary>Forgets every task once it has cancelled one.</summary>
    private sealed class ForgetfulHost(System.Net.Http.HttpMessageHandler host, Action forget) : System.Net.Http.DelegatingHandler(host)
    {
        protected override async Task<System.Net.Http.HttpResponseMessage> SendAsync(
            System.Net.Http.HttpRequestMessage request, CancellationToken cancellationToken)
        {
            System.Net.Http.HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (request.Method == System.Net.Http.HttpMethod.Delete)
            {
                forget();
            }

            return answer;
        }
    }
}
