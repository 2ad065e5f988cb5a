using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Seedance.CrashChild;
using Seedance.Simulator;
using Xunit;

namespace Seedance.Crash.Tests;

/// <summary>kill -9 of the process that does a whole job, at each of its steps; then new processes list, and the same command runs again.</summary>
public sealed class KillTests
{
    private const int Megabytes = 1_000_000;

    [Fact]
    public async Task Kill_BeforeTheRecord_NothingWasSentAndTheNextRunSubmits()
    {
        using CrashScene scene = new();

        await scene.KillAtAsync("before TryTakeSlotAsync");

        Assert.Empty(await scene.ListAsync());
        Assert.Empty(scene.Host.Tasks);
        await RunAgainAsync(scene);
        Assert.Single(scene.Host.Tasks);
    }

    [Fact]
    public async Task Kill_BetweenRecordAndSend_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new();

        await scene.KillAtAsync("before POST");

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        Assert.Empty(scene.Host.Tasks);
        await RunAgainAsync(scene);
    }

    [Fact]
    public async Task Kill_WhileTheAnswerIsOnItsWay_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new("submit:1 delay 3600");
        using (ChildProcess child = scene.Start("run", "--token", "row-1"))
        {
            await CrashScene.UntilAsync(() => scene.Host.Tasks.Count == 1);
            await child.KillAsync();
        }

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        await RunAgainAsync(scene);
        Assert.Equal(1, scene.Host.Snapshot().Fired(SimulatorFaultKind.Delay));
        Assert.Single(scene.Host.Tasks);
    }

    [Fact]
    public async Task Kill_BetweenAnswerAndReceipt_IsUnconfirmedAndNeverSentTwice()
    {
        using CrashScene scene = new();

        await scene.KillAtAsync("after POST");

        Assert.Equal("Unconfirmed", Assert.Single(await scene.ListAsync()).Status);
        Assert.Single(scene.Host.Tasks);
        await RunAgainAsync(scene);
    }

    [Fact]
    public async Task Kill_AfterTheReceipt_TheNextRunTakesTheJobUp()
    {
        using CrashScene scene = new();

        await scene.KillAtAsync("after UpdateAsync");

        Assert.Equal(scene.Host.Tasks[0].Id, Assert.Single(await scene.ListAsync()).ProviderJobId);
        await scene.AssertSavedWholeAsync(await RunAgainAsync(scene));
    }

    [Fact]
    public async Task Kill_WhileWaiting_TheNextRunTakesTheJobUp()
    {
        using CrashScene scene = new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.FromSeconds(1) });

        await scene.KillAtAsync("after GET");

        Assert.NotNull(Assert.Single(await scene.ListAsync()).ProviderJobId);
        await scene.AssertSavedWholeAsync(await RunAgainAsync(scene));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_WhileSaving_TheNextRunLeavesOneWholeFile(bool partIsNoted)
    {
        using CrashScene scene = new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 4 * Megabytes });

        await scene.KillAtAsync("amid file", partIsNoted ? ["--hasty", "yes"] : []);

        Assert.Contains(scene.SavedFiles, path => path.EndsWith(".part", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.SavedFiles, path => path.EndsWith(".mp4", StringComparison.Ordinal));
        long before = scene.Host.Snapshot().BytesServed;
        ChildJob saved = await RunAgainAsync(scene);
        long second = scene.Host.Snapshot().BytesServed - before;
        await scene.AssertSavedWholeAsync(saved);
        Assert.Equal(partIsNoted, second < 4 * Megabytes);
    }

    /// <summary>
    /// Not only the steps that somebody thought of: everything that leaves the process, before and after. A store that learns an operation, or an
    /// operation that talks to the host once more, is covered without a change here.
    /// </summary>
    [Fact]
    public async Task Kill_AtEveryStepThereIs_NothingIsPaidTwiceOrLost()
    {
        IReadOnlyList<string> steps = await TraceAsync();
        Assert.Contains("before TryTakeSlotAsync", steps);
        Assert.Contains("after POST", steps);
        Assert.Contains("amid file", steps);

        await Parallel.ForEachAsync(
            steps,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = CrashScene.Stop },
            async (step, _) =>
            {
                try
                {
                    using CrashScene scene = new();
                    await scene.KillAtAsync(step);
                    await scene.AssertNothingLostAsync();
                    await scene.ListAsync();
                    await RunAgainAsync(scene);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException("Killed " + step + ": " + error.Message, error);
                }
            });
    }

    [Fact]
    public async Task Kill_TheSameRunAgainAndAgain_EndsWithOneVideo()
    {
        string[] steps = ["after UpdateAsync", "before GET", "after GET", "amid file", "before UpdateAsync"];
        using CrashScene scene = new();
        foreach (string step in steps)
        {
            await scene.KillAtAsync(step);
            await scene.AssertNothingLostAsync();
        }

        await scene.AssertSavedWholeAsync(await RunAgainAsync(scene));
    }

    private static async Task<IReadOnlyList<string>> TraceAsync()
    {
        using CrashScene scene = new();
        using ChildProcess child = await scene.RunAsync("run", "--to", scene.Videos, "--token", "row-1", "--trace", "yes");
        Assert.Empty(child.Faults);
        return [.. child.Lines.Where(line => line.StartsWith("STEP ", StringComparison.Ordinal)).Select(line => line[5..])];
    }

    /// <summary>
    /// The command of the killed process once more. Whatever became of the first, at most one submit was accepted; and a job that is known to
    /// exist is saved. An unconfirmed one stays so until it is settled.
    /// </summary>
    private static async Task<ChildJob> RunAgainAsync(CrashScene scene)
    {
        using ChildProcess again = await scene.RunAsync("run", "--to", scene.Videos, "--token", "row-1");
        await scene.AssertNothingLostAsync();
        ChildJob last = again.Jobs[^1];
        if (last.ProviderJobId is null)
        {
            Assert.Equal("Unconfirmed", last.Status);
            Assert.StartsWith("SubmitUnconfirmed ", Assert.Single(again.Faults), StringComparison.Ordinal);
            return last;
        }

        Assert.Empty(again.Faults);
        Assert.Equal("Succeeded", last.Status);
        await scene.AssertSavedWholeAsync(last);
        return last;
    }
}
