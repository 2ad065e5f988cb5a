using Seedance.CrashChild;

namespace Seedance.Crash.Tests;

public sealed class KillSweepTests
{
    /// <summary>
    /// What is learnt for later waits is noted behind the command, which need not stay for it; what others have written is asked by the
    /// clock. By the clock, too, a run does something a second or a third time, so a faster or a slower one may have no step such as "#3";
    /// each step's first time is always met.
    /// </summary>
    private static readonly string[] s_notAlways = ["Duration", "EndedSinceAsync", "#"];

    /// <summary>
    /// Not only the steps that somebody thought of: everything that leaves the process, before and after. A store that learns an operation,
    /// or an operation that talks to the host once more, is covered without a change here.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_AtEveryStepThereIs_NothingIsPaidTwiceOrLost(bool onServer)
    {
        bool isLeftOut = onServer && Environment.GetEnvironmentVariable("SEEDANCE_SWEEP") != "1";
        Assert.SkipWhen(isLeftOut, "It takes minutes on PostgreSQL, too; SEEDANCE_SWEEP=1 runs it.");
        IReadOnlyList<string> steps = await TraceAsync(onServer);
        Assert.Contains("before TryTakeSlotAsync", steps);
        Assert.Contains("after POST", steps);
        Assert.Contains("amid file", steps);

        await Parallel.ForEachAsync(
            steps,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = CrashScene.Stop },
            async (step, _) =>
            {
                try
                {
                    using CrashScene scene = new(onServer);
                    bool mayEndFirst = s_notAlways.Any(name => step.Contains(name, StringComparison.Ordinal));
                    Assert.True(await scene.TryKillAtAsync(step) || mayEndFirst, "It ended first.");
                    await scene.AssertNothingLostAsync();
                    await scene.RunAgainHereAsync("--list", "yes");
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException("Killed " + step + ": " + error.Message, error);
                }
            });
    }

    private static async Task<IReadOnlyList<string>> TraceAsync(bool onServer)
    {
        using CrashScene scene = new(onServer);
        using ChildProcess child = await scene.RunAsync("run", "--to", scene.Videos, "--token", "row-1", "--trace", "yes");
        Assert.Empty(child.Errors);
        return [.. child.Lines.Where(line => line.StartsWith("STEP ", StringComparison.Ordinal)).Select(line => line[5..])];
    }
}
