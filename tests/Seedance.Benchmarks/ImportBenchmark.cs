using System.Text.RegularExpressions;

namespace Seedance.Benchmarks;

/// <summary>
/// B1: the import of the built module against that of a module with one cmdlet, alone and with a first command, in fresh processes and in
/// turn; the script measures it.
/// </summary>
internal static partial class ImportBenchmark
{
    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        const string What = "import / import of a module with one cmdlet";
        if (Bench.Module() is null)
        {
            return [Measurement.NotRun(What, "the module is not built (out/Seedance.PowerShell)", Limit.Most(1.5), Limit.Most(1.3))];
        }

        string script = Path.Combine(Bench.Repository(), "tests", "Measure-ImportTime.ps1");
        string samples = bench.Times(15).ToString(CultureInfo.InvariantCulture);
        string text = await Bench.EngineAsync("-File", script, "-Sample", samples, "-Limit", "100");
        const string First = "import and Get-SeedanceJob / import and command of that module";
        return
        [
            new Measurement(What, Number(text, "Ratio"), Limit.Most(1.5), Limit.Most(1.3))
            {
                Note = FormattableString.Invariant($"{Number(text, "ModuleMs")} ms and {Number(text, "BaselineMs")} ms"),
            },
            new Measurement(First, Number(text, "FirstRatio"), Limit.Most(1.5), Limit.Most(1.5))
            {
                Note = FormattableString.Invariant($"{Number(text, "FirstModuleMs")} ms and {Number(text, "FirstBaselineMs")} ms"),
            },
        ];
    }

    private static double Number(string text, string name)
    {
        Match found = Line().Matches(text).First(line => line.Groups["name"].Value == name);
        return double.Parse(found.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>As Format-List writes it, with or without colours.</summary>
    private const string Form = @"^(?:\x1b\[[\d;]*m)*(?<name>\w+) *: (?:\x1b\[[\d;]*m)*(?<value>[\d.]+)\s*$";

    [GeneratedRegex(Form, RegexOptions.Multiline | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Line();
}
