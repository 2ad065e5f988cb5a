using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Query;

/// <summary>
/// What only some hosts need of the operations: marks, keys in bodies, results without an id, jobs asked for at several places.
/// </summary>
public sealed class HostQuirksTests : IDisposable
{
    private static readonly VideoRequest s_request = new() { Prompt = "a fox in snow" };
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public HostQuirksTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_HostThatKeepsMarks_SendsTheIdOfTheRecord()
    {
        _network.Answer(200, """{"status":"processing","id":5}""");

        SeedanceJob job = await SubmitAsync("ModelsLab", "seedance");

        Assert.Equal(job.Id, (string?)JsonNode.Parse(_network.Requests[0].Body)!["track_id"]);
        Assert.Equal("5", job.ProviderJobId);
    }

    [Fact]
    public async Task Submit_KeyInTheBody_ReachesTheHostAndNobodyElse()
    {
        const string Echo = """{"status":"failed","id":5,"message":"key KEY is not allowed this"}""";
        _network.Answer(200, Echo.Replace("KEY", TestServices.Key, StringComparison.Ordinal));

        SeedanceJob job = await SubmitAsync("ModelsLab", "seedance");

        Assert.Equal(TestServices.Key, (string?)JsonNode.Parse(_network.Requests[0].Body)!["key"]);
        Assert.Contains(_kit.Output.Of("debug"), line => ((string)line).Contains("\"prompt\"", StringComparison.Ordinal));
        Assert.DoesNotContain(_kit.Output.Records, record => record.Item.ToString()!.Contains(TestServices.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(TestServices.Key, job.Error!.Message, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(_kit.Home, "*", SearchOption.AllDirectories),
            path => Assert.DoesNotContain(TestServices.Key, File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_ResultWithoutAnId_IsAFinishedJobThatNeedsNoMoreQuestions()
    {
        _network.Answer(200, """{"status":"success","output":["https://cdn.ex.org/x.mp4"]}""");

        SeedanceJob job = await SubmitAsync("ModelsLab", "seedance");

        Assert.Equal((JobStatus.Succeeded, null), (job.State, job.ProviderJobId));
        Assert.Equal("https://cdn.ex.org/x.mp4", Assert.Single(job.Outputs).Url!.AbsoluteUri);
        StoredJob stored = (await _kit.Services.Store.FindAsync(job.Id, Stop))!;
        JobLookup lookup = new(_kit.Services, (_, _) => null, apiKey: null);
        Assert.Equal(job.Id, (await new GetJobs(_kit.Services, lookup).RefreshAsync(stored, _kit.Output, Stop)).Id);
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task Submit_WorkflowInTheRunDialect_AsksForItsInputsFirst()
    {
        _network
            .Answer(200, """{"data":{"inputs":[{"nodeId":"n1","label":"Prompt","type":"text","required":true}]}}""")
            .Answer(202, """{"data":{"executionId":"exec_1","status":"queued"}}""");

        SeedanceJob job = await SubmitAsync("Wireflow", "wf_1",
            s_request with { Options = new System.Collections.Generic.Dictionary<string, object?> { ["dialect"] = "run" } });

        Assert.Equal(["GET /api/v1/workflows/wf_1/run", "POST /api/v1/workflows/wf_1/run"], Sent());
        Assert.Equal("""{"inputs":{"n1":"a fox in snow"}}""", _network.Requests[1].Body);
        Assert.Equal(("exec_1", "wf_1", "wf_1"), (job.ProviderJobId, job.Model, job.WireModel));
    }

    [Theory]
    [InlineData("BytePlus", "seedance-2.0", "SetLimitExceeded", "The account has reached its inference limit.")]
    [InlineData("Volcengine", "seedance-2.0", "SetLimitExceeded", "The account has reached its inference limit.")]
    [InlineData("Apiyi", "seedance-2.0", "insufficient_user_quota", "the quota of the user is used up")]
    [InlineData("AtlasCloud", "seedance-2.0", "429", "insufficient balance")]
    public async Task Submit_429ThatSaysTheAccountIsSpent_IsFinalAtOnce(string provider, string model, string code, string text)
    {
        _network.Otherwise = _ => ScriptedHandler.Response(429, $$$"""{"error":{"code":"{{{code}}}","message":"{{{text}}}"}}""");

        await RunAsync(provider, model, s_request);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal((ErrorCode.InsufficientCredits, 429), (error.Code, error.HttpStatus));
        Assert.Single(_network.Requests);
    }

    [Theory]
    [InlineData("BytePlus", "QuotaExceeded", "Too many tasks are waiting.")]
    [InlineData("Apiyi", "rate_limit", "insufficient capacity upstream, try again")]
    public async Task Submit_429ThatAPauseHelps_IsStillThrottling(string provider, string code, string text)
    {
        _network.Answer(429, $$$"""{"error":{"code":"{{{code}}}","message":"{{{text}}}"}}""");

        await new SubmitVideo(_kit.Services).RunAsync(
            PrepareSubmit.Run(Account(provider), s_request with { Model = "seedance-2.0" }),
            new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(1) }, _kit.Output, Stop);

        Assert.Equal(ErrorCode.RateLimited, Assert.Single(_kit.Output.Errors).Code);
    }

    [Fact]
    public async Task Submit_WorkflowThatTheHostDoesNotKnow_IsAModelThatIsNotThere()
    {
        _network.Answer(404, """{"error":"Not found"}""").Answer(404, """{"error":"Not found"}""");

        await RunAsync("Wireflow", "wf_1",
            s_request with { Options = new System.Collections.Generic.Dictionary<string, object?> { ["dialect"] = "run" } });
        await RunAsync("Wireflow", "wf_1", s_request);

        Assert.Equal([ErrorCode.ModelNotFound, ErrorCode.ModelNotFound], _kit.Output.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task Poll_NotFoundAtTheFirstPlaces_IsRememberedWhereItAnswered()
    {
        StoredJob stored = await SubmitWireflowAsync();
        _network.Answer(404, """{"error":"Not found"}""").Answer(200, """{"data":{"status":"RUNNING"}}""")
            .Answer(200, """{"data":{"status":"QUEUED"}}""");

        PollOutcome first = await PollAsync(stored);
        await PollAsync((await _kit.Services.Store.FindAsync(stored.Job.Id, Stop))!);

        Assert.Equal(JobStatus.Running, first.Stored.Job.State);
        Assert.Equal(
            ["GET /api/v1/executions/exec_1", "GET /api/v1/workflows/executions/exec_1/poll",
                "GET /api/v1/workflows/executions/exec_1/poll"], Sent().Skip(1));
    }

    [Fact]
    public async Task Poll_NotFoundEverywhere_IsNotYetDuringTheGraceAndGoneAfterIt()
    {
        StoredJob stored = await SubmitWireflowAsync();
        _network.Otherwise = _ => ScriptedHandler.Response(404, """{"error":"Not found"}""");

        PollOutcome early = await PollAsync(stored);
        _kit.Time.Advance(TimeSpan.FromMinutes(5));
        PollOutcome late = await PollAsync(early.Stored);

        Assert.Equal(ErrorCode.JobNotFound, early.TransientError!.Code);
        Assert.Null(early.FatalError);
        Assert.Contains(stored.Job.Id, early.TransientError.Message, StringComparison.Ordinal);
        Assert.Equal((JobStatus.Expired, nameof(ErrorCode.JobNotFound)), (late.Stored.Job.State, late.Stored.Job.Error!.Code));
        // The submit, and three places from the first one on: once early, and twice before it is believed.
        Assert.Equal(10, _network.Requests.Count);
        Assert.Equal("/api/v1/executions/exec_1", _network.Requests[4].Address.AbsolutePath);
    }

    [Fact]
    public async Task Poll_OtherTroubleElsewhere_LeavesTheFirstPlaceFirst()
    {
        StoredJob stored = await SubmitWireflowAsync();
        _network.Answer(404, """{"error":"Not found"}""")
            .Answer(429, """{"error":"slow down","retryAfter":1781600000}""", ("Retry-After", "7"));

        PollOutcome result = await PollAsync(stored);

        Assert.Equal((true, TimeSpan.FromSeconds(7)), (result.IsThrottled, result.TransientError?.RetryAfter));
        Assert.Empty(result.Stored.Notes);
    }

    [Fact]
    public async Task Submit_Redirect_IsOneClearErrorAndSentOnce()
    {
        _network.Answer(308, string.Empty, ("Location", "https://www.wireflow.ai/api/v1/workflows/wf_1/execute"));

        await RunAsync("Wireflow", "wf_1", s_request);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Contains(
            "it redirects to https://www.wireflow.ai/api/v1/workflows/wf_1/execute, which is not followed",
        error.Message, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
    }

    private string[] Sent() => [.. _network.Requests.Select(sent => sent.Method + " " + sent.Address.AbsolutePath)];

    private async Task<StoredJob> SubmitWireflowAsync()
    {
        _network.Answer(200, """{"executionId":"exec_1","status":"QUEUED"}""");
        SeedanceJob job = await SubmitAsync("Wireflow", "wf_1");
        return (await _kit.Services.Store.FindAsync(job.Id, Stop))!;
    }

    private Task<PollOutcome> PollAsync(StoredJob stored) => _kit.Services.Poller.PollAsync(stored, Account("Wireflow"), _kit.Output, Stop);

    private async Task<SeedanceJob> SubmitAsync(string provider, string model, VideoRequest? request = null)
    {
        await RunAsync(provider, model, request ?? s_request);
        Assert.Empty(_kit.Output.Errors);
        return Assert.Single(_kit.Output.Jobs);
    }

    private Task RunAsync(string provider, string model, VideoRequest request) => new SubmitVideo(_kit.Services).RunAsync(
        PrepareSubmit.Run(Account(provider), request with { Model = model }), new SubmitOptions(), _kit.Output, Stop);

    private static Account Account(string provider) => TestServices.Account(ProviderRegistry.Find(provider)!);
}
