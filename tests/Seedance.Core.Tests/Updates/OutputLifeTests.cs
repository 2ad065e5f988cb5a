using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Core.Tests.Updates;

/// <summary>Whether a paid video that nobody has saved is told of in time: an alarm may be early and is never late.</summary>
public sealed class OutputLifeTests : IDisposable
{
    private const string Done = """{"status":"done","url":"https://cdn.acme.example/v.mp4"}""";
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24); // As long as Acme keeps files.
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public OutputLifeTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobLookup Lookup => new(_kit.Services, (_, _) => null, apiKey: null, [TestServices.Account()]);

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Refresh_NobodyHadAskedBefore_TheFileAgesFromTheSubmit()
    {
        SeedanceJob job = await SubmitAsync();
        Host(Done, TimeSpan.FromHours(5));

        SeedanceJob seen = Assert.Single((await QueryAsync(new JobQuery(), refresh: true)).Jobs);

        Assert.Equal(job.SubmittedAt + s_day, Assert.Single(seen.Outputs).ExpiresAt);
    }

    [Fact]
    public async Task Refresh_SeenRunningBefore_TheFileAgesFromThen()
    {
        await SubmitAsync();
        _kit.Time.Advance(TimeSpan.FromMinutes(10));
        DateTimeOffset running = _kit.Time.GetUtcNow();
        await QueryAsync(new JobQuery(), refresh: true);
        Host(Done, TimeSpan.FromHours(5));

        SeedanceJob seen = Assert.Single((await QueryAsync(new JobQuery(), refresh: true)).Jobs);

        Assert.Equal(running + s_day, Assert.Single(seen.Outputs).ExpiresAt);
    }

    [Fact]
    public async Task Refresh_FreshAddressOfTheSameFile_MakesItNoYounger()
    {
        SeedanceJob job = await SubmitAsync();
        Host(Done, TimeSpan.FromHours(1));
        await QueryAsync(new JobQuery(), refresh: true);
        Host("""{"status":"done","url":"https://cdn.acme.example/v.mp4?signed=anew"}""", TimeSpan.FromHours(1));

        SeedanceJob seen = Assert.Single((await QueryAsync(new JobQuery(), refresh: true)).Jobs);

        Assert.EndsWith("anew", Assert.Single(seen.Outputs).Url!.Query, StringComparison.Ordinal);
        Assert.Equal(job.SubmittedAt + s_day, seen.Outputs[0].ExpiresAt);
    }

    [Fact]
    public async Task ExpiringWithin_EndedAndNeverPolled_IsFoundByRefresh()
    {
        SeedanceJob job = await SubmitAsync();
        Host(Done, TimeSpan.FromHours(20));

        RecordingOutput output = await QueryAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(6) }, refresh: true);

        Assert.Equal(job.Id, Assert.Single(output.Jobs).Id);
        Assert.Empty(output.Warnings);
    }

    [Fact]
    public async Task ExpiringWithin_StillRunning_IsAskedAndNotShown()
    {
        await SubmitAsync();
        _kit.Time.Advance(TimeSpan.FromHours(20));

        RecordingOutput output = await QueryAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(6) }, refresh: true);

        Assert.Empty(output.Jobs);
        Assert.Empty(output.Warnings);
        Assert.Equal(1, _host.Polls);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(20, true)]
    public async Task ExpiringWithin_NobodyAsked_WarnsOfWhatMayHaveEndedLongAgo(int hours, bool warned)
    {
        SeedanceJob job = await SubmitAsync();
        Host(Done, TimeSpan.FromHours(hours));

        RecordingOutput output = await QueryAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(6) }, refresh: false);

        Assert.Empty(output.Jobs);
        Assert.Equal(warned,
            output.Warnings.Any(text => text.Contains(job.Id, StringComparison.Ordinal)
            && text.Contains("-Refresh", StringComparison.Ordinal)));
        Assert.Equal(0, _host.Polls);
    }

    [Fact]
    public async Task ExpiringWithin_EarliestMomentIsOverAndTheLatestIsNot_IsStillShown()
    {
        await SubmitAsync();
        Host(Done, TimeSpan.FromHours(20));
        await QueryAsync(new JobQuery(), refresh: true);
        _kit.Time.Advance(TimeSpan.FromHours(10));

        Assert.Single((await QueryAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(1) }, refresh: false)).Jobs);

        _kit.Time.Advance(TimeSpan.FromHours(15));
        Assert.Empty((await QueryAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(1) }, refresh: false)).Records);
    }

    [Fact]
    public async Task ExpiringWithin_ForgottenByMistake_IsFoundByRefresh()
    {
        await SubmitAsync();
        Host(null, TimeSpan.FromHours(1));
        await QueryAsync(new JobQuery(), refresh: true);
        Host(Done, TimeSpan.FromHours(1));

        SeedanceJob seen = Assert.Single((await QueryAsync(new JobQuery { ExpiringWithin = s_day }, refresh: true)).Jobs);

        Assert.Equal(seen.SubmittedAt + s_day, Assert.Single(seen.Outputs).ExpiresAt);
    }

    [Theory]
    [InlineData(JobStatus.Succeeded)]
    [InlineData(JobStatus.Queued)]
    public async Task Status_WithRefresh_ShowsWhatFitsBeforeOrNow(JobStatus asked)
    {
        await SubmitAsync();
        Host(Done, TimeSpan.FromMinutes(5));

        RecordingOutput output = await QueryAsync(new JobQuery { Statuses = [asked] }, refresh: true);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(output.Jobs).State);
        Assert.Equal(1, _host.Polls);
    }

    [Fact]
    public async Task Adoption_SubmitTookItsTimeToFail_TheFileAgesFromItsBegin()
    {
        SeedanceJob job = await SubmitAsync();
        StoredJob lost =
            new(job with { Id = JobId.Create(_kit.Time.GetUtcNow()), ProviderJobId = null, State = JobStatus.Unconfirmed,
            SubmittedAt = null, LastCheckedAt = job.CreatedAt.AddMinutes(2) });
        await _kit.Services.Store.AddAsync(lost, Stop);
        Host(Done, TimeSpan.FromHours(1));
        _network.Answer(200, Done);
        RecordingOutput output = new();

        await new ResolveJobs(_kit.Services, Lookup)
            .RunAsync(new JobReference(lost.Job.Id), new ResolveOptions { ProviderJobId = "task-9" }, output, Stop);

        Assert.Equal(job.CreatedAt + s_day, Assert.Single(Assert.Single(output.Jobs).Outputs).ExpiresAt);
    }

    private async Task<SeedanceJob> SubmitAsync()
    {
        RecordingOutput output = new();
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" });
        await new SubmitVideo(_kit.Services).RunAsync(prepared, new SubmitOptions(), output, Stop);
        return Assert.Single(output.Jobs);
    }

    /// <summary>So it stands at the host, and some time later.</summary>
    private void Host(string? body, TimeSpan later)
    {
        _host.Set("task-1", body);
        _kit.Time.Advance(later);
    }

    private async Task<RecordingOutput> QueryAsync(JobQuery query, bool refresh)
    {
        RecordingOutput output = new();
        await new GetJobs(_kit.Services, Lookup).ByQueryAsync(query, refresh, output, Stop);
        Assert.Empty(output.Errors);
        return output;
    }
}
