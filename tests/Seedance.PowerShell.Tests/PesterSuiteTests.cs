namespace Seedance.PowerShell.Tests;

/// <summary>Runs what only an engine can show.</summary>
public sealed class PesterSuiteTests
{
    [Fact]
    public async Task PesterSuite_Passes()
    {
        File.Delete(ShippedModule.PesterCount);
        Assert.True(File.Exists(ShippedModule.Pester), "Pester is not at " + ShippedModule.Pester + ". Run 'dotnet restore' where the package feed can be reached, then 'dotnet test' again.");
        await PinnedEngine.RestoreAsync();
        var (code, text) = await PinnedEngine.RunScriptAsync(Path.Combine(ShippedModule.Repository, "tests", "Pester", "Invoke-Suite.ps1"), "-Pester", ShippedModule.Pester);
        await File.WriteAllLinesAsync(
            ShippedModule.PesterCount,
            text.Split('\n').Where(line => line.StartsWith("Tests Passed", StringComparison.Ordinal)).Select(line => line.Trim()),
            TestContext.Current.CancellationToken);
        Assert.True(code == 0, "Pester failed:\n" + text);
    }

    /// <summary>Where PowerShell is a .NET tool, the process of a running engine is dotnet; Get-EngineCommand of Session.ps1 knows what to start.</summary>
    [Fact]
    public void NoScript_StartsItsOwnProcessAgainByPath()
    {
        string[] scripts =
        [
            .. new[] { "tests", "module", "src", ".github" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(ShippedModule.Repository, folder), "*.ps1", SearchOption.AllDirectories)),
        ];
        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(scripts, script => File.ReadAllText(script) is var text
            && (text.Contains("ProcessPath", StringComparison.OrdinalIgnoreCase) || text.Contains("MainModule", StringComparison.OrdinalIgnoreCase)));
    }
}
