namespace Seedance.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Seedance.Benchmarks [B3 B5 ...] [--seed n] [--scale x] [--write]</c>. Ends with 1 when a gate
/// fails.
/// </summary>
internal static class Program
{
    private static readonly Benchmark[] s_all =
    [
        new("B2", "Cost of a refresh against raw requests", CommandBenchmark.RunAsync),
        new("B3", "Download against curl and Invoke-WebRequest", DownloadBenchmark.RunAsync),
        new("B4", "Price of integrity", IntegrityBenchmark.RunAsync),
        new("B5", "Resume after random cuts", ResumeBenchmark.RunAsync),
        new("B6", "Poll efficiency", PollBenchmark.RunAsync),
        new("B7", "Many waits", WaitBenchmark.RunAsync),
        new("B8", "No double spend, no lost job", SpendBenchmark.RunAsync),
        new("B9", "Ctrl+C", StopBenchmark.RunAsync),
        new("B10", "Goodput under throttling", ThrottleBenchmark.RunAsync),
        new("B11", "Durable records", RecordBenchmark.RunAsync),
        new("B12", "Redaction", RedactionBenchmark.RunAsync),
        new("B14", "Large stores", StoreSizeBenchmark.RunAsync),
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", ..])
        {
            return MediaServer.Serve(args[1..]);
        }

        int seed = (int)Value(args, "--seed", 20260901);
        double scale = Value(args, "--scale", 1);
        string[] names = [.. args.Where(arg => arg.StartsWith('B') || arg.StartsWith('b'))];
        Report report = new(seed, scale);
        report.PrintMachine();
        using Bench bench = new(seed, scale);
        foreach (Benchmark benchmark in s_all.Where(one => names.Length == 0 || names.Contains(one.Id, StringComparer.OrdinalIgnoreCase)))
        {
            IReadOnlyList<Measurement> measurements = [];
            double seconds = await Bench.SecondsAsync(async () => measurements = await TryAsync(benchmark, bench));
            report.Add(benchmark, measurements, seconds);
        }

        if (args.Contains("--write", StringComparer.Ordinal))
        {
            report.Write(Path.Combine(Repository(), "docs", "benchmarks.md"));
        }

        return report.PrintEnd();
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

    private static double Value(string[] args, string name, double otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Seedance.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Not started from a clone.");
    }
}
