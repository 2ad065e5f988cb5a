using System.ComponentModel;
using System.Diagnostics;

namespace Seedance.Jobs.Review;

/// <summary>
/// The user's browser, where this machine has one and a screen to show it on. <paramref name="start"/> starts a program with an address;
/// false where there is none of that name. An empty name is what the system itself opens addresses with.
/// </summary>
internal sealed class Browser(Func<string, string?> variable, Func<string, string, bool> start)
{
    public static Browser OfSystem { get; } = new(Environment.GetEnvironmentVariable, Start);

    /// <returns>False where nobody would see it.</returns>
    public bool Open(string address) =>
        Path.DirectorySeparatorChar == '\\' ? start(string.Empty, address) : Programs().Any(program => start(program, address));

    private static bool Start(string program, string address)
    {
        ProcessStartInfo? info = program.Length == 0 ? new ProcessStartInfo(address) { UseShellExecute = true }
            : Find(program) is { } file ? Quiet(file, address)
            : null;
        try
        {
            using Process? process = info is null ? null : Process.Start(info);
            return info is not null;
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>What a browser says belongs into nobody's terminal, and a pipe that ends with this process would end the browser.</summary>
    private static ProcessStartInfo Quiet(string file, string address) =>
        new("/bin/sh",
            "-c \"exec \\\"$0\\\" \\\"$1\\\" >/dev/null 2>&1\" \"" + file + "\" \"" + address.Replace("\"", "%22") + "\"") {
            UseShellExecute = false };

    private IEnumerable<string> Programs()
    {
        if (variable("BROWSER") is { Length: > 0 } chosen)
        {
            yield return chosen.Split(':')[0];
        }

#if !NETSTANDARD2_0
        if (OperatingSystem.IsMacOS())
        {
            yield return "open";
        }
#endif
        if (variable("WSL_DISTRO_NAME") is { Length: > 0 })
        {
            yield return "wslview";
        }

        if (variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 })
        {
            yield return "xdg-open";
        }
    }
}
