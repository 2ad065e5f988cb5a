using System.Diagnostics;

namespace Seedance.Quickstart;

/// <summary>The job through the built module's own cmdlets, where a PowerShell is on the path.</summary>
internal static class EngineRun
{
    /// <summary>The engine's path, or null.</summary>
    public static string? FindEngine()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The exit code: 0 when the video was saved.</summary>
    public static async Task<int> RunAsync(string engine, string module, QuickstartOptions options, CancellationToken stop)
    {
        string script = "$ErrorActionPreference = 'Stop'; Import-Module '" + module.Replace("'", "''", StringComparison.Ordinal) + "'; "
            + options.ToPowerShell() + " | Tee-Object -Variable saved | Format-List Id, Provider, IsSimulated, Status; "
            + "'Video:   ' + $saved.Outputs[0].Path; 'Sidecar: ' + $saved.Outputs[0].Path + '.json'";
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(engine) { UseShellExecute = false };
        foreach (string word in new[] { "-NoProfile", "-Command", script })
        {
            process.StartInfo.ArgumentList.Add(word);
        }

        process.Start();
        await process.WaitForExitAsync(stop).ConfigureAwait(false); // Ctrl+C reaches the engine by itself: it shares the console.
        return process.ExitCode;
    }
}
