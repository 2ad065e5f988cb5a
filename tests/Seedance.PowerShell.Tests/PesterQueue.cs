using System.Text.Json;

namespace Seedance.PowerShell.Tests;

/// <summary>
/// The Pester files, from which several engines take one after the other: most of their time is waiting. What took longest the last time
/// goes first, so that the engines end together; what has no such time yet goes by its length.
/// </summary>
internal sealed class PesterQueue : IDisposable
{
    private static readonly string s_suite = Path.Combine(ShippedModule.Repository, "tests", "Pester");
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-pester-").FullName;
    private readonly string[] _files;

    /// <param name="only">The names of files; all when there are none.</param>
    public PesterQueue(params string[] only)
    {
        Dictionary<string, double> seconds = Measured();
        _files =
        [
            .. Directory.EnumerateFiles(s_suite, "*.Tests.ps1", SearchOption.AllDirectories)
                .Where(file => only.Length == 0 || only.Contains(Path.GetFileName(file), StringComparer.Ordinal))
                .OrderByDescending(file => seconds.GetValueOrDefault(Path.GetFileName(file), double.MaxValue))
                .ThenByDescending(file => new FileInfo(file).Length),
        ];
        File.WriteAllLines(Path.Combine(_folder, "files.txt"), _files);
    }

    /// <summary>
    /// Runs the files in so many engines of PowerShell; fails where a test does, or where a file was run by none or has no test; skipped
    /// where the store's server is not on the machine.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, PesterCount>> RunAsync(int engines, string store)
    {
        await PinnedEngine.RestoreAsync();
        (int Code, string Text)[] runs = await Task.WhenAll(Enumerable.Range(0, engines).Select(_ => PinnedEngine.RunScriptAsync(
            Path.Combine(s_suite, "Invoke-Suite.ps1"), "-Pester", ShippedModule.Pester, "-Queue", _folder, "-Store", store)));
        bool hasNone = runs.Any(run => run.Text.Contains("There is no PostgreSQL", StringComparison.Ordinal));
        Assert.SkipWhen(hasNone, "No PostgreSQL on this machine (initdb and postgres).");
        Assert.All(runs, run => Assert.True(run.Code == 0, "Pester failed:\n" + run.Text));
        IReadOnlyDictionary<string, PesterCount> counts = Counts();
        Assert.Equal(0, counts.Values.Sum(count => count.Failed));
        return counts;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>For the order of the next run.</summary>
    public static void Remember(IReadOnlyDictionary<string, PesterCount> counts) => File.WriteAllText(
        ShippedModule.PesterTimes, JsonSerializer.Serialize(counts.ToDictionary(count => count.Key, count => count.Value.Seconds)));

    private Dictionary<string, PesterCount> Counts()
    {
        Dictionary<string, PesterCount> counts = new(StringComparer.Ordinal);
        foreach (string name in _files.Select(file => Path.GetFileName(file)))
        {
            string note = Path.Combine(_folder, name + ".json");
            string text = File.Exists(note) ? File.ReadAllText(note) : string.Empty;
            Assert.True(text.Length > 0, "No engine ran " + name + " to its end.");
            counts[name] = JsonSerializer.Deserialize<PesterCount>(text)!;
            Assert.True(counts[name].Passed + counts[name].Skipped > 0, name + " has no test that passed.");
        }

        return counts;
    }

    private static Dictionary<string, double> Measured() => File.Exists(ShippedModule.PesterTimes)
        ? JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(ShippedModule.PesterTimes))!
        : [];
}
