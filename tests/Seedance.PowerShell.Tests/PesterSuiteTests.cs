namespace Seedance.PowerShell.Tests;

/// <summary>Runs what only an engine can show.</summary>
public sealed class PesterSuiteTests
{
    private const int Engines = 3; // Beside the one on a server, and the processes that they start.

    [Fact]
    public async Task PesterSuite_Passes()
    {
        File.Delete(ShippedModule.PesterCount);
        Assert.True(File.Exists(ShippedModule.Pester), "Pester is not at " + ShippedModule.Pester
            + ". Run 'dotnet restore' where the package feed can be reached, then 'dotnet test' again.");
        using PesterQueue queue = new();
        IReadOnlyDictionary<string, PesterCount> counts = await queue.RunAsync(Engines, "SQLite");
        PesterQueue.Remember(counts);
        var (slowest, most) = counts.MaxBy(count => count.Value.Seconds);
        string said = string.Create(
            CultureInfo.InvariantCulture,
            $"Tests Passed: {counts.Values.Sum(count => count.Passed)}, Failed: 0, Skipped: {counts.Values.Sum(count => count.Skipped)} ({counts.Count} files in {Engines} engines, {counts.Values.Sum(count => count.Seconds):F0} s; {slowest} {most.Seconds:F0} s)");
        await File.WriteAllTextAsync(ShippedModule.PesterCount, said, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Where PowerShell is a .NET tool, the process of a running engine is dotnet; Get-EngineCommand of Session.ps1 knows what to start.
    /// </summary>
    [Fact]
    public void NoScript_StartsItsOwnProcessAgainByPath()
    {
        string[] scripts =
        [
            .. new[] { "tests", "module", "src",
                ".github" }.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(ShippedModule.Repository, folder), "*.ps1", SearchOption.AllDirectories)),
        ];
        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(scripts, script => File.ReadAllText(script) is var text
            && (text.Contains("ProcessPath", StringComparison.OrdinalIgnoreCase)
                || text.Contains("MainModule", StringComparison.OrdinalIgnoreCase)));
    }
}
