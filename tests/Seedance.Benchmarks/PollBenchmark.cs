using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>B6: polls and waste over the best that any plan could do, in virtual time.</summary>
internal static class PollBenchmark
{
    private const int Jobs = 20_000;

    public static Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        PollEfficiency simulation = new(bench.Seed);
        IReadOnlyList<Measurement> all =
        [
            Of("cold", simulation.Cold(Jobs), Limit.Most(1.8)),
            Of("after 10 samples", simulation.Learnt(Jobs, 10)),
            Of("after 50 samples", simulation.Learnt(Jobs, 50), Limit.Most(1.3), Limit.Most(1.15)),
            Of("sure of twice the truth", simulation.Wrong(Jobs, 2)),
        ];
        return Task.FromResult(all);
    }

    private static Measurement Of(string what, PollEfficiency.Score score, Limit? gate = null, Limit? goal = null) =>
        new("polls × waste / bound, " + what, score.Ratio, gate, goal)
    {
        Note = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{score.Polls:0.0} polls a job, {score.Waste:0.0} s wasted"),
    };
}
