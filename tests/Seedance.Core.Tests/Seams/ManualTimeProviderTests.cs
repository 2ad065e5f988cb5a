using Seedance.TestKit;

namespace Seedance.Core.Tests.Seams;

/// <summary>The clock of the tests.</summary>
public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(20);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void AdvanceToNext_AHeartbeatAlone_MovesNothing()
    {
        DateTimeOffset begun = _time.GetUtcNow();
        using ITimer heart = _time.CreateTimer(static _ => { }, state: null, s_beat, s_beat);

        Assert.False(_time.AdvanceToNext(within: TimeSpan.FromHours(1)));

        Assert.Equal(begun, _time.GetUtcNow());
    }

    [Fact]
    public void AdvanceToNext_ToWhatSomebodyWaitsFor_BeatsOnTheWay()
    {
        int beats = 0, woken = 0;
        using ITimer heart = _time.CreateTimer(_ => beats++, state: null, s_beat, s_beat);
        using ITimer wait = _time.CreateTimer(_ => woken++, state: null, TimeSpan.FromSeconds(50), Timeout.InfiniteTimeSpan);

        Assert.True(_time.AdvanceToNext(within: TimeSpan.FromMinutes(1)));

        Assert.Equal((2, 1), (beats, woken));
    }
}
