namespace Seedance.PowerShell.Tests;

/// <summary>The Pester files on a server, where the machine has PostgreSQL.</summary>
public sealed class PostgresPesterTests
{
    /// <summary>Those that turn on the store most. All of them take as long once more as on SQLite.</summary>
    private static readonly string[] s_always =
        ["Budget.Tests.ps1", "Invoke-SeedanceQueue.Tests.ps1", "Resolve-SeedanceJob.Tests.ps1", "Set-SeedanceJob.Tests.ps1"];

    [Fact]
    public async Task PesterFiles_OnPostgreSql_Pass()
    {
        bool all = Environment.GetEnvironmentVariable("SEEDANCE_SWEEP") == "1";
        using PesterQueue queue = new(all ? [] : s_always);
        await queue.RunAsync(engines: all ? 3 : 1, "PostgreSQL");
    }
}
