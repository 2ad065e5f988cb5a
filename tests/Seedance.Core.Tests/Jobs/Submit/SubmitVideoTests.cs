using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class SubmitVideoTests : SubmitSuite
{
    [Fact]
    public async Task RunAsync_BeforeTheRequestLeaves_TheRecordIsOnDisk()
    {
        string? seen = null;
        Network.Step((_, _) =>
        {
            seen = Assert.Single(OpenRecords);
            return Task.FromResult(ScriptedHandler.Response(201, Accepted));
        });

        await SubmitAsync();

        Assert.Contains("\"status\":\"Submitting\"", seen, StringComparison.Ordinal);
        SeedanceJob job = Assert.Single(Kit.Output.Jobs);
        Assert.Equal(("task-1", JobStatus.Queued, "acme-1", "seedance-acme"), (job.ProviderJobId, job.State, job.WireModel, job.Model));
        Assert.Equal("task-1", (await Kit.Services.Store.FindAsync(job.Id, Stop))!.Job.ProviderJobId);
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
            .Record(new SubmitOptions(), Kit.Time.GetUtcNow());

        Assert.Equal(mode, record.Job.StartsFrom);
    }

    [Fact]
    public async Task RunAsync_NotSentTwice_IsAcceptedOnTheThirdTry()
    {
        Network.RefuseConnection().RefuseConnection().Answer(200, Accepted);

        await SubmitAsync(moveClock: true);

        Assert.Single(Kit.Output.Jobs);
        Assert.Single(Network.Requests);
    }

    [Fact]
    public async Task RunAsync_NeverSent_IsOneErrorAndLeavesNoRecord()
    {
        Network.RefuseConnection().RefuseConnection().RefuseConnection();

        await SubmitAsync(moveClock: true);

        Assert.Equal(ErrorCode.ProviderUnavailable, Assert.Single(Kit.Output.Errors).Code);
        Assert.Empty(Network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task RunAsync_LongId_IsOneUpToTheBound(int length, bool usable)
    {
        Network.Answer(201, "{\"id\":\"" + new string('x', length) + "\"}");

        await SubmitAsync();

        Assert.Equal(usable ? 1 : 0, Kit.Output.Jobs.Count);
        Assert.Equal(usable ? [] : [ErrorCode.SubmitUnconfirmed], Kit.Output.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task RunAsync_StoppedWhileTheAnswerIsOnItsWay_ReturnsAtOnceAndStillRecordsIt()
    {
        TaskCompletionSource received = new();
        TaskCompletionSource<HttpResponseMessage> answer = new();
        Network.Step((_, _) =>
        {
            received.SetResult();
            return answer.Task;
        });
        using CancellationTokenSource stop = new();
        Task submit = SubmitAsync(stop: stop.Token);
        await received.Task.WaitAsync(Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(submit));
        string id = System.Text.Json.JsonDocument.Parse(Assert.Single(OpenRecords)).RootElement.GetProperty("id").GetString()!;
        answer.SetResult(ScriptedHandler.Response(200, Accepted));
        StoredJob? stored = null;
        await Outside.UntilAsync(async () =>
            (stored = await Kit.Services.Store.FindAsync(id, Stop))!.Job.State != JobStatus.Submitting);

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
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(submit));

        await Pulse.WaitAsync(network.Left.Task);
        await Outside.UntilAsync(() => kit.Rows.Count("job") == 0); // The record goes a moment after the command.

        Assert.False(network.BodyLeft);
    }

    [Fact]
    public async Task RunAsync_LocalFile_IsUploadedOnceForManyPrompts()
    {
        string picture = Path.Combine(Kit.Home, "a.png");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8], Stop);
        Network.Answer(200, """{"url":"https://cdn.acme.example/a.png"}""").Answer(200, Accepted).Answer(200, """{"id":"task-2"}""");
        VideoRequest request = Request() with { ReferenceImages = [picture] };

        await SubmitAsync(request: request);
        await SubmitAsync(request: request with { Prompt = "another" });

        Assert.Equal(2, Kit.Output.Jobs.Count);
        Assert.Equal(["/api/files", "/api/tasks", "/api/tasks"], Network.Requests.Select(sent => sent.Address.AbsolutePath));
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    [InlineData("""{"name":"a.png"}""")]
    public async Task RunAsync_AnswerToAnUploadIsUnreadable_NamesTheProviderAndSubmitsNothing(string answer)
    {
        string picture = Path.Combine(Kit.Home, "a.png");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8], Stop);
        Network.Answer(200, answer);

        await SubmitAsync(request: Request() with { ReferenceImages = [picture] });

        SeedanceException error = Assert.Single(Kit.Output.Errors);
        Assert.Equal((ErrorCode.ProtocolError, "Acme", 200), (error.Code, error.Provider, error.HttpStatus));
        Assert.Contains("Acme", error.Message, StringComparison.Ordinal);
        Assert.Contains("a.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was submitted or spent", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Network.Requests);
        Assert.Empty(OpenRecords);
    }

    [Fact]
    public async Task RunAsync_DebugOutput_HoldsNoKey()
    {
        Network.Answer(200, "{\"id\":\"task-1\",\"echo\":\"" + TestServices.Key + "\"}");

        await SubmitAsync();

        Assert.NotEmpty(Kit.Output.Of("debug"));
        Assert.DoesNotContain(Kit.Output.Records, record => record.Item.ToString()!.Contains(TestServices.Key, StringComparison.Ordinal));
        Assert.Contains(TestServices.Key, Network.Requests[0].Headers, StringComparison.Ordinal);
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
