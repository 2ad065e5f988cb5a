using System.Diagnostics;

namespace Seedance.PowerShell.Tests;

/// <summary>Runs what only an engine can show, where there is one.</summary>
public sealed class PesterSuiteTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task PesterSuite_Passes()
    {
        Assert.SkipUnless(FindOnPath("pwsh") is not null, "There is no pwsh on the PATH, so the Pester suite did not run.");
        string folder = Path.Combine(ShippedModule.Repository, "tests", "Pester");
        var (code, text) = await RunAsync(Path.Combine(folder, "Invoke-Suite.ps1"));
        Assert.SkipWhen(code == 3, "PowerShell has no Pester 5, so the Pester suite did not run.");
        foreach (string line in text.Split('\n').Where(line => line.StartsWith("Tests Passed", StringComparison.Ordinal)))
        {
            output.WriteLine(line);
            TestContext.Current.SendDiagnosticMessage("Pester: " + line);
        }

        Assert.True(code == 0, "Pester failed:\n" + text);
    }

    private static async Task<(int Code, string Text)> RunAsync(string script)
    {
        ProcessStartInfo start = new("pwsh", ["-NoProfile", "-NonInteractive", "-File", script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
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
            Assert.Fail("The Pester suite had not ended after " + s_most + ".");
        }

        return (process.ExitCode, await text + await errors);
    }

    private static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
        .FirstOrDefault(File.Exists);
}
