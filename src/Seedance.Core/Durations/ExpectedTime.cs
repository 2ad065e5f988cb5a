namespace Seedance.Durations;

/// <summary>
/// How long jobs of a kind take: log-normal, as far as anyone knows. The spread holds what is not known of the median too.
/// </summary>
internal sealed record ExpectedTime(TimeSpan Median, double Sigma)
{
    private const double UsualSigma = 0.4; // Of eight equal clips at one relay: 83 to 253 s around 105 s (published log, 2026).
    private const double GuessWeight = 2; // Jobs that a catalogue's figure is worth.
    private const double SpreadWeight = 4; // And the usual spread.
    private const double Farthest = 1.2; // Logarithm: a job that hung for an hour tells nothing about the next one.
    private static readonly TimeSpan s_unknown = TimeSpan.FromSeconds(75); // The middle of what five vendors' guides say.

    /// <summary>Of a kind that was never seen. <paramref name="guess"/> is the catalogue's figure, or null where it has none.</summary>
    public static ExpectedTime Cold(TimeSpan? guess) => Learn(guess ?? s_unknown, []);

    /// <summary>Mixes a guess with what was seen; the more was seen, the less the guess counts.</summary>
    public static ExpectedTime Learn(TimeSpan guess, IReadOnlyList<TimeSpan> seen)
    {
        double[] logs = Clamp([.. seen.Select(duration => Math.Log(duration.TotalSeconds)).OrderBy(log => log)]);
        double prior = Math.Log(guess.TotalSeconds);
        double mean = logs.Length == 0 ? prior : logs.Average();
        double weight = GuessWeight + logs.Length;
        double center = ((GuessWeight * prior) + (logs.Length * mean)) / weight;
        double squares = (SpreadWeight * UsualSigma * UsualSigma)
            + logs.Sum(log => (log - mean) * (log - mean))
            + (GuessWeight * logs.Length / weight * (mean - prior) * (mean - prior));
        double variance = squares / (SpreadWeight + logs.Length) * (1 + (1 / weight));
        return new ExpectedTime(TimeSpan.FromSeconds(Math.Exp(center)), Math.Sqrt(variance));
    }

    private static double[] Clamp(double[] sorted)
    {
        if (sorted.Length == 0)
        {
            return sorted;
        }

        double middle = sorted[sorted.Length / 2];
        return [.. sorted.Select(log => Math.Max(middle - Farthest, Math.Min(middle + Farthest, log)))];
    }
}
