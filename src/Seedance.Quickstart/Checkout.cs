using System.Diagnostics;

namespace Seedance.Quickstart;

/// <summary>The clone that this was built in, and the dotnet commands that work on it.</summary>
internal sealed record Checkout(string Folder)
{
    public string PathOf(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Runs dotnet on this console and in this folder, where its tools are found; its exit code.</summary>
    public int Run(params string[] words)
    {
        using Process process =
            Process.Start(new ProcessStartInfo("dotnet", words) { WorkingDirectory = Folder, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
