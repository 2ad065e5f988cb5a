using Seedance.RateLimits;

namespace Seedance.Core.Tests.RateLimits;

public sealed class AdaptiveRateLimiterTests
{
    [Fact]
    public void Sent_HostAllowsTwentyASecond_UsesNearlyAllOfItAndIsSeldomRefused()
    {
        // A host with a bucket of 20 tokens, refilled at 20 a second, and always something to ask.
        AdaptiveRateLimiter pace = new();
        double tokens = 20;
        int taken = 0;
        int refused = 0;
        TimeSpan now = TimeSpan.Zero;
        TimeSpan end = TimeSpan.FromMinutes(5);
        TimeSpan tick = TimeSpan.FromMilliseconds(5);
        for (; now < end; now += tick)
        {
            tokens = Math.Min(20, tokens + (20 * tick.TotalSeconds));
            if (now < pace.Free)
            {
                continue;
            }

            pace.Sent(now);
            if (tokens >= 1)
            {
                tokens--;
                taken++;
                pace.Answered();
            }
            else
            {
                refused++;
                pace.Throttled(now, now, TimeSpan.FromSeconds(1));
            }
        }

        Assert.InRange(taken / (20 * end.TotalSeconds), 0.8, 1.01);
        Assert.InRange((double)refused / (taken + refused), 0, 0.02);
    }

    [Fact]
    public void Throttled_AskedLittleWhenOthersWereRefused_KeepsHalfOfItsRate()
    {
        // Ten a second until its host objects, then next to nothing to ask; meanwhile the host objects to another process.
        AdaptiveRateLimiter pace = new();
        TimeSpan now = TimeSpan.Zero;
        for (int i = 0; i < 30; i++)
        {
            pace.Sent(now);
            now += TimeSpan.FromSeconds(0.1);
        }

        pace.Throttled(now, now, TimeSpan.FromSeconds(1));
        now += TimeSpan.FromSeconds(6);
        pace.Sent(now);
        pace.Throttled(now, now, TimeSpan.FromSeconds(1));

        TimeSpan begun = pace.Free;
        for (int i = 0; i < 10; i++)
        {
            pace.Sent(pace.Free);
        }

        Assert.InRange((pace.Free - begun).TotalSeconds, 1, 3); // It was never told to ask for less than half of the ten.
    }

    [Fact]
    public void Throttled_AnswersOfRequestsThatWereUnderWay_CutTheRateOnce()
    {
        AdaptiveRateLimiter pace = new();
        TimeSpan now = TimeSpan.FromSeconds(100);
        for (int i = 0; i < 40; i++)
        {
            pace.Sent(now + TimeSpan.FromMilliseconds(25 * i));
        }

        TimeSpan answered = now + TimeSpan.FromSeconds(1.1);
        for (int i = 0; i < 10; i++)
        {
            pace.Throttled(now + TimeSpan.FromMilliseconds(25 * i), answered, TimeSpan.FromSeconds(2));
        }

        TimeSpan free = pace.Free;
        pace.Sent(free);
        Assert.Equal(2, (free - answered).TotalSeconds, 0.01);
        Assert.InRange((pace.Free - free).TotalSeconds, 1 / 45.0, 1 / 20.0); // Seven tenths of forty, and not that ten times over.
    }

    [Fact]
    public void Throttled_LongRetryAfter_IsObeyed()
    {
        AdaptiveRateLimiter pace = new();
        pace.Sent(TimeSpan.Zero);

        pace.Throttled(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(40));

        Assert.Equal(TimeSpan.FromMinutes(40), pace.Free);
        Assert.Equal(TimeSpan.FromMinutes(30), pace.HeldFor(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Throttled_MadRetryAfter_IsBounded()
    {
        AdaptiveRateLimiter pace = new();
        pace.Sent(TimeSpan.Zero);

        pace.Throttled(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(400));

        Assert.Equal(TimeSpan.FromHours(1), pace.Free);
    }

    [Fact]
    public void Failed_ThreeInARow_ProbesOneByOneUntilAnAnswerComes()
    {
        AdaptiveRateLimiter pace = new();
        for (int i = 0; i < 3; i++)
        {
            pace.Sent(TimeSpan.Zero);
            pace.Failed(TimeSpan.Zero, TimeSpan.Zero, pause: null, chance: 0.5);
        }

        Assert.True(pace.IsDown);
        Assert.True(pace.HasRoom(0));
        Assert.False(pace.HasRoom(1));
        Assert.True(pace.Free > TimeSpan.FromSeconds(0.5));

        pace.Answered();

        Assert.False(pace.IsDown);
        Assert.True(pace.HasRoom(7));
    }
}
