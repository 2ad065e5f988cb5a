using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Jobs.Watch;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Watch;

public sealed class WatchJobsTests : IDisposable
{
    private readonly WaitScene _scene = new();
    private readonly Screen _screen = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_JobsEnd_DrawsEachStateAndEndsWithTheLast()
    {
        StoredJob first = await _scene.AddAsync(20);
        StoredJob second = await _scene.AddAsync(40);
        using WatchJobs watch = new(_scene.Services, Lookup(), _screen);

        await FollowAsync(watch, passThru: true);

        Assert.Contains("2 under way, 0 ended", _screen.Frames[0][0], StringComparison.Ordinal);
        Assert.Contains("0 under way, 2 ended", _screen.Frames[^1][0], StringComparison.Ordinal);
        Assert.Equal([first.Job.Id, second.Job.Id], _scene.Output.Jobs.Select(job => job.Id));
        Assert.Empty(_scene.Output.Errors);
    }

    [Fact]
    public async Task RunAsync_AJobComesMeanwhile_JoinsTheTable()
    {
        await _scene.AddAsync(60);
        using WatchJobs watch = new(_scene.Services, Lookup(), _screen);
        Assert.True(await watch.LookAsync(passThru: false, _scene.Output, Stop));
        await _scene.AddAsync(10);

        await FollowAsync(watch, passThru: false);

        Assert.Contains("0 under way, 2 ended", _screen.Frames[^1][0], StringComparison.Ordinal);
        Assert.Empty(_scene.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_NothingIsUnderWay_SaysSoAndEnds()
    {
        using WatchJobs watch = new(_scene.Services, Lookup(), _screen);

        Assert.False(await watch.LookAsync(passThru: false, _scene.Output, Stop));

        Assert.Contains("0 under way", Assert.Single(_screen.Frames)[0], StringComparison.Ordinal);
    }

    private async Task FollowAsync(WatchJobs watch, bool passThru)
    {
        for (int seconds = 0; await watch.LookAsync(passThru, _scene.Output, Stop); seconds++)
        {
            Assert.True(seconds < 600, "The jobs should have ended.");
            await _scene.PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    private JobLookup Lookup() => new(_scene.Services, (_, _) => null, TestServices.Key, [_scene.Account]);

    private sealed class Screen : IWatchScreen
    {
        public int Width => 80;

        public int Height => 24;

        public List<IReadOnlyList<string>> Frames { get; } = [];

        public void Draw(IReadOnlyList<string> lines) => Frames.Add(lines);
    }
}
