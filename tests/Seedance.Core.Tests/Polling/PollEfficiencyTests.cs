using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

public sealed class PollEfficiencyTests
{
    private const int Jobs = 6000;
    private readonly PollEfficiency _bench = new(seed: 20261);

    [Theory]
    [InlineData(null)]
    [InlineData(60.0)]
    [InlineData(48.0)]
    [InlineData(210.0)]
    public void Plan_NothingSeenYet_StaysNearTheBound(double? catalogued) => Under(1.8, _bench.Cold(Jobs, catalogued));

    [Theory]
    [InlineData(10, 1.3)]
    [InlineData(50, 1.2)]
    public void Plan_JobsWereSeen_ComesNearerToTheBound(int samples, double most) => Under(most, _bench.Learnt(Jobs, samples));

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Plan_ModelIsSureAndWrong_IsStillBetterThanAFixedInterval(double factor) => Under(1.58, _bench.Wrong(Jobs, factor));

    [Theory]
    [InlineData(52.5)]
    [InlineData(210.0)]
    public void Plan_CatalogueWasWrong_FiftyJobsSetItRight(double guess) => Under(1.2, _bench.Learnt(Jobs, 50, guess));

    private static void Under(double most, PollEfficiency.Score score)
    {
        TestContext.Current.SendDiagnosticMessage("{0} polls, {1} s, ratio {2}", score.Polls, score.Waste, score.Ratio);
        Assert.True(score.Ratio <= most, score + " is over " + most);
    }
}
