using System.Text.Json;

namespace Seedance.PowerShell.Tests;

/// <summary>
/// The Pester files, from which several engines take one after the other: most of their time is waiting. What took longest the last time
/// goes first, so that the engines end together; what has no such time yet goes by its length.
/// </summary>
internal sealed class PesterQueue : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-pester-").FullName;
    private readonly string[] _files;

    public PesterQueue(string suite)
    {
        Dictionary<string, double> seconds = Measured();
        _files =
        [
            .. Directory.EnumerateFiles(suite, "*.Tests.ps1", SearchOption.AllDirectories)
                .OrderByDescending(file => seconds.GetValueOrDefault(Path.GetFileName(file), double.MaxValue))
                .ThenByDescending(file => new FileInfo(file).Length),
        ];
        File.WriteAllLines(Path.Combine(_folder, "files.txt"), _files);
    }

    public string Folder => _folder;

    /// <summary>What each file came to; fails where one was run by no engine, or has no test.</summary>
    public IReadOnlyDictionary<string, PesterCount> Counts()
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

        File.WriteAllText(
            ShippedModule.PesterTimes, JsonSerializer.Serialize(counts.ToDictionary(count => count.Key, count => count.Value.Seconds)));
        return counts;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, double> Measured() => File.Exists(ShippedModule.PesterTimes)
        ? JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(ShippedModule.PesterTimes))!
        : [];
}
