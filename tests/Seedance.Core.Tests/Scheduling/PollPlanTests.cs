using System;
using Seedance.Scheduling;
using Xunit;

namespace Seedance.Core.Tests.Scheduling;

public sealed class PollPlanTests
{
    private static readonly TimeSpan s_median = TimeSpan.FromSeconds(105);

    [Fact]
    public void Next_AnyMoment_IsBetweenTheFloorAndFifteenSeconds()
    {
        TimeSpan floor = TimeSpan.FromSeconds(2);
        for (int second = 0; second < 4000; second += 7)
        {
            TimeSpan wait = PollPlan.Next(TimeSpan.FromSeconds(second), s_median, 0.4, floor);
            Assert.InRange(wait, floor, TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public void Next_WhereJobsUsuallyEnd_AsksMoreOftenThanAtTheStart()
    {
        TimeSpan atStart = PollPlan.Next(TimeSpan.Zero, s_median, 0.4, TimeSpan.Zero);
        TimeSpan atMedian = PollPlan.Next(s_median, s_median, 0.4, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(15), atStart);
        Assert.True(atMedian < TimeSpan.FromSeconds(6), atMedian.ToString());
    }

    [Fact]
    public void Next_ShortJobs_AskAtTheirOwnScale() =>
        Assert.True(PollPlan.Next(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), 0.4, TimeSpan.Zero) < TimeSpan.FromSeconds(1.5));
}
