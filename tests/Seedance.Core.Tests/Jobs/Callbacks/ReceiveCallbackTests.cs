using Seedance.Input;
using Seedance.Jobs.Callbacks;
using Seedance.Jobs.Query;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Callbacks;

public sealed class ReceiveCallbackTests : IDisposable
{
    private const string MuapiDone = """{"id":"req_1","status":"completed","outputs":["https://evil.example/v.mp4"]}""";
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public ReceiveCallbackTests()
    {
        _kit = new TestServices(_network);
        foreach (string key in new[] { "MUAPI_API_KEY", "SEEDANCE_API_KEY", "FAL_KEY", "REPLICATE_API_TOKEN" })
        {
            _kit.Variables[key] = TestServices.Key;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("Muapi", "req_1", MuapiDone, """{"id":"req_1","status":"completed","outputs":["https://cdn.ex.org/v.mp4"]}""")]
    [InlineData("Seedance2Ai", "task_1", """{"taskId":"task_1","status":"COMPLETED"}""",
        """{"taskId":"task_1","status":"COMPLETED","output":[{"url":"https://cdn.ex.org/v.mp4"}]}""")]
    [InlineData("Replicate", "p1", """{"id":"p1","input":{},"status":"succeeded","output":"https://evil.example/v.mp4"}""",
        """{"id":"p1","status":"succeeded","output":"https://cdn.ex.org/v.mp4"}""")]
    public async Task RunAsync_EndOfAJob_IsWhatTheHostSaysAndNotTheBody(string provider, string id, string body, string told)
    {
        string ours = await AddAsync(provider, id);
        _network.Answer(200, told);

        await ReceiveAsync(body);

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal(
            (ours, JobStatus.Succeeded, "https://cdn.ex.org/v.mp4"), (job.Id, job.State, Assert.Single(job.Outputs).Url!.AbsoluteUri));
        Assert.Equal(JobStatus.Succeeded, (await _kit.Services.Store.FindAsync(ours, Stop))!.Job.State);
        Assert.Empty(_kit.Output.Errors);
    }

    [Fact]
    public async Task RunAsync_Fal_AsksAtTheAddressesOnRecord()
    {
        const string Requests = "https://queue.fal.run/bytedance/seedance-2.0/requests/r1";
        await AddAsync("Fal", "r1", new() { ["status_url"] = Requests + "/status", ["response_url"] = Requests });
        _network.Answer(200, """{"status":"COMPLETED"}""").Answer(200, """{"video":{"url":"https://cdn.ex.org/v.mp4"}}""");

        await ReceiveAsync("""{"request_id":"r1","gateway_request_id":"g","status":"OK","payload":{}}""");

        Assert.Equal(JobStatus.Succeeded, Assert.Single(_kit.Output.Jobs).State);
        Assert.Equal([Requests + "/status", Requests], _network.Requests.Select(request => request.Address.AbsoluteUri));
    }

    [Theory]
    [InlineData(422, JobStatus.Failed)]
    [InlineData(503, JobStatus.Running)]
    public async Task RunAsync_FalResultIsAnError_EndsTheJobOnlyWhereItIsAboutTheJob(int status, JobStatus after)
    {
        const string Requests = "https://queue.fal.run/bytedance/seedance-2.0/requests/r1";
        string id = await AddAsync("Fal", "r1", new() { ["status_url"] = Requests + "/status", ["response_url"] = Requests });
        _network.Answer(200, """{"status":"COMPLETED"}""").Answer(status, """{"detail":"no"}""");

        await ReceiveAsync("""{"request_id":"r1","status":"ERROR"}""");

        Assert.Equal(after, (await _kit.Services.Store.FindAsync(id, Stop))!.Job.State);
    }

    [Fact]
    public async Task RunAsync_FalAddressOnAnotherHost_IsNotAsked()
    {
        await AddAsync(
            "Fal", "r1", new() { ["status_url"] = "https://evil.example/r1/status", ["response_url"] = "https://evil.example/r1" });

        await ReceiveAsync("""{"request_id":"r1","status":"OK"}""");

        Assert.Equal(ErrorCode.ProtocolError, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_ClaimsTheEndTooEarly_TheJobGoesOn()
    {
        string id = await AddAsync("Muapi", "req_1");
        _network.Answer(200, """{"id":"req_1","status":"processing"}""");

        await ReceiveAsync(MuapiDone);

        Assert.Equal(JobStatus.Running, Assert.Single(_kit.Output.Jobs).State);
        Assert.Equal(JobStatus.Running, (await _kit.Services.Store.FindAsync(id, Stop))!.Job.State);
    }

    [Fact]
    public async Task RunAsync_RepeatedAndOutOfOrder_ChangesNothingAndAsksNobody()
    {
        string id = await AddAsync("Muapi", "req_1");
        _network.Answer(200, """{"id":"req_1","status":"completed","outputs":["https://cdn.ex.org/v.mp4"]}""");
        await ReceiveAsync(MuapiDone);
        byte[] before = JobDocument.Write((await _kit.Services.Store.FindAsync(id, Stop))!);

        await ReceiveAsync(MuapiDone);
        await ReceiveAsync("""{"id":"req_1","status":"failed","error":"x"}""");
        await ReceiveAsync("""{"id":"req_1","status":"processing"}""");

        Assert.Single(_network.Requests);
        Assert.Equal(4, _kit.Output.Jobs.Count);
        Assert.All(_kit.Output.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.State));
        Assert.Equal(before, JobDocument.Write((await _kit.Services.Store.FindAsync(id, Stop))!));
    }

    [Theory]
    [InlineData("", ErrorCode.InvalidRequest)]
    [InlineData("hello", ErrorCode.InvalidRequest)]
    [InlineData("null", ErrorCode.InvalidRequest)]
    [InlineData("[]", ErrorCode.InvalidRequest)]
    [InlineData("{}", ErrorCode.InvalidRequest)]
    [InlineData("""{"id":7}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"id":"../../open/x","status":"completed"}""", ErrorCode.JobNotFound)]
    [InlineData("""{"id":"req_2","status":"completed"}""", ErrorCode.JobNotFound)]
    [InlineData("""{"taskId":"req_1"}""", ErrorCode.JobNotFound)]
    [InlineData("""{"id":"req_1\ud800","status":"completed"}""", ErrorCode.InvalidRequest)]
    public async Task RunAsync_ForeignBody_IsOneErrorAndNoRequest(string body, ErrorCode code)
    {
        string id = await AddAsync("Muapi", "req_1");
        byte[] before = JobDocument.Write((await _kit.Services.Store.FindAsync(id, Stop))!);

        await ReceiveAsync(body);

        Assert.Equal(code, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_kit.Output.Jobs);
        Assert.Empty(_network.Requests);
        Assert.Equal(before, JobDocument.Write((await _kit.Services.Store.FindAsync(id, Stop))!));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(401)]
    public async Task RunAsync_HostDoesNotTell_IsOneErrorAndTheRecordStays(int status)
    {
        string id = await AddAsync("Muapi", "req_1");
        _network.Answer(status, "{}");

        await ReceiveAsync(MuapiDone);

        Assert.Single(_kit.Output.Errors);
        Assert.Empty(_kit.Output.Jobs);
        Assert.Equal(JobStatus.Running, (await _kit.Services.Store.FindAsync(id, Stop))!.Job.State);
    }

    [Theory]
    [InlineData("Muapi", ErrorCode.InvalidRequest)]
    [InlineData("Simulator", ErrorCode.InvalidRequest)]
    [InlineData("Nobody", ErrorCode.InvalidRequest)]
    public async Task RunAsync_ProviderNamed_TakesNoOthersBody(string provider, ErrorCode code)
    {
        await AddAsync("Seedance2Ai", "task_1");

        await ReceiveAsync(FromText("""{"taskId":"task_1"}""") with { Provider = provider });

        Assert.Equal(code, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_SignedAndRight_IsTaken()
    {
        string id = await AddAsync("Replicate", "p1");
        _network.Answer(200, """{"id":"p1","status":"processing"}""");

        await ReceiveAsync(Signed("v1,/TwWid5yc/cCYPm10QkScIjVpnnVHmu6Iv0xvmnPxJg="));

        Assert.Equal(id, Assert.Single(_kit.Output.Jobs).Id);
    }

    [Fact]
    public async Task RunAsync_Forged_IsOneErrorAndNoRequest()
    {
        await AddAsync("Replicate", "p1");

        await ReceiveAsync(Signed("v1,AAAA"));

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("signature", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MfKQ9r8G", error.Message, StringComparison.Ordinal);
        Assert.Empty(_network.Requests);
    }

    [Theory]
    [InlineData("Muapi", MuapiDone)]
    [InlineData("Fal", """{"request_id":"r1","status":"OK"}""")]
    [InlineData(null, """{"request_id":"r1","gateway_request_id":"r1","status":"OK","payload":{}}""")]
    [InlineData(null, MuapiDone)]
    public async Task RunAsync_SecretWhereNobodyCanCheckIt_SaysThatItIsNotNeeded(string? provider, string body)
    {
        await AddAsync("Muapi", "req_1");

        await ReceiveAsync(FromText(body) with { Secret = "s", Provider = provider });

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.NotSupportedByProvider, error.Code);
        Assert.Contains(provider ?? (body == MuapiDone ? "Muapi" : "Fal"), error.Message, StringComparison.Ordinal);
        Assert.Contains("Leave -Secret out", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_network.Requests);
    }

    private static ReceivedCallback Signed(string signature) => FromText("""{"id":"p1","input":{}}""") with
    {
        Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        Headers = new Dictionary<string, string> { ["webhook-id"] = "msg_1", ["webhook-timestamp"] = "1772366400",
            ["webhook-signature"] = signature },
    };

    private async Task<string> AddAsync(string provider, string providerJobId, Dictionary<string, string>? notes = null)
    {
        DateTimeOffset now = _kit.Time.GetUtcNow();
        SeedanceJob job = new()
        {
            Id = JobId.Create(now), Provider = provider, WireModel = "m", Prompt = "p", ProviderJobId = providerJobId,
            State = JobStatus.Running, CreatedAt = now, SubmittedAt = now,
        };
        await _kit.Services.Store.AddAsync(new StoredJob(job) { Notes = notes ?? [] }, Stop);
        return job.Id;
    }

    /// <summary>As a script hands it on.</summary>
    private static ReceivedCallback FromText(string body) => CallbackInput.Read(body, headers: null, secret: null, provider: null);

    private Task ReceiveAsync(string body) => ReceiveAsync(FromText(body));

    private Task ReceiveAsync(ReceivedCallback callback) =>
        new ReceiveCallback(_kit.Services, new JobLookup(_kit.Services, (_, _) => null, apiKey: null))
            .RunAsync(callback, _kit.Output, Stop);
}
