using System;

namespace Seedance.Scheduling;

/// <summary>
/// When to ask next. Completion times are taken as log-normal; asking at the rate of the square root of the hazard is the best trade of polls against
/// time wasted, so the first poll comes shortly before a job is likely to end and none is more than 15 s after the one before.
/// </summary>
internal static class PollPlan
{
    private const double Step = 0.05; // Of the median; fine enough that halving it changes no interval by a percent.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    /// <param name="elapsed">Since the submit.</param>
    /// <param name="median">Half of such jobs are done by then.</param>
    /// <param name="sigma">Spread of the logarithm of the completion time.</param>
    /// <param name="floor">The provider's shortest interval.</param>
    public static TimeSpan Next(TimeSpan elapsed, TimeSpan median, double sigma, TimeSpan floor)
    {
        const double Eagerness = 4; // Polls that one second of waste is worth; the middle of the useful range.
        double start = elapsed.TotalSeconds;
        double end = start + s_longest.TotalSeconds;
        double step = Math.Max(median.TotalSeconds * Step, 0.01);
        double mass = 0;
        double at = start;
        while (at < end && mass < 1)
        {
            mass += step * Math.Sqrt(Eagerness * Hazard(at + (step / 2), median.TotalSeconds, sigma) / 2);
            at += step;
        }

        TimeSpan interval = TimeSpan.FromSeconds(Math.Min(at, end) - start);
        return interval < floor ? floor : interval;
    }

    /// <summary>The chance per second that a job which still runs ends now.</summary>
    private static double Hazard(double seconds, double median, double sigma)
    {
        double z = Math.Log(seconds / median) / sigma;
        double density = Math.Exp(-z * z / 2) / (seconds * sigma * Math.Sqrt(2 * Math.PI));
        double survival = UpperTail(z);
        return survival > 1e-12 ? density / survival : z / (seconds * sigma);
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
