namespace Seedance.Benchmarks;

/// <summary>A benchmark, several times: of each number the median, or the worst where it counts what must not happen at all.</summary>
internal static class Series
{
    public static async Task<SeriesResult> RunAsync(Benchmark benchmark, Bench bench, int runs)
    {
        double? before = MachineLoad.Now;
        MachineLoad load = new();
        List<IReadOnlyList<Measurement>> all = [];
        double seconds = await Bench.SecondsAsync(async () =>
        {
            for (int run = 0; run < runs; run++)
            {
                all.Add(await TryAsync(benchmark, bench));
            }
        });
        Measurement[] merged = [.. all.SelectMany(static run => run).GroupBy(one => one.What).Select(runs => Merge([.. runs]))];
        return new SeriesResult(merged, seconds, before, load.OfOthers());
    }

    private static Measurement Merge(Measurement[] runs)
    {
        Measurement[] measured = [.. runs.Where(one => one.Value is not null).OrderBy(one => one.Value)];
        if (measured.Length == 0)
        {
            return runs[0];
        }

        Measurement chosen = measured[0].Gate is { Value: 0, AtLeast: false } ? measured[^1] : measured[measured.Length / 2];
        return chosen with { Spread = measured.Length < 2 ? null : (measured[0].Value!.Value, measured[^1].Value!.Value) };
    }

    private static async Task<IReadOnlyList<Measurement>> TryAsync(Benchmark benchmark, Bench bench)
    {
        try
        {
            return await benchmark.RunAsync(bench);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The others still run; a benchmark that breaks has not passed.
            return [new Measurement("broke", double.NaN, Limit.Most(0)) { Note = error.ToString() }];
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Measurements">Its numbers.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Before">The machine's load before it; null where the system does not tell.</param>
/// <param name="Others">How many processors others kept busy meanwhile.</param>
internal sealed record SeriesResult(IReadOnlyList<Measurement> Measurements, double Seconds, double? Before, double? Others);
