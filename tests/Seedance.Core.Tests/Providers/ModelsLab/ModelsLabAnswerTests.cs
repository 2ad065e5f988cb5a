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

    [Fact]
    public void BuildPoll_FetchAddress_IsAskedAtTheAccountsOwnBase()
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript("modelslab", "submit-processing"));

        WireRequest message = s_host.Sign(s_host.BuildPoll(s_job with { Notes = reading.Notes! }), "KEY");

        Assert.Equal((HttpMethod.Post, "v7/video-fusion/fetch/881234", null), (message.Method, message.Route, message.Address));
        SameJson("""{"key":"KEY"}""", message.Json);
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

    [Fact]
    public void BuildCredits_Wallet_IsAPost()
    {
        Assert.Equal((HttpMethod.Post, "wallet_balance"), (s_host.BuildCredits().Method, s_host.BuildCredits().Route));
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
