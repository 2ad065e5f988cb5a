using Seedance.Durations;

namespace Seedance.Polling;

/// <summary>
/// When to ask next. Completion times are taken as log-normal; asking at the rate of the square root of the hazard is the best trade of
/// polls against time wasted. No interval is longer than the provider's ceiling, mostly 15 s, so that a wrong model costs seconds and not
/// minutes; with a right model that bound costs two polls per job.
/// </summary>
internal static class PollPlan
{
    // Polls that one second of waste is worth. From 4 to 8 all trade equally well; below, the polls that the longest interval forces weigh
    // more.
    private const double Eagerness = 6;

    /// <summary>
    /// <paramref name="elapsed"/> is since the submit; <paramref name="floor"/> and <paramref name="ceiling"/> are the provider's shortest
    /// and longest interval.
    /// </summary>
    public static TimeSpan Next(TimeSpan elapsed, ExpectedTime expected, TimeSpan floor, TimeSpan ceiling)
    {
        double start = Math.Max(0, elapsed.TotalSeconds);
        double longest = ceiling.TotalSeconds;
        double median = expected.Median.TotalSeconds;
        double at = 0;
        double polls = 0;
        while (at < longest)
        {
            // Steps of a sixth of the local interval: the hazard hardly changes within one, and a handful of them makes an interval.
            double pace = Math.Sqrt(Eagerness * Hazard(start + at, median, expected.Sigma) / 2);
            double step = Math.Min(Math.Min(longest / 12, median / 12), pace > 0 ? 1 / (6 * pace) : double.MaxValue);
            pace = Math.Sqrt(Eagerness * Hazard(start + at + (step / 2), median, expected.Sigma) / 2);
            if (polls + (step * pace) >= 1)
            {
                at += (1 - polls) / pace;
                break;
            }

            polls += step * pace;
            at += step;
        }

        TimeSpan interval = TimeSpan.FromSeconds(Math.Min(at, longest));
        return interval < floor ? floor : interval;
    }

    /// <summary>
    /// Many waiters must not poll in lock step: a little earlier than planned, or a little later where earlier is not allowed.
    /// <paramref name="chance"/> is from 0 to 1.
    /// </summary>
    public static TimeSpan Jitter(TimeSpan interval, TimeSpan floor, double chance)
    {
        TimeSpan earlier = TimeSpan.FromTicks((long)(interval.Ticks * (1 - (chance * 0.1))));
        return earlier >= floor ? earlier : TimeSpan.FromTicks((long)(floor.Ticks * (1 + (chance * 0.1))));
    }

    /// <summary>The chance per second that a job which still runs ends now.</summary>
    private static double Hazard(double seconds, double median, double sigma)
    {
        if (seconds <= 0)
        {
            return 0;
        }

        double z = Math.Log(seconds / median) / sigma;
        double density = Math.Exp(-z * z / 2) / (seconds * sigma * Math.Sqrt(2 * Math.PI));
        double survival = UpperTail(z);
        // Beyond that the approximation of the tail is the better one.
        return survival > 1e-6 ? density / survival : (z + (1 / z)) / (seconds * sigma);
    }

    /// <summary>Probability that a standard normal exceeds z (Abramowitz and Stegun 26.2.17, error below 1e-7).</summary>
    private static double UpperTail(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        double tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? tail : 1 - tail;
    }
}
