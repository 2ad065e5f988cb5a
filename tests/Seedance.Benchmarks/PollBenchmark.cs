using System.Collections.Generic;
using System.Threading.Tasks;

namespace Seedance.Benchmarks;

/// <summary>B6: polls and waste over the best that any plan could do, in virtual time.</summary>
internal static class PollBenchmark
{
    private const string Why = "the simulation of poll plans is not part of this build";

    public static Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        _ = bench;
        IReadOnlyList<Measurement> none =
        [
            Measurement.NotRun("polls × waste / bound, cold", Why, Limit.Most(1.8)),
            Measurement.NotRun("polls × waste / bound, after 50 samples", Why, Limit.Most(1.3), Limit.Most(1.15)),
        ];
        return Task.FromResult(none);
    }
}
