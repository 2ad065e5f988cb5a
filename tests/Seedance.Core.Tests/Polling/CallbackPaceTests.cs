using Seedance.Durations;
using Seedance.Polling;

namespace Seedance.Core.Tests.Polling;

public sealed class CallbackPaceTests
{
    private static readonly TimeSpan s_floor = TimeSpan.FromSeconds(2);
    private static readonly ExpectedTime s_usual = new(TimeSpan.FromSeconds(105), 0.4);

    [Fact]
    public void Next_FromTheSubmit_IsBehindTheUsualEnd() =>
        Assert.Equal(105 * Math.Exp(0.2), CallbackPace.Next(TimeSpan.Zero, s_usual, s_floor).TotalSeconds, 3);

    /// <summary>Two of three jobs end before the first question, and 99 of 100 before the fourth.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Next_JobWhoseCallWasLost_IsFoundByTheThirdQuestion(double chance)
    {
        TimeSpan elapsed = TimeSpan.Zero;
        for (int question = 0; question < 3; question++)
        {
            elapsed += PollPlan.Jitter(CallbackPace.Next(elapsed, s_usual, s_floor), s_floor, chance);
        }

        Assert.InRange(Math.Log(elapsed / s_usual.Median) / s_usual.Sigma, 2.3, 4);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(60)]
    [InlineData(86_400)]
    [InlineData(1e9)]
    public void Next_AnyAge_IsBetweenTheFloorAndFiveMinutes(double seconds) =>
        Assert.InRange(CallbackPace.Next(TimeSpan.FromSeconds(seconds), s_usual, s_floor), s_floor, TimeSpan.FromMinutes(5));
}
