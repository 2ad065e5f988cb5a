using System.ComponentModel;
using System.Diagnostics;

namespace Seedance.Jobs.Review;

/// <summary>The user's browser, where this machine has one and a screen to show it on.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="start">Starts a program; throws where there is none of that name.</param>
internal sealed class Browser(Func<string, string?> variable, Action<ProcessStartInfo> start)
{
    public static Browser OfSystem { get; } = new(Environment.GetEnvironmentVariable, program => Process.Start(program)?.Dispose());

    /// <returns>False where nobody would see it.</returns>
    public bool Open(string address)
    {
        return Path.DirectorySeparatorChar == '\\'
            ? Starts(new ProcessStartInfo(address) { UseShellExecute = true })
            : Programs().Any(program => Starts(Quiet(program, address)));
    }

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

    /// <summary>What a browser says on its standard error belongs into nobody's terminal.</summary>
    private static ProcessStartInfo Quiet(string program, string address) => new(program, "\"" + address.Replace("\"", "%22") + "\"")
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private bool Starts(ProcessStartInfo program)
    {
        try
        {
            start(program);
            return true;
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
