using Seedance.Providers;
using Seedance.Providers.Wireflow;
using Seedance.Transport;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Wireflow;

public sealed class WireflowAnswerTests
{
    private static readonly WireflowAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "exec_1", WireModel = "wf_1" };

    [Theory]
    [InlineData("submit", 200)]
    [InlineData("submit-data", 202)]
    [InlineData("submit-runs", 201)]
    [Trait("Sheet", "wireflow §4")]
    public void ReadSubmit_AnyOfTheBodies_HasTheId(string transcript, int status)
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript("wireflow", transcript, status));

        Assert.Equal("exec_1", reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("/api/v1/workflows/executions/exec_1")]
    [InlineData("https://www.wireflow.ai/api/v1/executions/exec_1")]
    [InlineData("https://www.wireflow.ai/api/v1/workflows/executions/exec_1/?x=1")]
    public void ReadSubmit_IdInTheLocationAlone_IsFound(string location)
    {
        Assert.Equal("exec_1", s_host.ReadSubmit(Answer(201, """{"status":"QUEUED"}""", ("Location", location))).ProviderJobId);
        Assert.Equal("exec_1", s_host.ReadSubmit(Answer(201, string.Empty, ("Location", location))).ProviderJobId);
    }

    [Theory]
    [InlineData(308, "https://www.wireflow.ai/api/v1/workflows/wf_1/execute")]
    [InlineData(301, "https://www.wireflow.ai/api/v1/workflows/executions/exec_1")]
    [InlineData(201, "https://www.wireflow.ai/api/v1/workflows/wf_1")]
    [InlineData(201, "::")]
    public void ReadSubmit_LocationOfSomethingElse_IsNoId(int status, string location)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(status, "{}", ("Location", location)));

        Assert.Null(reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Fact]
    public void ReadSubmit_SeveralRuns_KeepsTheOthersInTheNotes() =>
        Assert.Equal("exec_1,exec_2", s_host.ReadSubmit(Transcript("wireflow", "submit-runs", 201)).Notes!["runs"]);

    [Theory]
    [InlineData("""{"error":"Workflow is not published"}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"error":{"type":"t","code":"c","message":"Insufficient credits"}}""", ErrorCode.InsufficientCredits)]
    public void ReadSubmit_ErrorInA200_IsAFault(string body, ErrorCode code) =>
        Assert.Equal(code, s_host.ReadSubmit(Answer(200, body)).Error!.Code);

    [Fact]
    public void ReadSubmit_NeitherIdNorError_ProvesNothing()
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(202, """{"status":"queued","message":"ok"}"""));

        Assert.True(reading is { ProviderJobId: null, Error: null });
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<SeedanceException>(() => s_host.ReadSubmit(Answer(200, "<html>"))).Code);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    [Trait("Sheet", "wireflow §1")]
    public void Submit_Redirect_IsRejectedWithAClearWord(int status)
    {
        WireResponse response = Answer(
            status, string.Empty, ("Location", "https://www.wireflow.ai/api/v1/workflows/wf_1/execute?token=secret"));

        WireError error = s_host.ReadError(response);

        Assert.Equal(SubmitOutcome.Rejected, SubmitClassifier.OfAnswer(status, null));
        Assert.Contains("it redirects to https://www.wireflow.ai/api/v1/workflows/wf_1/execute,", error.Message, StringComparison.Ordinal);
        Assert.Contains("which is not followed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QUEUED", JobStatus.Queued)]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("PENDING", JobStatus.Queued)]
    [InlineData("RUNNING", JobStatus.Running)]
    [InlineData("COMPLETED", JobStatus.Succeeded)]
    [InlineData("completed", JobStatus.Succeeded)]
    [InlineData("FAILED", JobStatus.Failed)]
    [InlineData("CANCELLED", JobStatus.Cancelled)]
    [InlineData("PAUSED", null)]
    public void ReadPoll_StatusWord_IsReadInAnyCaseAndForm(string word, JobStatus? status)
    {
        Assert.Equal(status, s_host.ReadPoll(s_job, Answer(200, $$"""{"status":"{{word}}"}""")).Update!.Status);
        Assert.Equal(status, s_host.ReadPoll(s_job, Answer(200, $$$"""{"data":{"status":"{{{word}}}","error":null}}""")).Update!.Status);
    }

    [Theory]
    [InlineData("poll-completed", "https://assets.ex.org/a.mp4")]
    [InlineData("poll-completed-graph", "https://assets.ex.org/b.mp4")]
    [InlineData("poll-form-completed", "https://cdn.ex.org/a.mp4")]
    [InlineData("poll-form-states", "https://cdn.ex.org/a.mp4")]
    [Trait("Sheet", "wireflow §5")]
    public void ReadPoll_Completed_TakesTheVideoOfTheLastCompletedNode(string transcript, string video)
    {
        IReadOnlyList<JobOutput> outputs = s_host.ReadPoll(s_job, Transcript("wireflow", transcript)).Update!.Outputs;

        Assert.Equal((video, "Video"), (outputs[0].Url!.AbsoluteUri, outputs[0].Kind));
        Assert.All(outputs.Skip(1), output => Assert.Equal("Other", output.Kind));
        Assert.DoesNotContain(outputs, output => output.Url!.AbsolutePath == "/never.mp4");
    }

    [Fact]
    public void ReadPoll_FinalOutputThatIsAPicture_IsNotTheVideo()
    {
        const string Body =
            """{"data":{"status":"COMPLETED","finalOutput":{"url":"https://e.org/t.png"},"nodeStates":[{"nodeId":"n","status":"COMPLETED","outputUrl":"https://e.org/v.mp4"}]}}""";

        JobOutput[] outputs = [.. s_host.ReadPoll(s_job, Answer(200, Body)).Update!.Outputs];

        Assert.Equal(["https://e.org/v.mp4", "https://e.org/t.png"], outputs.Select(output => output.Url!.AbsoluteUri));
    }

    [Theory]
    [InlineData(
        """{"status":"COMPLETED","nodes":[{"nodeId":"n","status":"COMPLETED","output":{"image_url":"https://e.org/t.png"}}]}""", "Other")]
    [InlineData(
        """{"status":"COMPLETED","nodes":[{"nodeId":"n","status":"COMPLETED","output":{"video_url":"https://e.org/v"}}]}""", "Video")]
    public void ReadPoll_NoVideoType_IsAVideoOnlyWhereNothingSaysOtherwise(string body, string kind) =>
        Assert.Equal(kind, Assert.Single(s_host.ReadPoll(s_job, Answer(200, body)).Update!.Outputs).Kind);

    [Fact]
    [Trait("Sheet", "wireflow §10.5")]
    public void ReadPoll_Cost_IsTheTotalWithItsNodesInAUnitThatNobodyNames()
    {
        SeedanceCost cost = s_host.ReadPoll(s_job, Transcript("wireflow", "poll-completed-graph")).Update!.Cost!;

        Assert.Equal((0.56m, false), (cost.Amount, cost.IsEstimate));
        Assert.DoesNotContain(cost.Unit, new[] { "USD", "credits" });
        Assert.Contains("An estimate is in credits", Assert.Single(s_host.Models).Model.Notes, StringComparison.Ordinal);
        Assert.Contains("'" + cost.Unit + "'", s_host.Models[0].Model.Notes, StringComparison.Ordinal);
        Assert.Contains("seedance 0.42, upscale 0.10", cost.Source, StringComparison.Ordinal);
        Assert.Null(s_host.ReadPoll(s_job, Transcript("wireflow", "poll-form-completed")).Update!.Cost);
        Assert.Equal(0.3m,
            s_host.ReadPoll(s_job,
            Answer(200, """{"status":"RUNNING","nodes":[{"nodeId":"a","cost":0.1},{"nodeId":"b","cost":0.2}]}""")).Update!.Cost!.Amount);
    }

    [Theory]
    [InlineData("poll-failed", "JobFailed", "seedance: The image could not be loaded")]
    [InlineData("poll-form-failed", "ContentRejected", "Blocked by the safety policy")]
    public void ReadPoll_Failed_SaysWhy(string transcript, string code, string text)
    {
        JobError error = s_host.ReadPoll(s_job, Transcript("wireflow", transcript)).Update!.Error!;

        Assert.Equal((code, text), (error.Code, error.Message));
    }

    [Fact]
    [Trait("Sheet", "wireflow §10.2")]
    public void AskElsewhere_NotFound_GoesThroughTheThreePlacesAndRemembersOne()
    {
        Assert.Equal("executions/exec_1", s_host.BuildPoll(s_job).Route);
        PollReading second = s_host.AskElsewhere(s_job, 1)!;
        Assert.Equal("workflows/executions/exec_1/poll", second.FollowUp!.Route);
        Assert.Equal("workflows/executions/exec_1", s_host.AskElsewhere(s_job, 2)!.FollowUp!.Route);
        Assert.Null(s_host.AskElsewhere(s_job, 3));

        ProviderJob known = s_job with { Notes = second.Notes! };
        Assert.Equal("workflows/executions/exec_1/poll", s_host.BuildPoll(known).Route);
        Assert.Equal("executions/exec_1", s_host.AskElsewhere(known, 1)!.FollowUp!.Route);
    }

    [Fact]
    public void AskElsewhere_OtherNotes_AreKept() =>
        Assert.Equal("exec_1,exec_2",
            s_host.AskElsewhere(s_job with { Notes = new Dictionary<string, string> { ["runs"] = "exec_1,exec_2" } }, 1)!.Notes!["runs"]);

    [Theory]
    [InlineData(400, """{"error":"bad"}""", ErrorCode.InvalidRequest, "bad")]
    [InlineData(403, """{"error":"scope missing"}""", ErrorCode.AccessDenied, "scope missing")]
    [InlineData(404, """{"error":"Execution not found"}""", ErrorCode.JobNotFound, "Execution not found")]
    [InlineData(409, """{"error":"stale graph"}""", ErrorCode.InvalidRequest, "stale graph")]
    [InlineData(413, """{"error":"too big"}""", ErrorCode.InvalidRequest, "too big")]
    [InlineData(
        422, """{"error":{"type":"t","code":"graph_invalid","message":"invalid graph"}}""", ErrorCode.InvalidRequest, "invalid graph")]
    [InlineData(500, "", ErrorCode.ProviderUnavailable, null)]
    public void ReadError_EveryRowOfTheSheet_HasItsCodeAndText(int status, string body, ErrorCode code, string? text)
    {
        WireError error = s_host.ReadError(Answer(status, body));

        Assert.Equal((code, text), (error.Code, error.Message));
    }

    [Fact]
    public void ReadError_KeyAndCredits_SayWhatTheHostSays()
    {
        WireError key = s_host.ReadError(Transcript("wireflow", "fault-401", 401));
        WireError credits = s_host.ReadError(Transcript("wireflow", "fault-402", 402));

        Assert.Equal((ErrorCode.AuthenticationFailed, "invalid_api_key"), (key.Code, key.ProviderCode));
        Assert.Equal((ErrorCode.InsufficientCredits, "Insufficient credits (42 needed, 7 available)"), (credits.Code, credits.Message));
    }

    [Fact]
    [Trait("Sheet", "wireflow §7")]
    public void ReadError_TooManyRequests_TrustsTheHeaderAndNotTheEpochOfTheBody()
    {
        string body = """{"error":"Rate limit exceeded","retryAfter":1781600000}""";

        Assert.Equal(TimeSpan.FromSeconds(12), s_host.ReadError(Answer(429, body, ("Retry-After", "12"))).RetryAfter);
        Assert.Null(s_host.ReadError(Answer(429, body)).RetryAfter);
    }

    [Fact]
    public void ReadEstimate_CompleteAlone_IsAPrice()
    {
        SeedanceCost cost = s_host.ReadEstimate(Transcript("wireflow", "estimate"))!;

        Assert.Equal((42m, "credits", true), (cost.Amount, cost.Unit, cost.IsEstimate));
        Assert.Null(s_host.ReadEstimate(Transcript("wireflow", "estimate-incomplete")));
        Assert.Null(s_host.ReadEstimate(Answer(200, "{}")));
    }

    [Fact]
    public void ReadUpload_Address_IsFound() =>
        Assert.Equal("https://cdn.ex.org/u.png", s_host.ReadUpload(Transcript("wireflow", "upload"))!.AbsoluteUri);

    [Fact]
    [Trait("Sheet", "wireflow §10.3 §10.4")]
    public void Adapter_WithoutADocumentedBalance_DoesNotPretendToHaveOne() => 
        Assert.False((IProviderAdapter)s_host is IReportsCredits or ICancelsJobs or IListsJobs or IReadsCallbacks);

    /// <summary>
    /// The plan of least has 10 requests a minute in one document, the skill 60 to 300: whoever polls at the lowest figure is right under
    /// each.
    /// </summary>
    [Fact]
    [Trait("Sheet", "wireflow §10.4")]
    public void Provider_PollFloor_KeepsToTheLowestOfTheRateFigures() =>
        Assert.True(TimeSpan.FromMinutes(1).Ticks / s_host.Provider.PollFloor.Ticks <= 10, "polls would exceed 10 requests a minute");

    [Fact]
    [Trait("Sheet", "wireflow §10.6")]
    public void Models_OnlyRow_ClaimsNoSeedanceVersion()
    {
        SeedanceModel row = Assert.Single(s_host.Models).Model;

        Assert.Equal("workflow", row.Name);
        Assert.Contains("its graph decides about the model", row.Notes, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Sheet", "wireflow §8")]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal("https://www.wireflow.ai/api/v1", s_host.Provider.BaseUri.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(6), s_host.Provider.PollFloor);
        Assert.StartsWith("Mozilla/5.0", s_host.Provider.MediaUserAgent, StringComparison.Ordinal);
    }
}
