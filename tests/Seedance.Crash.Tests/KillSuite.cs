using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.TestKit;

namespace Seedance.Crash.Tests;

/// <summary>
/// kill -9 of the process that does a whole job, at each of its steps; then new processes list, and the same command runs again.
/// </summary>
/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class KillSuite(bool onServer)
{
    private const int Megabytes = 1_000_000;

    [Fact]
    public async Task Kill_BeforeTheRecord_NothingWasSentAndTheNextRunSubmits()
    {
        using CrashScene scene = new(onServer);

        await scene.KillAtAsync("before TryTakeSlotAsync");

        Assert.Empty(await scene.ListAsync());
        Assert.Empty(scene.Host.Tasks);
        await scene.RunAgainAsync();
        Assert.Single(scene.Host.Tasks);
    }

    [Fact]
    public async Task Kill_WhileQueuedForASlot_ItsPlaceIsClearedAndTheNextIsNotHeldUp()
    {
        using CrashScene scene = new(onServer, new SimulatorOptions { RunTime = TimeSpan.FromHours(10) });
        new ProfileStore(scene.Home)
            .Save(new SeedanceProfile { Name = "one", Provider = "Simulator", BaseUri = new Uri(scene.Address, "simulator"),
            Concurrency = 1 });
        using ChildProcess first = await scene.RunAsync("submit", "--profile", "one");
        using (ChildProcess queued = scene.Start(
            "submit", "--profile", "one", "--slot-timeout", "36000", "--halt-at", "after TryTakeSlotAsync#2"))
        {
            await queued.ExpectAsync("AT after TryTakeSlotAsync#2", CrashScene.Stop);
            await queued.KillAsync();
        }

        using StoreBench rows = scene.Rows();
        Assert.Equal(1, rows.Count("place"));
        await rows.Open().UpdateAsync(
            Assert.Single(first.Jobs).Id, static stored =>
                stored with { Job = stored.Job with { State = JobStatus.Cancelled } }, CrashScene.Stop);

        using ChildProcess next = await scene.RunAsync("submit", "--profile", "one", "--slot-timeout", "0");

        Assert.Empty(next.Errors);
        Assert.Equal("Queued", Assert.Single(next.Jobs).Status);
        Assert.Equal(2, scene.Host.Tasks.Count);
        Assert.Equal(0, rows.Count("place"));
    }

    [Fact]
    public async Task Kill_BetweenRecordAndSend_NothingWasSentAndTheNextRunSubmits()
    {
        using CrashScene scene = new(onServer);

        await scene.KillAtAsync("before POST");

        Assert.Single(await scene.ReadRecordsAsync());
        Assert.Empty(scene.Host.Tasks);
        await scene.AssertSavedWholeAsync(await scene.RunAgainAsync());
        Assert.Single(scene.Host.Tasks);
        Assert.Single(await scene.ReadRecordsAsync());
    }

    [Fact]
    public async Task Kill_AsTheRequestLeaves_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new(onServer);

        await scene.KillAtAsync("after UpdateAsync"); // The note that its body leaves.

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        Assert.Empty(scene.Host.Tasks);
        await scene.RunAgainAsync();
        Assert.Empty(scene.Host.Tasks);
    }

    [Fact]
    public async Task Kill_WhileTheAnswerIsOnItsWay_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new(onServer, "submit:1 delay 3600");
        using (ChildProcess child = scene.Start("run", "--token", "row-1"))
        {
            await Outside.UntilAsync(() => scene.Host.Tasks.Count == 1);
            await child.KillAsync();
        }

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        await scene.RunAgainAsync();
        Assert.Equal(1, scene.Host.Snapshot().Fired(SimulatorFaultKind.Delay));
        Assert.Single(scene.Host.Tasks);
    }

    [Fact]
    public async Task Kill_BetweenAnswerAndReceipt_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new(onServer);

        await scene.KillAtAsync("after POST");

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        Assert.Single(scene.Host.Tasks);
        await scene.RunAgainAsync();
    }

    [Fact]
    public async Task Kill_AfterTheReceipt_TheNextRunTakesTheJobUp()
    {
        using CrashScene scene = new(onServer);

        await scene.KillAtAsync("after UpdateAsync#2");

        Assert.Equal(scene.Host.Tasks[0].Id, Assert.Single(await scene.ListAsync()).ProviderJobId);
        await scene.AssertSavedWholeAsync(await scene.RunAgainAsync());
    }

    [Fact]
    public async Task Kill_WhileWaiting_TheNextRunTakesTheJobUp()
    {
        using CrashScene scene = new(onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromSeconds(1) });

        await scene.KillAtAsync("after GET");

        Assert.NotNull(Assert.Single(await scene.ListAsync()).ProviderJobId);
        await scene.AssertSavedWholeAsync(await scene.RunAgainAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_WhileSaving_TheNextRunLeavesOneWholeFile(bool partIsNoted)
    {
        using CrashScene scene = new(
            onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 4 * Megabytes,
            RecordRequests = true });

        await scene.KillAtAsync("amid file", partIsNoted ? ["--hasty", "yes"] : []);

        Assert.Contains(scene.SavedFiles, path => path.EndsWith(".part", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.SavedFiles, path => path.EndsWith(".mp4", StringComparison.Ordinal));
        await scene.RunAgainAsync();
        RecordedRequest second = scene.Host.Requests.Where(request => request.Kind == SimulatorRequestKind.Media).ElementAt(1);
        Assert.True(!partIsNoted || second.Headers.ContainsKey("Range")); // On a slow machine the other was noted, too.
    }

    [Fact]
    public async Task Kill_TheSameRunAgainAndAgain_EndsWithOneVideo()
    {
        string[] steps = ["after UpdateAsync#2", "before GET", "after GET", "amid file", "before UpdateAsync"];
        using CrashScene scene = new(onServer);
        foreach (string step in steps)
        {
            await scene.KillAtAsync(step);
            await scene.AssertNothingLostAsync();
        }

        await scene.AssertSavedWholeAsync(await scene.RunAgainAsync());
    }
}

public sealed class SqliteKillTests() : KillSuite(onServer: false);

public sealed class PostgresKillTests() : KillSuite(onServer: true);
