using Seedance.Durations;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>
/// How long a job is left alone after a poll: as long as its host says, else as planned, and longer after polls that brought nothing.
/// </summary>
internal static class PollInterval
{
    private const double LongestBackOff = 15; // Seconds.
    private static readonly ExpectedTime s_simulated = new(TimeSpan.FromSeconds(8), Sigma: 0);

    /// <summary><paramref name="hint"/> is what the host says.</summary>
    public static TimeSpan Of(PolledJob polled, TimeSpan now, TimeSpan? hint, Random random)
    {
        ProviderInfo provider = polled.Account.Adapter.Provider;
        TimeSpan floor = provider.PollFloor;
        TimeSpan wait = hint is { } told && told > floor
            ? (told < RetryAfterHeader.Longest ? told : RetryAfterHeader.Longest)
            : PollPlan.Jitter(Planned(polled, polled.Timer.At(now), floor), floor, random.NextDouble());
        if (polled.Failures > 0)
        {
            double backOff = Math.Min(LongestBackOff, Math.Pow(2, Math.Min(polled.Failures, 4))) * (0.9 + (random.NextDouble() * 0.1));
            wait = wait.TotalSeconds > backOff ? wait : TimeSpan.FromSeconds(backOff);
        }

        return wait;
    }

    /// <summary>True where the host calls at the end and is not overdue: nobody need ask before.</summary>
    public static bool AwaitsCall(PolledJob polled, TimeSpan now) =>
        Calls(polled) && polled.Timer.At(now) < CallbackPace.Late(Expected(polled));

    private static TimeSpan Planned(PolledJob polled, TimeSpan elapsed, TimeSpan floor) => Calls(polled)
        ? CallbackPace.Next(elapsed, Expected(polled), floor)
        : PollPlan.Next(elapsed, polled.Model.Expected, floor, Ceiling(polled));

    private static bool Calls(PolledJob polled) => polled.Stored.Job.Request?.CallbackUri is not null;

    /// <summary>The simulator's jobs take seconds, whatever the host that it plays.</summary>
    private static ExpectedTime Expected(PolledJob polled) => polled.Stored.Job.IsSimulated ? s_simulated : polled.Model.Expected;

    /// <summary>
    /// Whatever host the simulator plays, its jobs take seconds and asking costs nobody anything; the host's floor holds.
    /// </summary>
    private static TimeSpan Ceiling(PolledJob polled)
    {
        TimeSpan simulated = TimeSpan.FromSeconds(1);
        TimeSpan provider = polled.Account.Adapter.Provider.PollCeiling;
        return polled.Stored.Job.IsSimulated && simulated < provider ? simulated : provider;
    }
}
