using System.Text.Json;
using Seedance.Core.Tests.Jobs.Save;
using Seedance.Jobs.Label;
using Seedance.Jobs.Query;

namespace Seedance.Core.Tests.Jobs.Label;

public sealed class LabelJobsTests : IDisposable
{
    private readonly SaveBatchScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_RatingAlone_LeavesTheTagAndReachesRecordAndSidecar()
    {
        SeedanceJob job = await _scene.AddAsync();
        await LabelAsync(job.Id, new JobLabels { SetsTag = true, Tag = "shot-04" });
        await _scene.SaveAsync([job]);

        await LabelAsync(job.Id, new JobLabels { SetsRating = true, Rating = 0 });

        SeedanceJob read = (await _scene.Services.Store.FindAsync(job.Id, Stop))!.Job;
        Assert.Equal(("shot-04", 0), (read.Tag, read.Rating));
        using JsonDocument sidecar = JsonDocument.Parse(await File.ReadAllBytesAsync(read.Outputs[0].Path + ".json", Stop));
        Assert.Equal("shot-04", sidecar.RootElement.GetProperty("tag").GetString());
        Assert.Equal(0, sidecar.RootElement.GetProperty("rating").GetInt32());
        Assert.Equal(read.Outputs[0].Sha256, sidecar.RootElement.GetProperty("outputs")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task RunAsync_Null_TakesTheRatingAway()
    {
        SeedanceJob job = await _scene.AddAsync();
        await LabelAsync(job.Id, new JobLabels { SetsRating = true, Rating = 3 });

        await LabelAsync(job.Id, new JobLabels { SetsRating = true });

        Assert.Null((await _scene.Services.Store.FindAsync(job.Id, Stop))!.Job.Rating);
    }

    [Fact]
    public async Task RunAsync_UnknownJob_IsReported()
    {
        await LabelAsync("20260301-120000-zzzzzzz", new JobLabels { SetsRating = true, Rating = 3 });

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(_scene.Output.Errors).Code);
    }

    [Theory]
    [InlineData("shot-04", null, null, true)]
    [InlineData("shot-05", null, null, false)]
    [InlineData(null, "storyboard", null, true)]
    [InlineData(null, "other", null, false)]
    [InlineData(null, null, 4, true)]
    [InlineData(null, null, 0, false)]
    [InlineData("shot-04", "storyboard", 4, true)]
    [InlineData("shot-04", "storyboard", 5, false)]
    public void Query_TagBatchAndRating_AllHaveToFit(string? tag, string? batch, int? rating, bool expected)
    {
        JobQuery query = new()
        {
            TagMatches = tag is null ? null : text => text == tag,
            BatchMatches = batch is null ? null : text => text == batch,
            Ratings = rating is { } wanted ? [wanted] : [],
        };

        Assert.Equal(expected, query.Matches(new SeedanceJob { Tag = "shot-04", Batch = "storyboard", Rating = 4 }, default));
    }

    [Fact]
    public void Query_JobWithoutATag_FitsNoPattern() =>
        Assert.False(new JobQuery { TagMatches = _ => true }.Matches(new SeedanceJob(), default));

    private Task LabelAsync(string id, JobLabels labels) =>
        new LabelJobs(_scene.Services).RunAsync(new JobReference(id), labels, write: false, _scene.Output, Stop);
}
