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
