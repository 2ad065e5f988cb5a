using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Updates;

/// <summary>Jobs of which their host says that it does not know them, for good or by mistake.</summary>
public sealed class ForgottenJobTests : IDisposable
{
    private const string Done = """{"status":"done","url":"https://cdn.acme.example/v.mp4"}""";
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public ForgottenJobTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobLookup Lookup => new(_kit.Services, (_, _) => null, apiKey: null, [TestServices.Account()]);

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Refresh_NotFoundAfterItsGrace_IsRecordedAsExpiredAndTheMoneyStaysReserved()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", null);

        SeedanceJob seen = await RefreshAsync(job.Id);

        Assert.Equal((JobStatus.Expired, nameof(ErrorCode.JobNotFound)), (seen.State, seen.Error!.Code));
        Assert.Equal(JobStatus.Expired, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
        Assert.Equal(1m, Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);
        Assert.Equal(2, _host.Polls);
    }

    [Fact]
    public async Task Refresh_OneNotFoundAmongAnswers_IsNotBelieved()
    {
        SeedanceJob job = await SubmitAsync();
        _network.Answer(404, "{}");

        Assert.Equal(JobStatus.Running, (await RefreshAsync(job.Id)).State);
    }

    [Fact]
    public async Task Refresh_WithinItsGrace_IsAnErrorThatNamesTheJobAndChangesNothing()
    {
        SeedanceJob job = await SubmitAsync(TimeSpan.FromSeconds(5));
        _host.Set("task-1", null);

        await new GetJobs(_kit.Services, Lookup).ByIdAsync(new JobReference(job.Id), refresh: true, _kit.Output, Stop);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.JobNotFound, error.Code);
        Assert.Contains(job.Id, error.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Queued, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Refresh_HostKnowsItAgain_GoesOnAsIfNothingHadBeen()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", null);
        await RefreshAsync(job.Id);
        _host.Set("task-1", """{"status":"running"}""");

        SeedanceJob again = await RefreshAsync(job.Id);

        Assert.Equal((JobStatus.Running, null, null), (again.State, again.Error, again.CompletedAt));
        Assert.Equal(again.Id, Assert.Single(await UnfinishedAsync()));
        Assert.Equal(1, _kit.Rows.Count("job"));
    }

    [Fact]
    public async Task Wait_ForgottenJobHasEndedMeanwhile_IsWrittenWithItsVideo()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", null);
        await RefreshAsync(job.Id);
        _host.Set("task-1", Done);
        RecordingOutput output = new();
        using WaitForJobs wait = new(_kit.Services, Lookup, new WaitOptions());

        await wait.AddAsync(new JobReference(job.Id), output, Stop);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(output.Jobs).State);
        Assert.Empty(output.Errors);
    }

    [Fact]
    public async Task Wait_StillForgotten_IsWrittenWithTheErrorThatNamesIt()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", null);
        await RefreshAsync(job.Id);
        RecordingOutput output = new();
        using WaitForJobs wait = new(_kit.Services, Lookup, new WaitOptions());

        await wait.AddAsync(new JobReference(job.Id), output, Stop);

        Assert.Equal(JobStatus.Expired, Assert.Single(output.Jobs).State);
        SeedanceException error = Assert.Single(output.Errors);
        Assert.Equal(ErrorCode.JobNotFound, error.Code);
        Assert.Contains(job.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains("-Refresh", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_SavedLongAgoAndForgottenSince_StaysSucceeded()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", Done);
        await RefreshAsync(job.Id);
        _host.Set("task-1", null);

        await new GetJobs(_kit.Services, Lookup).ByIdAsync(new JobReference(job.Id), refresh: true, _kit.Output, Stop);

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(JobStatus.Succeeded, (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    private async Task<SeedanceJob> SubmitAsync(TimeSpan? age = null)
    {
        RecordingOutput output = new();
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" });
        await new SubmitVideo(_kit.Services).RunAsync(prepared, new SubmitOptions(), output, Stop);
        _kit.Time.Advance(age ?? TimeSpan.FromMinutes(2));
        return Assert.Single(output.Jobs);
    }

    private async Task<SeedanceJob> RefreshAsync(string id)
    {
        RecordingOutput output = new();
        await new GetJobs(_kit.Services, Lookup).ByIdAsync(new JobReference(id), refresh: true, output, Stop);
        Assert.Empty(output.Errors);
        return Assert.Single(output.Jobs);
    }

    private async Task<string[]> UnfinishedAsync()
    {
        RecordingOutput output = new();
        await new GetJobs(_kit.Services, Lookup).ByQueryAsync(new JobQuery { OnlyUnfinished = true }, refresh: false, output, Stop);
        return [.. output.Jobs.Select(job => job.Id)];
    }
}
