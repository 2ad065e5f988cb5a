using Seedance.Durations;

namespace Seedance.Polling;

/// <summary>
/// When to ask about a job whose host was asked to call: so late that the call mostly comes first, and then at growing distances, so that a
/// job whose call was lost is found by the second or third question.
/// </summary>
internal static class CallbackPace
{
    private const double Growth = 1.6;
    private const double Near = 1.2; // A question that jitter made earlier stands for the moment that it was meant for.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>The first moment at which a call is overdue.</summary>
    public static TimeSpan Late(ExpectedTime expected) => TimeSpan.FromSeconds(expected.Median.TotalSeconds * Math.Exp(expected.Sigma / 2));

    /// <summary>How long until the next poll of a job that is called back about.</summary>
    public static TimeSpan Next(TimeSpan elapsed, ExpectedTime expected, TimeSpan floor)
    {
        double at = Late(expected).TotalSeconds;
        double from = Math.Max(0, elapsed.TotalSeconds);
        while (at <= from * Near && at < TimeSpan.MaxValue.TotalSeconds / 2)
        {
            at *= Growth;
        }

        TimeSpan wait = TimeSpan.FromSeconds(Math.Min(at - from, s_longest.TotalSeconds));
        return wait > floor ? wait : floor;
    }
}
