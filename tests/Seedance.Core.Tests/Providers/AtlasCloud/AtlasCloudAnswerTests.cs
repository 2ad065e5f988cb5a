using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.AtlasCloud;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.AtlasCloud;

public sealed class AtlasCloudAnswerTests
{
    private const string Host = "atlascloud";
    private static readonly AtlasCloudAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "p_1", WireModel = "bytedance/seedance-2.0/text-to-video" };

    [Theory]
    [InlineData("submit", JobStatus.Running, "model/prediction/p_1")]
    [InlineData("submit-bare", JobStatus.Queued, "model/result/p_1")]
    [InlineData("submit-prediction-id", null, "model/prediction/p_1")]
    [Trait("Sheet", "atlascloud §8.1 §8.2")]
    public void ReadSubmit_EnvelopeOrNot_HasTheIdAndTheSpellingOfThePoll(string transcript, JobStatus? status, string route)
    {
        SubmitReading reading = s_host.ReadSubmit(Transcript(Host, transcript));

        Assert.Equal(("p_1", status), (reading.ProviderJobId, reading.Update?.Status));
        Assert.Equal(route, s_host.BuildPoll(s_job with { Notes = reading.Notes ?? s_job.Notes }).Route);
    }

    [Theory]
    [InlineData("bytedance/seedance-v1.5-pro/text-to-video", "model/result/a%2Fb")]
    [InlineData("bytedance/seedance-2.5/text-to-video", "model/prediction/a%2Fb")]
    [InlineData("bytedance/seedance-v1-pro-t2v-480p", "model/prediction/a%2Fb")]
    public void BuildPoll_WithoutNotes_GoesByTheModel(string wireModel, string route) =>
        Assert.Equal(route, s_host.BuildPoll(new ProviderJob { Id = "a/b", WireModel = wireModel }).Route);

    [Fact]
    public void ReadList_History_TellsJobsApartByTheirSubmits()
    {
        ListReading reading = s_host.ReadList(new ListQuery(), Transcript(Host, "history"));

        Assert.Equal(["p_2", "p_1"], reading.Jobs.Select(job => job.Id));
        Assert.Equal("2", reading.NextCursor);
        Assert.Equal(("a kite", "bytedance/seedance-2.0/text-to-video"), (reading.Jobs[0].Prompt, reading.Jobs[0].WireModel));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), reading.Jobs[0].CreatedAt);
        Assert.Equal((JobStatus.Succeeded, 0.35m), (reading.Jobs[0].Update.Status!.Value, reading.Jobs[0].Update.Cost!.Amount));
        Assert.Equal((JobStatus.Queued, null), (reading.Jobs[1].Update.Status!.Value, reading.Jobs[1].Prompt));
        Assert.Null(s_host.ReadList(new ListQuery { Cursor = "2" }, Transcript(Host, "history")).NextCursor);
        Assert.Equal("model/history?no=2&size=50", s_host.BuildList(new ListQuery { Cursor = "2" }).Route);
    }

    [Fact]
    public void ReadPoll_Completed_HasVideoTokensAndTimeButNoSeed()
    {
        JobUpdate update = s_host.ReadPoll(s_job, Transcript(Host, "poll-completed")).Update!;

        Assert.Equal("https://cdn.ex.org/v.mp4", Assert.Single(update.Outputs).Url!.AbsoluteUri);
        Assert.Equal((108900m, "tokens", false), (update.Cost!.Amount, update.Cost.Unit, update.Cost.IsEstimate));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 1, 10, TimeSpan.Zero), update.CompletedAt);
        Assert.Null(update.Seed);
        Assert.Null(update.Error);
    }

    [Theory]
    [InlineData("upload")]
    [InlineData("upload-page")]
    public void Upload_EitherForm_HasTheAddress(string transcript)
    {
        WireRequest upload = s_host.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal(("model/uploadMedia", "file"), (upload.Route, upload.File!.Field));
        Assert.Equal("https://cdn.ex.org/u.png", s_host.ReadUpload(Transcript(Host, transcript))!.AbsoluteUri);
        Assert.Equal((30L << 20, 200L << 20, 15L << 20),
            (s_host.UploadLimit(MediaType.Image), s_host.UploadLimit(MediaType.Video), s_host.UploadLimit(MediaType.Audio)));
    }
}
