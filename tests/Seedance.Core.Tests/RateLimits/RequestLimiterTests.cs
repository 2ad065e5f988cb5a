using Seedance.RateLimits;
using Seedance.TestKit;

namespace Seedance.Core.Tests.RateLimits;

public sealed class RequestLimiterTests
{
    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(3, 0.65)]
    [InlineData(60, 1)]
    public void Report_HostNamesAPause_ComesBackAfterItAndNotMuchLater(double pause, double mostLater)
    {
        for (int each = 0; each < 50; each++)
        {
            RequestLimiter limiter = new("acme", shared: null, new MonotonicClock(new ManualTimeProvider()));

            limiter.Take(TimeSpan.Zero).Report(HostReport.Throttling(TimeSpan.FromSeconds(pause)));

            Assert.InRange(limiter.NextPermitAt.TotalSeconds, pause + 0.05, pause + mostLater);
        }
    }
}
