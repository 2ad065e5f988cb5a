using System.Diagnostics;
using Seedance.Records;

namespace Seedance.Core.Tests.Records;

public sealed class ProcessMarkTests
{
    [Fact]
    public void MayBeAlive_OurselvesAndAProcessThatIsGone_AreToldApart()
    {
        Assert.True(ProcessMark.Current.MayBeAlive(left: null));
        Assert.False((ProcessMark.Current with { ProcessId = int.MaxValue }).MayBeAlive(ProcessMark.Lease));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(90, true)]
    [InlineData(3600, false)] // The store's clock was set back.
    public void MayBeAlive_ProcessOfAnotherMachine_IsBelievedAsLongAsItsLeaseRuns(int? secondsLeft, bool alive)
    {
        ProcessMark elsewhere = ProcessMark.Current with { Scope = "another" };
        TimeSpan? left = secondsLeft is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        Assert.Equal(alive, elsewhere.MayBeAlive(left));
        Assert.Equal(alive, elsewhere.HoldsOn(left));
    }

    [Fact]
    public void HoldsOn_ProcessOfThisMachineThatHangs_IsTakenForGoneWithItsLease()
    {
        Assert.True(ProcessMark.Current.HoldsOn(TimeSpan.FromSeconds(1)));
        Assert.False(ProcessMark.Current.HoldsOn(TimeSpan.FromSeconds(-1)));
        Assert.True(ProcessMark.Current.MayBeAlive(TimeSpan.FromSeconds(-1))); // What it has begun to send may still be on its way.
    }

    [Fact]
    public void IsForeign_TwoContainersWithOneHostName_AreTwoMachines()
    {
        Assert.SkipUnless(File.Exists("/proc/sys/kernel/random/boot_id"), "Only Linux has containers of this kind.");

        Assert.Matches("^[0-9a-f]{16}$", ProcessMark.Current.Scope!);
        Assert.NotEqual(MachineScope.Of("boot-1", "pid:[1]"), MachineScope.Of("boot-1", "pid:[2]"));
        Assert.True((ProcessMark.Current with { Scope = "another" }).IsForeign);
        Assert.False((ProcessMark.Current with { Machine = "renamed" }).IsForeign);
        Assert.Equal(ProcessMark.Current, ProcessMark.FromText(ProcessMark.Current.ToText()));
    }

    [Fact]
    public void MayBeAlive_LinuxAndALaterProcessOfTheSameNumber_IsToldByASingleTick()
    {
        Assert.SkipUnless(File.Exists("/proc/self/stat"), "Only Linux counts ticks.");

        Assert.False((ProcessMark.Current with { StartedAt = ProcessMark.Current.StartedAt + 1 }).MayBeAlive(ProcessMark.Lease));
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
    public void ReadTicks_NameHoldsAnything_TakesTheTwentySecondField(string line, long? ticks) =>
        Assert.Equal(ticks, ProcessMark.ReadTicks(line));
}
