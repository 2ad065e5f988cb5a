using Seedance.Providers;
using Seedance.Providers.ModelsLab;
using Seedance.Transport;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.ModelsLab;

public sealed class ModelsLabAnswerTests
{
    private static readonly ModelsLabAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "881234", WireModel = "seedance-t2v" };

    [Theory]
    [InlineData("submit-processing", "881234")]
    [InlineData("submit-without-id", "881234")]
    [InlineData("submit-success", "881234")]
    [InlineData("submit-seed-dialect", "task_77")]
    public void ReadSubmit_NumberTextOrFetchAddress_IsTheIdAsText(string transcript, string id)
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript("modelslab", transcript));

        Assert.Equal(id, reading.ProviderJobId);
        Assert.Null(reading.Error);
    }

    [Fact]
    public void ReadSubmit_Processing_TakesNoFutureLinkForAResult()
    {
        JobUpdate update = s_host.ReadSubmit(Transcript("modelslab", "submit-processing")).Update!;

        Assert.Equal(JobStatus.Running, update.Status);
        Assert.Empty(update.Outputs);
        Assert.Null(update.Cost);
    }

    [Fact]
    [Trait("Sheet", "modelslab §5")]
    public void ReadSubmit_ImmediateSuccess_HasTheResultWithAndWithoutAnId()
    {
        SubmitReading with = s_host.ReadSubmit(Transcript("modelslab", "submit-success"));
        SubmitReading without = s_host.ReadSubmit(Transcript("modelslab", "submit-success-without-id"));

        Assert.Equal("https://cdn.ex.org/x.mp4", Assert.Single(with.Update!.Outputs).Url!.AbsoluteUri);
        Assert.Null(without.ProviderJobId);
        Assert.Equal("https://cdn.ex.org/x.mp4", Assert.Single(without.Update!.Outputs).Url!.AbsoluteUri);
        Assert.Equal(SubmitOutcome.Accepted, SubmitClassifier.OfAnswer(200, without));
    }

    [Theory]
    [InlineData("error-rate", ErrorCode.RateLimited)]
    [InlineData("error-field", ErrorCode.InvalidRequest)]
    [InlineData("error-key", ErrorCode.AuthenticationFailed)]
    [Trait("Sheet", "modelslab §7")]
    public void ReadSubmit_ErrorInA200_IsAFault(string transcript, ErrorCode code) =>
        Assert.Equal(code, s_host.ReadSubmit(Transcript("modelslab", transcript)).Error!.Code);

    [Theory]
    [InlineData("Your wallet has insufficient balance", SubmitOutcome.Rejected)]
    [InlineData("Your credit limit exceeded", SubmitOutcome.Rejected)]
    [InlineData("NSFW content detected", SubmitOutcome.Rejected)]
    [InlineData("Model not found", SubmitOutcome.Rejected)]
    [InlineData("You have too many requests in your queue", SubmitOutcome.Throttled)]
    [InlineData("Something went wrong, try again", SubmitOutcome.Ambiguous)]
    [InlineData("Internal Server Error", SubmitOutcome.Ambiguous)]
    internal void ReadSubmit_WordsOfAnError_DecideWhetherItMayBeSentAgain(string text, SubmitOutcome outcome) =>
        Assert.Equal(
            outcome, SubmitClassifier.OfAnswer(200, s_host.ReadSubmit(Answer(200, $$"""{"status":"error","message":"{{text}}"}"""))));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"processing","output":[]}""")]
    [InlineData("""{"status":"success","output":[],"future_links":["https://cdn.ex.org/x.mp4"]}""")]
    [InlineData("""{"message":"accepted"}""")]
    public void ReadSubmit_NeitherIdNorResultNorRefusal_ProvesNothing(string body)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, body));

        Assert.True(reading is { ProviderJobId: null, Error: null, Update: null });
    }

    [Theory]
    [InlineData("processing", JobStatus.Running)]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("success", JobStatus.Succeeded)]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("error", JobStatus.Failed)]
    [InlineData("generation_failed", JobStatus.Failed)]
    [InlineData("COMPLETED", JobStatus.Succeeded)]
    [InlineData("Processing", JobStatus.Running)]
    [InlineData("warming_up", null)]
    public void ReadPoll_StatusWord_IsReadInAnyCase(string word, JobStatus? status) =>
        Assert.Equal(status, s_host.ReadPoll(s_job, Answer(200, $$"""{"status":"{{word}}","id":881234}""")).Update!.Status);

    [Fact]
    public void ReadPoll_Success_HasVideoSizeAndSeed()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript("modelslab", "fetch-success")).Update!;

        JobOutput output = Assert.Single(update.Outputs);
        Assert.Equal(("https://cdn.ex.org/x.mp4", 1280, 720, 7L), (output.Url!.AbsoluteUri, output.Width, output.Height, update.Seed));
        Assert.Null(update.Cost);
    }

    [Theory]
    [InlineData("fetch-proxy", "https://proxy.ex.org/x.mp4")]
    [InlineData("fetch-future-only", null)]
    [InlineData("fetch-processing", null)]
    public void ReadPoll_Links_ProxiesCountAndFutureOnesDoNot(string transcript, string? address) =>
        Assert.Equal(
            address, s_host.ReadPoll(s_job, Transcript("modelslab", transcript)).Update!.Outputs.SingleOrDefault()?.Url!.AbsoluteUri);

    [Fact]
    public void ReadPoll_Failed_SaysWhy()
    {
        JobError error = s_host.ReadPoll(s_job, Transcript("modelslab", "fetch-failed")).Update!.Error!;

        Assert.Equal(("ContentRejected", "The prompt was flagged as NSFW"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"status":"error","message":"Rate limit exceeded","retry_after":30}""", ErrorCode.RateLimited)]
    [InlineData("""{"status":"error","message":"Invalid API Key"}""", ErrorCode.AuthenticationFailed)]
    [InlineData("""{"status":"error","messege":"Request not found"}""", ErrorCode.JobNotFound)]
    [InlineData("""{"status":"error","message":"Server error, please try again"}""", ErrorCode.ProviderUnavailable)]
    public void ReadPoll_ErrorAboutTheQuestion_IsNoEndOfTheJob(string body, ErrorCode code)
    {
        PollReading reading = s_host.ReadPoll(s_job, Answer(200, body));

        Assert.Null(reading.Update);
        Assert.Equal(code, reading.Error!.Code);
    }

    [Fact]
    public void ReadPoll_RateLimitInTheBody_SaysHowLong() =>
        Assert.Equal(TimeSpan.FromSeconds(30), s_host.ReadPoll(s_job, Transcript("modelslab", "error-rate")).Error!.RetryAfter);

    [Fact]
    public void BuildPoll_FetchAddress_IsAskedAtTheAccountsOwnBase()
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript("modelslab", "submit-processing"));

        WireRequest message = s_host.Sign(s_host.BuildPoll(s_job with { Notes = reading.Notes! }), "KEY");

        Assert.Equal((HttpMethod.Post, "v7/video-fusion/fetch/881234", null), (message.Method, message.Route, message.Address));
        SameJson("""{"key":"KEY"}""", message.Json);
    }

    [Theory]
    [InlineData("https://evil.ex.org/collect/881234")]
    [InlineData("not an address")]
    public void ReadSubmit_FetchAddressOfNoVersion_IsNotFollowed(string address)
    {
        SubmitReading reading = s_host.ReadSubmit(Answer(200, $$"""{"status":"processing","id":5,"fetch_result":"{{address}}"}"""));

        Assert.Null(reading.Notes);
    }

    [Fact]
    [Trait("Sheet", "modelslab §10.1")]
    public void AskElsewhere_NotFound_GoesThroughThePlacesAndRemembersOne()
    {
        Assert.Equal("v7/video-fusion/fetch/881234", s_host.BuildPoll(s_job).Route);
        PollReading seed = s_host.AskElsewhere(s_job, 1)!;
        Assert.Equal("v6/video/seedance/fetch", seed.FollowUp!.Route);
        SameJson("""{"task_id":"881234"}""", seed.FollowUp.Json);
        Assert.Equal("v6/video/fetch/881234", s_host.AskElsewhere(s_job, 2)!.FollowUp!.Route);
        Assert.Null(s_host.AskElsewhere(s_job, 3));

        WireRequest remembered = s_host.BuildPoll(s_job with { Notes = seed.Notes! });
        Assert.Equal("v6/video/seedance/fetch", remembered.Route);
        SameJson("""{"task_id":"881234"}""", remembered.Json);
    }

    [Theory]
    [InlineData(400, """{"status":"error","message":"The prompt field is required."}""", ErrorCode.InvalidRequest)]
    [InlineData(401, """{"status":"error","message":"Invalid API Key"}""", ErrorCode.AuthenticationFailed)]
    [InlineData(402, """{"status":"error","message":"No credits"}""", ErrorCode.InsufficientCredits)]
    [InlineData(403, """{"status":"error","message":"Your plan lacks this"}""", ErrorCode.AccessDenied)]
    [InlineData(404, """{"status":"error","message":"Not found"}""", ErrorCode.JobNotFound)]
    [InlineData(429, """{"status":"error","message":"Queue full","retry_after":30}""", ErrorCode.RateLimited)]
    [InlineData(500, "<html>", ErrorCode.ProviderUnavailable)]
    [InlineData(503, "", ErrorCode.ProviderUnavailable)]
    public void ReadError_EveryRowOfTheSheet_HasItsCode(int status, string body, ErrorCode code)
    {
        WireError error = s_host.ReadError(Answer(status, body));

        Assert.Equal(code, error.Code);
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, error.RetryAfter);
    }

    [Fact]
    public void ReadCredits_Wallet_IsOnePool()
    {
        Assert.Equal([new CreditPool("wallet", 12.5m, "USD")], s_host.ReadCredits(Transcript("modelslab", "wallet")));
        Assert.Equal((HttpMethod.Post, "wallet_balance"), (s_host.BuildCredits().Method, s_host.BuildCredits().Route));
        Assert.Empty(s_host.ReadCredits(Transcript("modelslab", "error-key")));
    }

    [Fact]
    [Trait("Sheet", "modelslab §10.6")]
    public void ReadList_Page_NamesJobsAndTheNextPage()
    {
        ListReading list = s_host.ReadList(new ListQuery(), Transcript("modelslab", "assets"));

        Assert.Equal(["881234", "881200"], list.Jobs.Select(job => job.Id));
        Assert.Equal(JobStatus.Succeeded, list.Jobs[0].Update.Status);
        Assert.Null(list.Jobs[1].Update.Status);
        Assert.Equal("2", list.NextCursor);
        SameJson("""{"type":"video","per_page":30,"page":2}""", s_host.BuildList(new ListQuery { Cursor = "2" }).Json);
        Assert.Null(s_host.ReadList(
            new ListQuery(), Answer(200, """{"data":[],"pagination":{"current_page":3,"last_page":3}}""")).NextCursor);
    }

    [Theory]
    [InlineData("webhook-success")]
    [InlineData("webhook-failed")]
    [Trait("Sheet", "modelslab §6")]
    public void ReadCallback_Body_NamesTheJob(string transcript)
    {
        WireNode body = Transcript("modelslab", transcript).Body;

        Assert.Equal("881234", s_host.ReadCallbackId(body));
    }

    [Fact]
    public void ReadCallbackId_OtherBody_IsNotThisHosts() =>
        Assert.Null(s_host.ReadCallbackId(Answer(200, """{"id":5,"state":"x"}""").Body));

    [Fact]
    public void ReadUpload_Address_IsFoundWhereverItMayBe()
    {
        Assert.Equal("https://cdn.ex.org/u.mp4", s_host.ReadUpload(Transcript("modelslab", "upload"))!.AbsoluteUri);
        Assert.Equal("https://cdn.ex.org/u.mp4",
            s_host.ReadUpload(Answer(200, """{"status":"success","output":"https://cdn.ex.org/u.mp4"}"""))!.AbsoluteUri);
        Assert.Null(s_host.ReadUpload(Transcript("modelslab", "error-key")));
    }

    [Fact]
    [Trait("Sheet", "modelslab §8")]
    public void Provider_Facts_AreThoseOfTheSheet()
    {
        Assert.Equal(("https://modelslab.com/api", 5, true),
            (s_host.Provider.BaseUri.AbsoluteUri, s_host.Provider.Concurrency, s_host.Provider.TooManyRequestsMeansNoSlot));
        Assert.False(s_host.Provider.ServerErrorWithoutIdCreatesNothing);
        Assert.False((IProviderAdapter)s_host is ICancelsJobs or IEstimatesCost);
    }

    [Fact]
    public void AskElsewhere_OtherNotes_AreKept() =>
        Assert.Equal("b", s_host.AskElsewhere(s_job with { Notes = new Dictionary<string, string> { ["a"] = "b" } }, 1)!.Notes!["a"]);
}
