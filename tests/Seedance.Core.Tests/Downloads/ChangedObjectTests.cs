
namespace Seedance.Core.Tests.Downloads;

public sealed class ChangedObjectTests : ResumeSuite
{
    [Fact]
    public async Task Resume_ObjectChanged_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(100_000, seed: 2);
            Host.ETag = "\"two\"";
            return null;
        });

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Movie.Make(100_000, seed: 2));
    }

    [Theory]
    [InlineData("\"two\"")]
    [InlineData("W/\"one\"")]
    [InlineData(null)]
    public async Task Resume_ObjectChangedAndIfRangeIgnored_BeginsAnew(string? tag)
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(100_000, seed: 2);
            Host.ETag = tag;
            return Piece(40_000, 99_999, 100_000);
        });

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Movie.Make(100_000, seed: 2));
    }

    [Fact]
    public async Task Resume_TotalChangedUnderTheSameTag_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(110_000, seed: 2);
            return null;
        });

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Movie.Make(110_000, seed: 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    [InlineData("unquoted")]
    public async Task Resume_NoStrongTag_BeginsAnew(string? tag)
    {
        Host.ETag = tag;
        Host.NextCut(40_000);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, null], Host.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData(3_600, true)]
    [InlineData(10, false)] // May have changed again within the clock's tick.
    public async Task Resume_OnlyLastModified_GoesOnWhenItIsOld(int age, bool resumes)
    {
        Host.ETag = null;
        Host.LastModified = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(-age);
        Host.NextCut(40_000);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(resumes ? 40_000 : null, Host.Requests[1].From);
    }
}
