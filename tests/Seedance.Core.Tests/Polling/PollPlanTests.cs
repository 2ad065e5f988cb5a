using Seedance.Durations;
using Seedance.Polling;

namespace Seedance.Core.Tests.Polling;

public sealed class PollPlanTests
{
    private static readonly TimeSpan s_ceiling = TimeSpan.FromSeconds(15);
    private static readonly ExpectedTime s_usual = new(TimeSpan.FromSeconds(105), 0.4);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(2)]
    public void Next_AnyMoment_IsBetweenTheFloorAndFifteenSeconds(double sigma)
    {
        TimeSpan floor = TimeSpan.FromSeconds(2);
        for (int second = 0; second < 90_000; second += 1 + (second / 50))
        {
            TimeSpan wait = PollPlan.Next(TimeSpan.FromSeconds(second), s_usual with { Sigma = sigma }, floor, s_ceiling);
            Assert.InRange(wait, floor, TimeSpan.FromSeconds(15));
            for (double chance = 0; chance < 1; chance += 0.25)
            {
                Assert.InRange(PollPlan.Jitter(wait, floor, chance), floor, TimeSpan.FromSeconds(15));
            }
        }
    }

    [Fact]
    public void Next_WhereJobsUsuallyEnd_AsksMoreOftenThanAtTheStart()
    {
        TimeSpan atStart = PollPlan.Next(TimeSpan.Zero, s_usual, TimeSpan.Zero, s_ceiling);
        TimeSpan atMedian = PollPlan.Next(s_usual.Median, s_usual, TimeSpan.Zero, s_ceiling);

        Assert.Equal(TimeSpan.FromSeconds(15), atStart);
        Assert.True(atMedian < TimeSpan.FromSeconds(6), atMedian.ToString());
    }

    [Fact]
    public void Next_ShortJobs_AskAtTheirOwnScale() =>
        Assert.True(PollPlan.Next(
            TimeSpan.FromSeconds(3), new ExpectedTime(TimeSpan.FromSeconds(3), 0.4), TimeSpan.Zero, s_ceiling) < TimeSpan.FromSeconds(1.5));

    [Fact]
    public void Next_HazardOfAKnownMoment_IsTheInverseOfItsRoot()
    {
        // At the median of a log-normal the hazard is 2/(median sigma sqrt(2 pi)): 0.19 per second here, so sqrt(2/(6 * 0.19)) = 1.32 s.
        ExpectedTime expected = new(TimeSpan.FromSeconds(10), 0.42);

        Assert.InRange(PollPlan.Next(expected.Median, expected, TimeSpan.Zero, s_ceiling).TotalSeconds, 1.2, 1.35);
    }
}
