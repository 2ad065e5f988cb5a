using Seedance.Jobs.Watch;

namespace Seedance.Core.Tests.Jobs.Watch;

public sealed class WatchTableTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draw_RunningJob_ShowsItsAgeAgainstTheUsualTimeAndItsCost()
    {
        IReadOnlyList<string> lines = WatchTable.Draw([new WatchedJob(Job(30), TimeSpan.FromSeconds(60))], [], s_now, 80, 24);

        Assert.Equal("1 under way, 0 ended; about 0.32 USD. Ctrl+C leaves; the jobs go on.", lines[0]);
        Assert.StartsWith("951ax9p Muapi       Running     ####.... 0:30", lines[2], StringComparison.Ordinal);
        Assert.Contains("~0.32 USD", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_AnythingAtAll_FitsTheConsole()
    {
        WatchedJob[] jobs =
            [.. Enumerable.Range(0, 100)
            .Select(number => new WatchedJob(Job(number) with { Prompt = new string('x', 300) + "\nline" }, TimeSpan.FromSeconds(50)))];

        IReadOnlyList<string> lines = WatchTable.Draw(
            jobs, [Job(9) with { Outputs = [new JobOutput { ExpiresAt = s_now.AddMinutes(42) }] }], s_now, 80, 24);

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 79));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.InRange(lines.Count, 10, 23);
        Assert.Contains(lines, line => line == "... and 81 more");
        Assert.Contains("1 not saved, the first gone in 42:00", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_BeyondTheUsualTime_IsMarked() =>
        Assert.Contains("######## 2:00!", WatchTable.Draw([new WatchedJob(Job(120), TimeSpan.FromSeconds(60))], [], s_now, 80, 24)[2],
            StringComparison.Ordinal);

    private static SeedanceJob Job(int age) => new()
    {
        Id = "20260301-115900-951ax9p",
        Provider = "Muapi",
        State = JobStatus.Running,
        Prompt = "a red kite",
        CreatedAt = s_now.AddSeconds(-age),
        EstimatedCost = new SeedanceCost { Amount = 0.32m, Unit = "USD", IsEstimate = true },
    };
}
