namespace Seedance.Benchmarks;

/// <summary>
/// B15: a sheet through New-SeedanceVideo -Queue in a fresh process, short and long: processor time a row, and memory. The state folder is
/// in memory, so that what is measured is the module's own.
/// </summary>
internal static class RowsBenchmark
{
    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        int most = bench.Times(10_000);
        int few = Math.Max(1, most / 10);
        string time = FormattableString.Invariant($"processor time a row, {most:N0} rows / {few:N0}");
        string memory = FormattableString.Invariant($"MB above the idle process, {most:N0} rows / {few:N0}");
        if (Bench.Module() is null)
        {
            return [Measurement.NotRun(time, "the module is not built (out/Seedance.PowerShell)", Limit.Most(1.5), Limit.Most(1.2))];
        }

        Cost small = await CostAsync(bench, few), large = await CostAsync(bench, most);
        return
        [
            new Measurement(time, large.Milliseconds / small.Milliseconds, Limit.Most(1.5), Limit.Most(1.2))
            {
                Note = FormattableString.Invariant($"{large.Milliseconds:0.00} ms and {small.Milliseconds:0.00} ms a row"),
            },
            new Measurement(memory, large.Megabytes / small.Megabytes)
            {
                Note = FormattableString.Invariant($"{large.Megabytes:0} MB and {small.Megabytes:0} MB"),
            },
            new Measurement("rows without a job", most - large.Jobs + few - small.Jobs, Limit.Most(0), Limit.Most(0)),
        ];
    }

    private static async Task<Cost> CostAsync(Bench bench, int rows)
    {
        string home = bench.MemoryFolder();
        string sheet = Path.Combine(home, "rows.csv");
        await File.WriteAllLinesAsync(sheet, Enumerable.Range(0, rows).Select(row => "a kite over cliff " + row).Prepend("Prompt"));
        string script = FormattableString.Invariant($$"""
            $env:SEEDANCE_HOME = '{{home}}'
            Import-Module '{{Bench.Module()}}'
            [GC]::Collect(); $me = [Diagnostics.Process]::GetCurrentProcess(); $cpu = $me.TotalProcessorTime; $idle = $me.WorkingSet64
            $count = (Import-Csv '{{sheet}}' | New-SeedanceVideo -Provider Simulator -Queue | Measure-Object).Count
            $me.Refresh(); $ms = ($me.TotalProcessorTime - $cpu).TotalMilliseconds; $mb = ($me.PeakWorkingSet64 - $idle) / 1MB
            [string]::Format([cultureinfo]::InvariantCulture, '{0} {1} {2}', $count, $ms / {{rows}}, $mb)
            """);
        double[] told = [.. (await Bench.EngineAsync("-Command", script)).Trim().Split(' ')
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return new Cost((int)told[0], told[1], told[2]);
    }

    private sealed record Cost(int Jobs, double Milliseconds, double Megabytes);
}
