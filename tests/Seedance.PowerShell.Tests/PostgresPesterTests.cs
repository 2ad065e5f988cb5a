namespace Seedance.PowerShell.Tests;

/// <summary>
/// The Pester files that turn on the store most, on a server; the whole suite passes there, too (Invoke-Suite.ps1 -Store PostgreSQL).
/// </summary>
public sealed class PostgresPesterTests
{
    private static readonly string[] s_files = ["Budget", "Invoke-SeedanceQueue", "Resolve-SeedanceJob", "Set-SeedanceJob"];

    [Fact]
    public async Task FilesOfTheStore_OnPostgreSql_Pass()
    {
        await PinnedEngine.RestoreAsync();
        string suite = Path.Combine(ShippedModule.Repository, "tests", "Pester");
        string folder = Directory.CreateTempSubdirectory("seedance-pester-").FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "files.txt"),
            s_files.Select(name => Path.Combine(suite, name + ".Tests.ps1")),
            TestContext.Current.CancellationToken);
        (int code, string text) = await PinnedEngine.RunScriptAsync(
            Path.Combine(suite, "Invoke-Suite.ps1"), "-Pester", ShippedModule.Pester, "-Queue", folder, "-Store", "PostgreSQL");
        Directory.Delete(folder, recursive: true);
        bool hasNone = text.Contains("There is no PostgreSQL", StringComparison.Ordinal);
        Assert.SkipWhen(hasNone, "No PostgreSQL on this machine (initdb and postgres).");
        Assert.True(code == 0, "Pester failed:\n" + text);
    }
}
