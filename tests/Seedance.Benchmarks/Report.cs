using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Seedance.Benchmarks;

/// <summary>Prints each number as it comes and writes the short table for the docs.</summary>
internal sealed class Report(int seed, double scale)
{
    private readonly StringBuilder _table = new();
    private double _seconds;
    private int _failed;

    private string Machine { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, Seedance.Core {Hash()}, seed {seed}, scale {scale:0.##}");

    public void PrintMachine() => Console.WriteLine(Machine);

    public void Add(Benchmark benchmark, IReadOnlyList<Measurement> measurements, double seconds)
    {
        _seconds += seconds;
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{benchmark.Id} {benchmark.Title} ({seconds:0.0} s)"));
        foreach (Measurement one in measurements)
        {
            _failed += one.Failed ? 1 : 0;
            string value = one.Value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-";
            string wanted = string.Join(", ",
                new[] { one.Gate is { } gate ? "gate " + gate : null, one.Goal is { } goal ? "goal " + goal : null }.OfType<string>());
            Console.WriteLine(
                $"  {one.What}: {value}  [{one.Verdict}{(wanted.Length > 0 ? "; " + wanted : string.Empty)}]{(one.Note is null ? string.Empty : "  " + one.Note)}");
            foreach ((string name, IReadOnlyList<double> samples) in one.Samples)
            {
                Console.WriteLine("    " + name + ": "
                    + string.Join(' ', samples.Select(sample => sample.ToString("0.####", CultureInfo.InvariantCulture))));
            }

            _table.Append(CultureInfo.InvariantCulture,
                $"| {benchmark.Id} | {one.What} | {value} | {one.Gate?.ToString() ?? ""} | {one.Goal?.ToString() ?? ""} | {one.Verdict} |\n");
        }
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string text = $"""
            # Benchmarks

            Written by `dotnet run -c Release --project tests/Seedance.Benchmarks -- --write`; not to be edited by hand. Each number is a ratio or a count of one run, so that it
            says something on another machine too. *Gate* fails the run, *goal* is what to be proud of.

            {Machine}.

            | | measured | value | gate | goal | |
            |---|---|---:|---|---|---|
            {_table.ToString().TrimEnd()}

            """;
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    }

    public int PrintEnd()
    {
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture, $"{(_failed == 0 ? "Every gate holds" : _failed + " gates FAILED")}; {_seconds:0} s."));
        return _failed == 0 ? 0 : 1;
    }

    private static string Hash()
    {
        using FileStream file = File.OpenRead(typeof(Seedance.SeedanceServices).Assembly.Location);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..12];
    }
}
