using Seedance.Providers;

namespace Seedance.Polling;

/// <summary>How long a job is left alone after a poll: as long as its host says, else as planned, and longer after polls that brought nothing.</summary>
internal static class PollInterval
{
    private const double LongestBackOff = 15; // Seconds.

    /// <param name="polled">The job.</param>
    /// <param name="now">The moment of the poll.</param>
    /// <param name="hint">What the host says.</param>
    /// <param name="random">For the jitter.</param>
    public static TimeSpan Of(PolledJob polled, TimeSpan now, TimeSpan? hint, Random random)
    {
        ProviderInfo provider = polled.Account.Adapter.Provider;
        TimeSpan floor = provider.PollFloor;
        TimeSpan wait = hint is { } told && told > floor
            ? (told < TimeSpan.FromMinutes(2) ? told : TimeSpan.FromMinutes(2))
            : PollPlan.Jitter(PollPlan.Next(polled.Timer.At(now), polled.Model.Expected, floor, Ceiling(polled)), floor, random.NextDouble());
        if (polled.Failures > 0)
        {
            double backOff = Math.Min(LongestBackOff, Math.Pow(2, Math.Min(polled.Failures, 4))) * (0.9 + (random.NextDouble() * 0.1));
            wait = wait.TotalSeconds > backOff ? wait : TimeSpan.FromSeconds(backOff);
        }

        return wait;
    }

    /// <summary>Whatever host the simulator plays, its jobs take seconds and asking costs nobody anything; the host's floor holds.</summary>
    private static TimeSpan Ceiling(PolledJob polled)
    {
        TimeSpan simulated = TimeSpan.FromSeconds(1);
        TimeSpan provider = polled.Account.Adapter.Provider.PollCeiling;
        return polled.Stored.Job.IsSimulated && simulated < provider ? simulated : provider;
    }
}
