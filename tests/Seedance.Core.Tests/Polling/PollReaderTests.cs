using Seedance.Accounts;
using Seedance.Core.Tests.Providers;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>
/// An error status that carries how the job ended is an answer and no outage; one that is only about the question ends nothing.
/// </summary>
public sealed class PollReaderTests : IDisposable
{
    private const string AtlasFailed =
        """
        {"code":500,"message":"The request failed because the output video may contain sensitive information","data":{"id":"p1","model":"bytedance/seedance-2.0/text-to-video",
         "status":"failed","outputs":null,"error":"The request failed because the output video may contain sensitive information","error_code":1301}}
        """;

    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public PollReaderTests() => _kit = new TestServices(_network);

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    public static TheoryData<string, int, string> Questions => new()
    {
        { "AtlasCloud", 500, """{"code":500,"message":"internal error"}""" },
        { "AtlasCloud", 500, """{"code":500,"data":{"id":"another","status":"failed"}}""" },
        { "AtlasCloud", 500, """{"code":500,"data":{"id":"p1","status":"processing"}}""" },
        { "AtlasCloud", 500, """{"code":500,"data":{"id":"p1","status":"completed","outputs":null}}""" },
        { "AtlasCloud", 401, """{"code":401,"data":{"id":"p1","status":"failed"}}""" },
        { "AtlasCloud", 429, """{"code":429,"data":{"id":"p1","status":"failed"}}""" },
        { "AtlasCloud", 502, "<html>Bad gateway</html>" },
        { "ModelsLab", 500, """{"status":"error","id":"p1","message":"no luck"}""" },
        { "Muapi", 500, """{"status":"error","error":"internal"}""" },
        { "Replicate", 500, """{"title":"oops","detail":"internal","status":500}""" },
        { "Seedance2Ai", 503, """{"status":"FAILED","message":"unavailable"}""" },
        { "Fal", 500, """{"detail":"internal"}""" },
        { "Fal", 422, """{"detail":"no"}""" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Poll_AtlasCloudTellsAFailureAsHttp500_TheJobHasFailedAtOnce()
    {
        _network.Answer(500, AtlasFailed);

        PollOutcome result = await PollAsync("AtlasCloud");

        Assert.Equal((JobStatus.Failed, nameof(ErrorCode.ContentRejected), "1301"),
            (result.Stored.Job.State, result.Stored.Job.Error!.Code, result.Stored.Job.Error.ProviderCode));
        Assert.Null(result.Error);
        Assert.Equal(JobStatus.Failed, (await _kit.Services.Store.FindAsync(result.Stored.Job.Id, Stop))!.Job.State);
        Assert.Single(_network.Requests);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Poll_EndToldWithHttp500_IsTheEndAtEveryHost(string provider)
    {
        _network.Answer(500, Assert.Single(WireText.Lines(provider, "failed-with-500.jsonl")));

        PollOutcome result = await PollAsync(provider);

        Assert.Equal((JobStatus.Failed, "no luck"), (result.Stored.Job.State, result.Stored.Job.Error!.Message));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Poll_ErrorIsAboutTheQuestion_EndsNothing(string provider, int status, string body)
    {
        _network.Answer(status, body);

        PollOutcome result = await PollAsync(provider);

        Assert.Equal(JobStatus.Running, result.Stored.Job.State);
        Assert.NotNull(result.Error);
    }

    private async Task<PollOutcome> PollAsync(string provider)
    {
        DateTimeOffset now = _kit.Time.GetUtcNow();
        Account account = TestServices.Account(ProviderRegistry.Find(provider)!);
        StoredJob stored = new(new SeedanceJob
        {
            Id = JobId.Create(now), Provider = provider, Endpoint = account.BaseUri, WireModel = "bytedance/seedance-2.0/text-to-video",
            ProviderJobId = "p1",
            State = JobStatus.Running, CreatedAt = now, SubmittedAt = now,
        });
        await _kit.Services.Store.AddAsync(stored, Stop);
        return await _kit.Services.Poller.PollAsync(stored, account, _kit.Output, Stop);
    }
}
