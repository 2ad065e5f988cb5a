using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class SubmitVideoTests : IDisposable
{
    private const string Accepted = """{"id":"task-1"}""";
    private static readonly VideoRequest s_muapi = new() { Prompt = "a fox", Model = "seedance-2-mini" };
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public SubmitVideoTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] OpenRecords => File.Exists(Path.Combine(_kit.Home, "seedance.db")) ? _kit.Rows.Documents() : [];

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_BeforeTheRequestLeaves_TheRecordIsOnDisk()
    {
        string? seen = null;
        _network.Step((_, _) =>
        {
            seen = Assert.Single(OpenRecords);
            return Task.FromResult(ScriptedHandler.Response(201, Accepted));
        });

        await SubmitAsync();

        Assert.Contains("\"status\":\"Submitting\"", seen, StringComparison.Ordinal);
        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal(("task-1", JobStatus.Queued, "acme-1", "seedance-acme"), (job.ProviderJobId, job.State, job.WireModel, job.Model));
        Assert.Equal("task-1", (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.ProviderJobId);
    }

    [Theory]
    [InlineData("seedance-v2.0-video-edit", GenerationMode.Edit)]
    [InlineData("seedance-2-character", GenerationMode.Reference)]
    public void New_EndpointOfItsOwnMode_RecordsThatOfTheRow(string model, GenerationMode mode)
    {
        VideoRequest request = new() { Prompt = "p", Model = model };
        request = mode == GenerationMode.Edit
            ? request with { ReferenceVideos = ["https://ex.org/v.mp4"] }
            : request with { ReferenceImages = ["https://ex.org/a.png"] };

        StoredJob record = PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Muapi")), request)
            .Record(new SubmitOptions(), _kit.Time.GetUtcNow());

        Assert.Equal(mode, record.Job.StartsFrom);
    }

    [Fact]
    public async Task RunAsync_ResetAfterSending_DoesNotSayThatTheHostCouldNotBeReached()
    {
        _network.ResetAfterBody();

        await SubmitAsync();

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.SubmitUnconfirmed, error.Code);
        Assert.DoesNotContain("could not be reached", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NotSentTwice_IsAcceptedOnTheThirdTry()
    {
        _network.RefuseConnection().RefuseConnection().Answer(200, Accepted);

        await SubmitAsync(moveClock: true);

        Assert.Single(_kit.Output.Jobs);
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_NeverSent_IsOneErrorAndLeavesNoRecord()
    {
        _network.RefuseConnection().RefuseConnection().RefuseConnection();

        await SubmitAsync(moveClock: true);

        Assert.Equal(ErrorCode.ProviderUnavailable, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_ResetAfterTheBodyLeft_IsUnconfirmedAndSentOnce()
    {
        _network.ResetAfterBody();

        await SubmitAsync();

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.SubmitUnconfirmed, error.Code);
        Assert.Equal(JobStatus.Unconfirmed, error.Job!.State);
        Assert.Contains("dashboard", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
        Assert.Empty(_kit.Output.Jobs);
        Assert.Equal(JobStatus.Unconfirmed, (await _kit.Services.Store.FindAsync(error.Job.Id, Stop))!.Job.State);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task RunAsync_LongId_IsOneUpToTheBound(int length, bool usable)
    {
        _network.Answer(201, "{\"id\":\"" + new string('x', length) + "\"}");

        await SubmitAsync();

        Assert.Equal(usable ? 1 : 0, _kit.Output.Jobs.Count);
        Assert.Equal(usable ? [] : [ErrorCode.SubmitUnconfirmed], _kit.Output.Errors.Select(error => error.Code));
    }

    [Theory]
    [InlineData(200, "<html>sorry</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"id\":")]
    [InlineData(201, "{\"id\":\"task-1\uFFFD\"}")]
    [InlineData(201, "{\"id\":\".\"}")]
    [InlineData(201, "{\"id\":\"..\"}")]
    [InlineData(201, "{\"id\":\"task 1\"}")]
    [InlineData(201, "{\"id\":\"task\\u001b[31m\"}")]
    [InlineData(201, "{\"id\":\"task\\u202e1\"}")]
    [InlineData(201, "{\"id\":\"task\\ud800\"}")]
    [InlineData(201, "{\"id\":\"task\\n1\"}")]
    [InlineData(201, "{\"id\":\"task-" + TestServices.Key + "\"}")]
    [InlineData(400, "{\"id\":\"task-" + TestServices.Key + "\"}")]
    [InlineData(429, "{\"id\":\"..\"}")]
    [InlineData(500, "{}")]
    [InlineData(502, "<html>bad gateway</html>")]
    [InlineData(504, "")]
    public async Task RunAsync_AnswerThatProvesNothing_IsUnconfirmedAndSentOnce(int status, string body)
    {
        _network.Answer(status, body);

        await SubmitAsync();

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Single(_network.Requests);
        Assert.Single(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_UserTakesTheHostsWordOnItsServerErrors_TriesThreeTimesAndNoMore()
    {
        const string Own = """{"detail":"Internal error"}""";
        _network.Answer(500, Own).Answer(503, Own, ("Retry-After", "15")).Answer(500, Own);
        DateTimeOffset begun = _kit.Time.GetUtcNow();

        await SubmitAsync(Muapi(repeats: true), moveClock: true, request: s_muapi);

        Assert.Equal(ErrorCode.ProviderUnavailable, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(3, _network.Requests.Count);
        // A second after the first, and what the second answer asked for.
        Assert.InRange((_kit.Time.GetUtcNow() - begun).TotalSeconds, 16, 20);
        Assert.Empty(OpenRecords);
    }

    [Theory]
    [InlineData(false, 500, """{"detail":"Internal error"}""")] // Faults 1: the host took it, and its promise was not kept.
    [InlineData(false, 503, """{"detail":"Internal error"}""")]
    [InlineData(true, 500, "<html>sorry</html>")]
    [InlineData(true, 500, "{}")]
    [InlineData(true, 502, """{"detail":"Internal error"}""")]
    [InlineData(true, 505, """{"detail":"Internal error"}""")]
    [InlineData(true, 507, """{"detail":"Internal error"}""")]
    [InlineData(true, 522, """{"detail":"Internal error"}""")]
    [InlineData(true, 598, """{"detail":"Internal error"}""")]
    public async Task RunAsync_ServerErrorThatProvesNothing_IsUnconfirmedAndSentOnce(bool repeats, int status, string body)
    {
        _network.Answer(status, body);

        await SubmitAsync(Muapi(repeats), moveClock: true, request: s_muapi);

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Single(_network.Requests);
        Assert.Single(OpenRecords);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task RunAsync_ThrottledWithoutAPause_KeepsToTheHostsOwn(string retryAfter)
    {
        _network.Otherwise = _ => ScriptedHandler.Response(429, "{}", ("Retry-After", retryAfter));

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(3, _network.Requests.Count); // At 0, 5 and 10 s.
    }

    [Fact]
    public async Task RunAsync_ThrottledForASecondAgainAndAgain_BacksOff()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(429, "{}", ("Retry-After", "1"));

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(13) });

        Assert.Equal(5, _network.Requests.Count); // At 0, 1, 3, 7 and 12 s: 1, 2, 4 and then the host's own 5 s.
    }

    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(400, "Unknown model 'acme-9'")]
    public async Task RunAsync_HostKnowsNoSuchModel_SaysSoAndWhereToLook(int status, string words)
    {
        _network.Answer(status, $$"""{"message":"{{words}}"}""");

        await SubmitAsync();

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal((ErrorCode.ModelNotFound, status), (error.Code, error.HttpStatus));
        Assert.Contains("Get-SeedanceModel -Provider Acme", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_HostRefusesForAnotherReason_IsNoMatterOfTheModel()
    {
        _network.Answer(400, """{"message":"the model needs a prompt"}""");

        await SubmitAsync();

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(_kit.Output.Errors).Code);
    }

    [Fact]
    public async Task RunAsync_Throttled_WaitsAsLongAsRetryAfterSays()
    {
        _network.Answer(429, "{}", ("Retry-After", "7")).Answer(200, Accepted);
        DateTimeOffset begun = _kit.Time.GetUtcNow();

        await SubmitAsync(moveClock: true);

        Assert.Single(_kit.Output.Jobs);
        Assert.InRange((_kit.Time.GetUtcNow() - begun).TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task RunAsync_ThrottledPastTheSlotTimeout_IsOneErrorAndNoRecord()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(429, "{}");

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(ErrorCode.RateLimited, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(3, _network.Requests.Count); // At 0, 5 and 10 s.
        Assert.Empty(OpenRecords);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_HostThrottledAnotherSubmit_KeepsToItsPauseToo(bool otherProcess)
    {
        _network.Answer(429, "{}", ("Retry-After", "7")).Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(ErrorCode.RateLimited, Assert.Single(_kit.Output.Errors).Code);
        using TestServices other = new(_network, home: _kit.Home);
        TestServices second = otherProcess ? other : _kit;
        DateTimeOffset begun = second.Time.GetUtcNow();

        await SubmitAsync(moveClock: true, kit: second);

        Assert.Single(second.Output.Jobs);
        Assert.InRange((second.Time.GetUtcNow() - begun).TotalSeconds, 7, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_PauseIsLongerThanTheSlotTimeout_IsNotBrokenByTheNextRow(bool otherProcess)
    {
        _network.Answer(429, "{}", ("Retry-After", "2400")).Answer(200, Accepted);
        await SubmitAsync();
        Assert.Equal(ErrorCode.RateLimited, Assert.Single(_kit.Output.Errors).Code);
        using TestServices other = new(_network, home: _kit.Home);
        TestServices second = otherProcess ? other : _kit;
        second.Output.Clear();

        await SubmitAsync(kit: second);

        Assert.Single(_network.Requests);
        SeedanceException error = Assert.Single(second.Output.Errors);
        Assert.Equal(ErrorCode.RateLimited, error.Code);
        Assert.InRange(error.RetryAfter!.Value.TotalSeconds, 2390, 2402);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
        Assert.Empty(OpenRecords);

        second.Time.Advance(TimeSpan.FromSeconds(2402));
        await SubmitAsync(kit: second);
        Assert.Single(second.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_HostMeansNoSlotByA429_OtherSubmitsAreNotHeldBack()
    {
        AcmeAdapter adapter = new() { Provider = new AcmeAdapter().Provider with { TooManyRequestsMeansNoSlot = true } };
        _network.Answer(429, "{}", ("Retry-After", "60")).Answer(200, Accepted);
        await SubmitAsync(TestServices.Account(adapter), options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(1) });

        await SubmitAsync(TestServices.Account(adapter)); // The clock stands still.

        Assert.Single(_kit.Output.Jobs);
    }

    [Theory]
    [InlineData(400, ErrorCode.InvalidRequest)]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(402, ErrorCode.InsufficientCredits)]
    public async Task RunAsync_Rejected_IsOneErrorAndLeavesNoRecord(int status, ErrorCode code)
    {
        _network.Answer(status, """{"message":"no, acme-canary-key-0123456789 is wrong"}""");

        await SubmitAsync();

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(code, error.Code);
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain(TestServices.Key, error.ToString() + error.ResponseExcerpt, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_RefusedKeyWithABody_IsReadByItsStatus()
    {
        _network.Answer(401, """{"detail":"Not authenticated"}""");
        ProviderInfo provider = ProviderRegistry.Find("Muapi")!.Provider;
        Account account = new(ProviderRegistry.Find("Muapi")!, provider.BaseUri, "key-for-tests") { Concurrency = 5 };
        PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini" });

        await new SubmitVideo(_kit.Services).RunAsync(prepared, new SubmitOptions(), _kit.Output, Stop);

        Assert.Equal(ErrorCode.AuthenticationFailed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileTheAnswerIsOnItsWay_ReturnsAtOnceAndStillRecordsIt()
    {
        TaskCompletionSource received = new();
        TaskCompletionSource<HttpResponseMessage> answer = new();
        _network.Step((_, _) =>
        {
            received.SetResult();
            return answer.Task;
        });
        using CancellationTokenSource stop = new();
        Task submit = SubmitAsync(stop: stop.Token);
        await received.Task.WaitAsync(Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit.WaitAsync(TimeSpan.FromSeconds(10), Stop));
        string id = System.Text.Json.JsonDocument.Parse(Assert.Single(OpenRecords)).RootElement.GetProperty("id").GetString()!;
        answer.SetResult(ScriptedHandler.Response(200, Accepted));
        StoredJob? stored = null;
        await Outside.UntilAsync(async () =>
            (stored = await _kit.Services.Store.FindAsync(id, Stop))!.Job.State != JobStatus.Submitting);

        Assert.Equal(("task-1", JobStatus.Queued), (stored!.Job.ProviderJobId, stored.Job.State));
    }

    [Fact]
    public async Task RunAsync_StoppedBeforeTheBodyLeaves_SendsNothingAndLeavesNoRecord()
    {
        using CancellationTokenSource stop = new();
        BlockedHandler network = new();
        using TestServices kit = new(network);
        Task submit = new SubmitVideo(kit.Services)
            .RunAsync(PrepareSubmit.Run(TestServices.Account(), Request()), new SubmitOptions(), kit.Output, stop.Token);
        await network.Reached.Task.WaitAsync(Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit.WaitAsync(TimeSpan.FromSeconds(10), Stop));

        await network.Left.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await Outside.UntilAsync(() => kit.Rows.Count("job") == 0); // The record goes a moment after the command.

        Assert.False(network.BodyLeft);
    }

    [Fact]
    public async Task RunAsync_LocalFile_IsUploadedOnceForManyPrompts()
    {
        string picture = Path.Combine(_kit.Home, "a.png");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8], Stop);
        _network.Answer(200, """{"url":"https://cdn.acme.example/a.png"}""").Answer(200, Accepted).Answer(200, """{"id":"task-2"}""");
        VideoRequest request = Request() with { ReferenceImages = [picture] };

        await SubmitAsync(request: request);
        await SubmitAsync(request: request with { Prompt = "another" });

        Assert.Equal(2, _kit.Output.Jobs.Count);
        Assert.Equal(["/api/files", "/api/tasks", "/api/tasks"], _network.Requests.Select(sent => sent.Address.AbsolutePath));
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    [InlineData("""{"name":"a.png"}""")]
    public async Task RunAsync_AnswerToAnUploadIsUnreadable_NamesTheProviderAndSubmitsNothing(string answer)
    {
        string picture = Path.Combine(_kit.Home, "a.png");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8], Stop);
        _network.Answer(200, answer);

        await SubmitAsync(request: Request() with { ReferenceImages = [picture] });

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal((ErrorCode.ProtocolError, "Acme", 200), (error.Code, error.Provider, error.HttpStatus));
        Assert.Contains("Acme", error.Message, StringComparison.Ordinal);
        Assert.Contains("a.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was submitted or spent", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_DebugOutput_HoldsNoKey()
    {
        _network.Answer(200, "{\"id\":\"task-1\",\"echo\":\"" + TestServices.Key + "\"}");

        await SubmitAsync();

        Assert.NotEmpty(_kit.Output.Of("debug"));
        Assert.DoesNotContain(_kit.Output.Records, record => record.Item.ToString()!.Contains(TestServices.Key, StringComparison.Ordinal));
        Assert.Contains(TestServices.Key, _network.Requests[0].Headers, StringComparison.Ordinal);
    }

    private static VideoRequest Request() => new() { Prompt = "a fox in snow", Model = "seedance-acme" };

    private static Account Muapi(bool repeats)
    {
        IProviderAdapter adapter = ProviderRegistry.Find("Muapi")!;
        return new Account(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 5, RepeatsServerErrors = repeats };
    }

    private async Task SubmitAsync(
        Account? account = null, VideoRequest? request = null, SubmitOptions? options = null, bool moveClock = false,
        CancellationToken? stop = null, TestServices? kit = null)
    {
        kit ??= _kit;
        PreparedSubmit prepared = PrepareSubmit.Run(account ?? TestServices.Account(), request ?? Request());
        Task run = new SubmitVideo(kit.Services).RunAsync(prepared, options ?? new SubmitOptions(), kit.Output, stop ?? Stop);
        await (moveClock ? kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(20)) : run); // Never to the deadline of a request.
    }

    /// <summary>A connection that is never made and never gives up by itself.</summary>
    private sealed class BlockedHandler : HttpMessageHandler
    {
        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Left { get; } = new();

        public bool BodyLeft { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Reached.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                BodyLeft = true;
                return ScriptedHandler.Response(200, Accepted);
            }
            finally
            {
                Left.SetResult();
            }
        }
    }
}
