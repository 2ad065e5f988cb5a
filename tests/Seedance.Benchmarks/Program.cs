namespace Seedance.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Seedance.Benchmarks [B3 B5 ...] [--seed n] [--scale x] [--runs n] [--wide] [--write]</c>. Ends
/// with 1 when a gate fails. <c>--write</c> builds the module, waits for a quiet machine, runs each three times, or once where the seed
/// decides what comes of it or it takes minutes, and puts them into the docs; <c>--wide</c> only asks whether they still work.
/// </summary>
internal static class Program
{
    private static readonly Benchmark[] s_all =
    [
        new("B1", "Import", ImportBenchmark.RunAsync),
        new("B2", "Cost of a refresh against raw requests", CommandBenchmark.RunAsync),
        new("B3", "Download against curl and Invoke-WebRequest", DownloadBenchmark.RunAsync),
        new("B4", "Price of integrity", IntegrityBenchmark.RunAsync),
        new("B5", "Resume after random cuts", ResumeBenchmark.RunAsync) { RunsOnce = true },
        new("B6", "Poll efficiency", PollBenchmark.RunAsync) { RunsOnce = true },
        new("B7", "Many waits", WaitBenchmark.RunAsync),
        new("B8", "No double spend, no lost job", SpendBenchmark.RunAsync) { RunsOnce = true },
        new("B9", "Ctrl+C", StopBenchmark.RunAsync),
        new("B10", "Goodput under throttling", ThrottleBenchmark.RunAsync),
        new("B11", "Durable records", RecordBenchmark.RunAsync),
        new("B12", "Redaction", RedactionBenchmark.RunAsync),
        new("B13", "Many machines", FleetBenchmark.RunAsync) { RunsOnce = true },
        new("B14", "Large stores", StoreSizeBenchmark.RunAsync) { RunsOnce = true },
        new("B15", "Ten thousand rows", RowsBenchmark.RunAsync) { RunsOnce = true },
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", ..])
        {
            return MediaServer.Serve(args[1..]);
        }

        bool write = args.Contains("--write", StringComparer.Ordinal), wide = args.Contains("--wide", StringComparer.Ordinal);
        int seed = (int)Value(args, "--seed", 20260901);
        double scale = write ? 1 : Value(args, "--scale", 1);
        string path = Path.Combine(Bench.Repository(), "docs", "benchmarks.md");
        string[] names = [.. args.Where(arg => arg.StartsWith('B') || arg.StartsWith('b'))];
        if (write && Bench.Find("curl") is null)
        {
            Console.WriteLine("curl is not there, and the docs want all numbers: install it, then run this again.");
            return 2;
        }

        if (write)
        {
            await Bench.BuildModuleAsync();
        }

        if (write && !await MachineLoad.BecomesQuietAsync(TimeSpan.FromMinutes(10)))
        {
            Console.WriteLine("The machine does other things, so nothing is measured for the docs.");
            return 2;
        }

        Report report = new(seed, scale, scale < 1 ? WrittenDocs.None : new WrittenDocs(path));
        report.PrintMachine();
        using Bench bench = new(seed, scale);
        foreach (Benchmark benchmark in s_all.Where(one => names.Length == 0 || names.Contains(one.Id, StringComparer.OrdinalIgnoreCase)))
        {
            int runs = benchmark.RunsOnce ? 1 : (int)Value(args, "--runs", write ? 3 : 1);
            report.Add(benchmark, await Series.RunAsync(benchmark, bench, runs), wide);
        }

        bool written = !write || report.TryWrite(path, s_all.Select(static one => one.Id));
        return written ? report.PrintEnd() : 2;
    }

    private static double Value(string[] args, string name, double otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
