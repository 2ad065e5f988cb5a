using Seedance.Durations;
using Seedance.Polling;
using Seedance.Providers;

namespace Seedance.TestKit;

/// <summary>
/// How well polls are timed: jobs whose completion times are log-normal, asked by the scheduler's own plan in virtual time. The measure is
/// polls per job times the mean time from a job's end to the poll that sees it, over the least that any plan can reach.
/// </summary>
internal sealed class PollEfficiency(int seed)
{
    public const double Median = 105;
    public const double Sigma = 0.40;

    /// <summary>
    /// Square of the integral of the root of half survival times density, for this median and spread; a fixed interval reaches half the
    /// mean, 56.7.
    /// </summary>
    public const double Bound = 35.9;

    private static readonly ProviderInfo s_provider = new() { Name = "Any", BaseUri = new Uri("https://any.example") };
    private readonly Random _random = new(seed);

    /// <param name="Polls">Per job.</param>
    /// <param name="Waste">Mean seconds from the end to the poll that sees it.</param>
    internal sealed record Score(double Polls, double Waste)
    {
        public double Ratio => Polls * Waste / Bound;
    }

    /// <summary>Nothing was seen yet; the catalogue may know a figure.</summary>
    public Score Cold(int jobs, double? catalogued = null) =>
        Run(jobs, ExpectedTime.Cold(catalogued is { } seconds ? TimeSpan.FromSeconds(seconds) : null));

    /// <summary>
    /// The plan after that many jobs were seen to end, as closely as polls can see; mean over several histories, since luck decides a short
    /// one.
    /// </summary>
    public Score Learnt(int jobs, int samples, double guess = 75)
    {
        const int Histories = 20;
        Score[] scores = [.. Enumerable.Range(0, Histories).Select(_ => Run(jobs / Histories, Learn(samples, guess)))];
        return new Score(scores.Average(score => score.Polls), scores.Average(score => score.Waste));
    }

    /// <summary>A model that is sure of itself and wrong by a factor, as no samples ever made it.</summary>
    public Score Wrong(int jobs, double factor) => Run(jobs, new ExpectedTime(TimeSpan.FromSeconds(Median * factor), Sigma));

    private ExpectedTime Learn(int samples, double guess)
    {
        List<TimeSpan> seen = [];
        ExpectedTime expected = ExpectedTime.Learn(TimeSpan.FromSeconds(guess), seen);
        for (int i = 0; i < samples; i++)
        {
            (_, TimeSpan before, TimeSpan last) = Ask(expected, Draw());
            seen.Add(TimeSpan.FromTicks((before.Ticks + last.Ticks) / 2));
            expected = ExpectedTime.Learn(TimeSpan.FromSeconds(guess), seen);
        }

        return expected;
    }

    private Score Run(int jobs, ExpectedTime expected)
    {
        long polls = 0;
        double waste = 0;
        for (int i = 0; i < jobs; i++)
        {
            TimeSpan end = Draw();
            (int asked, _, TimeSpan last) = Ask(expected, end);
            polls += asked;
            waste += (last - end).TotalSeconds;
        }

        return new Score((double)polls / jobs, waste / jobs);
    }

    private (int Polls, TimeSpan Before, TimeSpan Last) Ask(ExpectedTime expected, TimeSpan end)
    {
        TimeSpan before = TimeSpan.Zero;
        TimeSpan at = TimeSpan.Zero;
        int polls = 0;
        while (at < end)
        {
            before = at;
            at += PollPlan.Jitter(
                PollPlan.Next(at, expected, s_provider.PollFloor, s_provider.PollCeiling), s_provider.PollFloor, _random.NextDouble());
            polls++;
        }

        return (polls, before, at);
    }

    private TimeSpan Draw()
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return TimeSpan.FromSeconds(Median * Math.Exp(Sigma * normal));
    }
}
