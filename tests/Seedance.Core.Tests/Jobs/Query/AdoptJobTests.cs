using Seedance.Jobs.Query;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Query;

public sealed class AdoptJobTests : IDisposable
{
    private const string Done =
        """{"id":"p1","status":"succeeded","output":"https://cdn.ex.org/v.mp4","started_at":"2026-02-28T12:00:00Z","completed_at":"2026-02-28T12:01:00Z"}""";

    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public AdoptJobTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_JobMadeElsewhere_IsRecordedAsTheHostTellsIt()
    {
        _network.Answer(200, Done);

        await AdoptAsync("Replicate", " p1 ", "bytedance/seedance-2.0");

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal(("p1", "seedance-2.0", "bytedance/seedance-2.0", JobStatus.Succeeded),
            (job.ProviderJobId, job.Model, job.WireModel, job.State));
        Assert.Equal(_kit.Time.GetUtcNow(), job.CreatedAt);
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 12, 1, 0, TimeSpan.Zero), job.CompletedAt);
        Assert.Equal(job.CompletedAt + TimeSpan.FromHours(1), Assert.Single(job.Outputs).ExpiresAt);
        StoredJob? stored = await _kit.Services.Store.FindByProviderJobIdAsync("replicate", "p1", Stop);
        Assert.Equal(job.Id, stored!.Job.Id);
    }

    [Fact]
    public async Task RunAsync_HostNamesNoTime_TheExpiryIsUnknown()
    {
        _network.Answer(200, """{"id":"p1","status":"succeeded","output":"https://cdn.ex.org/v.mp4"}""");

        await AdoptAsync("Replicate", "p1", wireModel: null);

        Assert.Null(Assert.Single(Assert.Single(_kit.Output.Jobs).Outputs).ExpiresAt);
    }

    [Fact]
    public async Task RunAsync_Twice_IsOneRecord()
    {
        _network.Answer(200, """{"id":"p1","status":"processing"}""").Answer(200, Done);

        await AdoptAsync("Replicate", "p1", wireModel: null);
        await AdoptAsync("Replicate", "p1", wireModel: null);
        await AdoptAsync("Replicate", "p1", wireModel: null);

        Assert.Equal([JobStatus.Running, JobStatus.Succeeded, JobStatus.Succeeded], _kit.Output.Jobs.Select(job => job.State));
        Assert.Single(_kit.Output.Jobs.Select(job => job.Id).Distinct());
        Assert.Equal(2, _network.Requests.Count);
    }

    [Theory]
    [InlineData(404, ErrorCode.JobNotFound)]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(500, ErrorCode.ProviderUnavailable)]
    public async Task RunAsync_HostDoesNotKnowIt_LeavesNoRecord(int status, ErrorCode code)
    {
        _network.Answer(status, "{}");

        await AdoptAsync("Replicate", "p1", wireModel: null);

        Assert.Equal(code, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_kit.Output.Jobs);
        Assert.Equal(0, Records());
    }

    [Fact]
    public async Task RunAsync_HostRefusesTheQuestion_AdvisesAboutTheIdAndNotAboutTheModel()
    {
        _network.Answer(400, """{"status":"error","message":"Invalid id"}""");

        await AdoptAsync("ModelsLab", "nonsense", wireModel: null);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.DoesNotContain("Get-SeedanceModel", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("check the id", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fal", "r1", ErrorCode.InvalidRequest)]
    [InlineData("Replicate", "  ", ErrorCode.InvalidRequest)]
    public async Task RunAsync_NothingToAsk_IsOneErrorAndNoRequest(string provider, string id, ErrorCode code)
    {
        await AdoptAsync(provider, id, wireModel: null);

        Assert.Equal(code, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_network.Requests);
        Assert.Equal(0, Records());
    }

    [Fact]
    public async Task RunAsync_UnknownWord_IsRunningAndWarnedAbout()
    {
        _network.Answer(200, """{"id":"p1","status":"dreaming"}""");

        await AdoptAsync("Replicate", "p1", wireModel: null);

        Assert.Equal(JobStatus.Running, Assert.Single(_kit.Output.Jobs).State);
        Assert.Contains("dreaming", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Simulated_CannotBeTakenForReal()
    {
        _network.Answer(200, Done, ("X-Seedance-Simulator", "1"));

        await AdoptAsync("Replicate", "p1", wireModel: null);

        Assert.True(Assert.Single(_kit.Output.Jobs).IsSimulated);
    }

    /// <summary>Atlas Cloud answers a fresh id with 400 or 404 for some seconds (sheet, section 4).</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [Trait("Sheet", "atlascloud §4")]
    public async Task Poll_AtlasFreshId_IsNotYetAndNeverTheEnd(int status)
    {
        IProviderAdapter atlas = ProviderRegistry.Find("AtlasCloud")!;
        DateTimeOffset now = _kit.Time.GetUtcNow();
        StoredJob stored =
            new(new SeedanceJob { Id = JobId.Create(now), Provider = "AtlasCloud", WireModel = "m", ProviderJobId = "p_1",
            State = JobStatus.Queued, CreatedAt = now, SubmittedAt = now });
        await _kit.Services.Store.AddAsync(stored, Stop);
        _kit.Time.Advance(TimeSpan.FromSeconds(29));
        _network.Answer(status, """{"code":400,"msg":"prediction not found"}""")
            .Answer(200, """{"data":{"id":"p_1","status":"processing"}}""");

        var first = await _kit.Services.Poller.PollAsync(stored, TestServices.Account(atlas), _kit.Output, Stop);
        var second = await _kit.Services.Poller.PollAsync(first.Stored, TestServices.Account(atlas), _kit.Output, Stop);

        Assert.Null(first.FatalError);
        Assert.NotNull(first.TransientError);
        Assert.Equal(JobStatus.Running, second.Stored.Job.State);
    }

    private long Records() => File.Exists(Path.Combine(_kit.Home, "seedance.db")) ? _kit.Rows.Count("job") : 0;

    private Task AdoptAsync(string provider, string id, string? wireModel) =>
        new AdoptJob(_kit.Services).RunAsync(TestServices.Account(ProviderRegistry.Find(provider)), id, wireModel, _kit.Output, Stop);
}
