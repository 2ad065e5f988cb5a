using System.Diagnostics;
using Seedance.Records;

namespace Seedance.Core.Tests.Records;

public sealed class ProcessMarkTests
{
    [Fact]
    public void MayBeAlive_OurselvesAndAProcessThatIsGone_AreToldApart()
    {
        Assert.True(ProcessMark.Current.MayBeAlive(TimeSpan.MaxValue));
        Assert.False((ProcessMark.Current with { ProcessId = int.MaxValue }).MayBeAlive(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-9, true)]
    [InlineData(-11, false)]
    [InlineData(60, false)] // The clock there, or here, is wrong.
    public void MayBeAlive_ProcessOfAnotherMachine_IsBelievedForTenMinutes(int minutes, bool alive) =>
        Assert.Equal(alive, (ProcessMark.Current with { Machine = "elsewhere" }).MayBeAlive(TimeSpan.FromMinutes(-minutes)));

    [Fact]
    public void MayBeAlive_LinuxAndALaterProcessOfTheSameNumber_IsToldByASingleTick()
    {
        Assert.SkipUnless(File.Exists("/proc/self/stat"), "Only Linux counts ticks.");

        Assert.False((ProcessMark.Current with { StartedAt = ProcessMark.Current.StartedAt + 1 }).MayBeAlive(TimeSpan.Zero));
    }

    [Fact]
    public void Current_Linux_DoesNotFollowTheWallClock()
    {
        Assert.SkipUnless(File.Exists("/proc/self/stat"), "Only Linux counts ticks.");
        using Process process = Process.GetCurrentProcess();

        Assert.Equal(ProcessMark.ReadTicks(File.ReadAllText("/proc/self/stat")), ProcessMark.Current.StartedAt);
        Assert.NotEqual(new DateTimeOffset(process.StartTime).ToUnixTimeSeconds(), ProcessMark.Current.StartedAt);
    }

    [Theory]
    [InlineData("7 (pwsh) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 123456 1 2", 123456L)]
    [InlineData("7 (a) b) S (c) R 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 42 1 2", 42L)]
    [InlineData("7 (pwsh) S 1", null)]
    [InlineData("", null)]
    public void ReadTicks_NameHoldsAnything_TakesTheTwentySecondField(string line, long? ticks) => Assert.Equal(ticks, ProcessMark.ReadTicks(line));
}
