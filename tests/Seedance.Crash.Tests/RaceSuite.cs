using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Records;
using Seedance.Simulator;

namespace Seedance.Crash.Tests;

/// <summary>Two processes that want the same at the same moment.</summary>
/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class RaceSuite(bool onServer)
{
    [Fact]
    public async Task Race_ForTheLastSlot_OneIsSentAndTheOtherWaitsWithoutA429()
    {
        using CrashScene scene = new(onServer, new SimulatorOptions { RunTime = TimeSpan.FromHours(1), Concurrency = 1 });
        new ProfileStore(scene.Home)
            .Save(new SeedanceProfile { Name = "one", Provider = "Simulator", BaseUri = new Uri(scene.Address, "simulator"),
            Concurrency = 1 });

        IReadOnlyList<ChildProcess> children = await RaceAsync(scene, 2, _ => ["submit", "--profile", "one", "--slot-timeout", "1"]);

        Assert.Single(scene.Host.Tasks);
        Assert.Equal(0, scene.Host.Snapshot().Refused);
        Assert.Single(children, child => child.Jobs is [{ Status: "Queued" }] && child.Errors.Count == 0);
        Assert.Single(children,
            child => child.Jobs.Count == 0 && child.Errors is [var error] && error.StartsWith("SlotTimeout ", StringComparison.Ordinal));
        await scene.AssertNothingLostAsync();
    }

    [Fact]
    public async Task Race_OfFourForThreeSlots_NeverHasMoreInFlightThanTheLimit()
    {
        // The host itself refuses a fourth, so that a wrong count is seen.
        using CrashScene scene = new(
            onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromMilliseconds(200), Concurrency = 3 });
        new ProfileStore(scene.Home)
            .Save(new SeedanceProfile { Name = "three", Provider = "Simulator", BaseUri = new Uri(scene.Address, "simulator"),
            Concurrency = 3 });

        IReadOnlyList<ChildProcess> children = await RaceAsync(
            scene, 4, _ => ["submit", "--profile", "three", "--count", "3", "--slot-timeout", "3600"]);

        Assert.Equal(12, scene.Host.Tasks.Count);
        Assert.Equal(0, scene.Host.Snapshot().Refused);
        Assert.Equal(
            12, children.SelectMany(child => child.Jobs).Select(job => job.ProviderJobId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Race_WithTheSameClientToken_IsOneSubmitAndOneJobForBoth()
    {
        using CrashScene scene = new(onServer);

        IReadOnlyList<ChildProcess> children = await RaceAsync(scene, 3, _ => ["submit", "--token", "row-1"]);

        Assert.Single(scene.Host.Tasks);
        Assert.All(children, child => Assert.Empty(child.Errors));
        Assert.Single(children.SelectMany(child => child.Jobs).Select(job => job.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Race_ForTheSameJob_BothEndWithItAndTheFileIsWhole()
    {
        using CrashScene scene = new(
            onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 8_000_000 });
        using ChildProcess submit = await scene.RunAsync("submit");
        ChildJob job = submit.Jobs[0];

        IReadOnlyList<ChildProcess> children = await RaceAsync(scene, 2, _ => ["finish", "--id", job.Id, "--to", scene.Videos]);

        Assert.All(children, child => Assert.Empty(child.Errors));
        Assert.All(children,
            child => Assert.Equal(
            ("Succeeded", Path.Combine(scene.Videos, job.Id + ".mp4")), (child.Jobs[^1].Status, child.Jobs[^1].Path)));
        await scene.AssertSavedWholeAsync(job);
    }

    [Fact]
    public async Task Race_OfTwoJobsForOneFile_OneHasItAndTheOtherSaysSo()
    {
        using CrashScene scene = new(
            onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 8_000_000 });
        using ChildProcess submit = await scene.RunAsync("submit", "--count", "2");

        IReadOnlyList<ChildProcess> children = await RaceAsync(
            scene, 2, racer => ["finish", "--id", submit.Jobs[racer].Id, "--to", scene.Videos, "--name", "same"]);

        ChildProcess winner = Assert.Single(children, child => child.Errors.Count == 0);
        ChildProcess loser = Assert.Single(children, child => child.Errors.Count == 1);
        Assert.StartsWith("FileExists ", loser.Errors[0], StringComparison.Ordinal);
        await scene.AssertSavedWholeAsync(winner.Jobs[^1]);
        StoredJob left = (await scene.ReadRecordsAsync()).Single(record => record.Job.Id == loser.Jobs[^1].Id);
        Assert.Null(left.Job.Outputs[0].Path);
    }

    /// <summary>Starts all, and lets them go at once when all are ready.</summary>
    private static async Task<IReadOnlyList<ChildProcess>> RaceAsync(CrashScene scene, int racers, Func<int, string[]> arguments)
    {
        List<ChildProcess> children = [];
        for (int i = 0; i < racers; i++)
        {
            string[] words = arguments(i);
            children.Add(scene.Start(words[0], [.. words[1..], "--gate", "yes"]));
        }

        foreach (ChildProcess child in children)
        {
            await child.ExpectAsync("READY", CrashScene.Stop);
        }

        children.ForEach(child => child.Go());
        foreach (ChildProcess child in children)
        {
            await child.EndAsync(CrashScene.Stop);
            child.Dispose();
        }

        return children;
    }
}

public sealed class SqliteRaceTests() : RaceSuite(onServer: false);

public sealed class PostgresRaceTests() : RaceSuite(onServer: true);
