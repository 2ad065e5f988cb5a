using System.Diagnostics;

namespace Seedance.PowerShell.Tests;

/// <summary>The PowerShell of the repository's tool manifest, and the Pester that its package properties name.</summary>
internal static class PinnedEngine
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(15);

    /// <summary>Once: two at a time, with no package there yet, get in each other's way.</summary>
    private static readonly Lazy<Task<(int Code, string Text)>> s_restored = new(() => RunAsync(["tool", "restore"]));

    /// <summary>Fails with the command to run where the feed does not give the engine.</summary>
    public static async Task RestoreAsync()
    {
        var (code, text) = await s_restored.Value;
        Assert.True(code == 0, "The tests of the module need the PowerShell of .config/dotnet-tools.json, which could not be restored.\n"
            + "Run 'dotnet tool restore' in " + ShippedModule.Repository
                + " where the package feed can be reached, then 'dotnet test' again.\n" + text);
    }

    public static Task<(int Code, string Text)> RunScriptAsync(string script, params string[] arguments) =>
        RunAsync(["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File", script, .. arguments]);

    /// <summary>What dotnet wrote in the repository's folder, where it finds the manifest.</summary>
    private static async Task<(int Code, string Text)> RunAsync(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = ShippedModule.Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // As for the other tests: counting calls costs more than better code gives back.
        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_most, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("'dotnet " + string.Join(' ', arguments) + "' had not ended after " + s_most + ".");
        }

        return (process.ExitCode, await text + await errors);
    }
}
