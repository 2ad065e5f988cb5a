using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Seedance.Benchmarks;

/// <summary>Prints each number as it comes and writes the short table for the docs.</summary>
internal sealed class Report(int seed, double scale, WrittenDocs docs)
{
    private readonly List<string> _rows = [];
    private readonly HashSet<string> _measured = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private bool _noisy;
    private double _seconds;
    private int _failed;

    private string Machine { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, Seedance.Core {Hash()}, seed {seed}, scale {scale:0.##}");

    public void PrintMachine() => Console.WriteLine(Machine);

    public void Add(Benchmark benchmark, SeriesResult result, bool wide)
    {
        _seconds += result.Seconds;
        _noisy |= result.Others > MachineLoad.Most;
        _measured.Add(benchmark.Id);
        string load = string.Create(CultureInfo.InvariantCulture, $"{result.Before:0.00} / {result.Others:0.00}");
        Console.WriteLine();
        string head = string.Create(CultureInfo.InvariantCulture, $"{benchmark.Id} {benchmark.Title} ({result.Seconds:0.0} s; ");
        Console.WriteLine(head + "load before, and processors of others meanwhile: " + load + ")");
        foreach (Measurement asked in result.Measurements)
        {
            Measurement one = wide ? asked with { Gate = asked.Gate?.Wide() } : asked;
            double? fell = wide ? null : docs.Fell(benchmark.Id, one);
            _failed += one.Failed || fell is not null ? 1 : 0;
            if (one.Value is null or double.NaN)
            {
                _missing.Add(benchmark.Id + " " + one.What);
            }

            string value = Text(one.Value) ?? "-", verdict = fell is null ? one.Verdict : "FELL from " + Text(fell);
            string spread = one.Spread is { } range ? Text(range.Least) + "–" + Text(range.Most) : string.Empty;
            string?[] parts =
                [verdict, one.Gate is { } gate ? "gate " + gate : null, one.Goal is { } goal ? "goal " + goal : null,
                    spread.Length > 0 ? spread : null];
            Console.WriteLine(
                $"  {one.What}: {value}  [{string.Join("; ", parts.OfType<string>())}]"
                + (one.Note is null ? string.Empty : "  " + one.Note));
            foreach ((string name, IReadOnlyList<double> samples) in one.Samples)
            {
                Console.WriteLine("    " + name + ": " + string.Join(' ', samples.Select(sample => Text(sample))));
            }

            string?[] cells = [benchmark.Id, one.What, value, spread, one.Gate?.ToString(), one.Goal?.ToString(), verdict, load];
            _rows.Add("| " + string.Join(" | ", cells) + " |");
        }
    }

    /// <summary>
    /// Puts the rows into the docs, beside those of benchmarks that did not run. False when somebody else kept the machine busy, and when a
    /// number is missing.
    /// </summary>
    public bool TryWrite(string path, IEnumerable<string> all)
    {
        if (_noisy)
        {
            Console.WriteLine(
                FormattableString.Invariant($"Others kept more than {MachineLoad.Most} processors busy, so nothing is written."));
            return false;
        }

        if (_missing.Count > 0)
        {
            Console.WriteLine("Without a number, so nothing is written: " + string.Join("; ", _missing) + ".");
            return false;
        }

        IEnumerable<string> table = all.SelectMany(id => _measured.Contains(id)
            ? _rows.Where(row => row.StartsWith($"| {id} |", StringComparison.Ordinal))
            : docs.Rows(id));
        string text = $"""
            # Benchmarks

            Written by `dotnet run -c Release --project tests/Seedance.Benchmarks -- --write`; not to be edited by hand. Each number is a ratio or a count, so that it
            says something on another machine too: the median of three runs, between the least and the most; of what must never happen, the worst; one run where
            the seed decides or a run takes minutes. *Gate* fails the run, *goal* is what to be proud of. *Load* is the machine's before it and the processors that others kept busy meanwhile. The run fails, too, when a
            number with a gate that misses its goal is worse by a tenth than what stood here.

            What is below its goal, and why. B1 with a first command: the engine that is measured and the module have no code compiled ahead, so the runtime
            compiles some two hundred methods of ours first; code compiled ahead is for one system and processor each, and the package may have 10 MB. B2: at a
            host that answers at once both sides are bound by the two processors, which the host uses, too; of ours a fifth reads the record, an eighth writes
            what host and job said to each other, and the rest is the request. B3 and B4: loopback is faster than SHA-256, which takes as long on one processor as
            curl's whole download, while server and client share two; without its hash the save is faster than curl. Over a link of 1 Gbit/s it costs processor
            time alone. B10: the four processes learn the host's rate by its objections and wait after each as it asks; in such seconds 0 to 9 of 20 requests are
            served, which costs 2.6 of 22.6 seconds. B11: a record is five to seven pages of the write-ahead log, those of the table and of the indices that keep
            listings flat, and one flush; the plain file is 400 bytes and one flush. B13: every two seconds a worker is killed in the middle of jobs of two
            seconds, and each time that costs about a second of a slot.

            {Machine}.

            | | measured | value | spread | gate | goal | | load |
            |---|---|---:|---|---|---|---|---|
            {string.Join('\n', table)}

            """;
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return true;
    }

    public int PrintEnd()
    {
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture, $"{(_failed == 0 ? "Every gate holds" : _failed + " gates FAILED")}; {_seconds:0} s."));
        return _failed == 0 ? 0 : 1;
    }

    private static string? Text(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Hash()
    {
        using FileStream file = File.OpenRead(typeof(Seedance.SeedanceServices).Assembly.Location);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..12];
    }
}
