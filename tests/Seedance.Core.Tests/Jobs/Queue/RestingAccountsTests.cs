using Seedance.Jobs.Queue;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

public sealed class RestingAccountsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void BackOff_HostStaysAway_RestsTwiceAsLongEachTimeUpToAMinuteUntilItTakesOne()
    {
        RestingAccounts resting = new(_time);

        Assert.Equal([2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 7).Select(_ => Rest(resting)));

        resting.Took("a");
        Assert.Equal(2, Rest(resting));
    }

    [Fact]
    public void BackOff_SeveralOnTheirWayHearOfIt_CountsAsOnce()
    {
        RestingAccounts resting = new(_time);

        resting.BackOff("a");
        resting.BackOff("a");
        Assert.Equal(2, Left(resting));
        Assert.True(resting.IsDoubted("a"));

        resting.Took("a");
        Assert.False(resting.IsDoubted("a"));
    }

    [Fact]
    public void Briefly_HostIsAway_TheHostRestsOn()
    {
        RestingAccounts resting = new(_time);
        resting.BackOff("a");
        _time.Advance(TimeSpan.FromMilliseconds(5));

        resting.Briefly("a"); // Another submit that was on its way found no slot.
        resting.Freed("a");

        Assert.Equal(["a"], resting.Now);
    }

    [Fact]
    public void Freed_RestsForASlotOnly_TakesAgainAtOnce()
    {
        RestingAccounts resting = new(_time);
        resting.Briefly("a");
        resting.BackOff("b");

        resting.Freed("a");
        resting.Freed("b");

        Assert.Equal(["b"], resting.Now);
    }

    private int Rest(RestingAccounts resting)
    {
        resting.BackOff("a");
        return Left(resting);
    }

    private int Left(RestingAccounts resting)
    {
        int seconds = 0;
        while (resting.Now.Contains("a"))
        {
            Assert.True(resting.EndSoon);
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        return seconds;
    }
}
