using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Seedance.Store;

/// <summary>
/// A process so that another can tell whether it still lives. The start tells it from a later one of the same number: the kernel's own count of ticks where
/// there is one, since elsewhere a start in seconds follows the wall clock, which somebody may set.
/// </summary>
internal sealed record ProcessMark(string Machine, int ProcessId, long StartedAt)
{
    private static readonly bool s_hasTicks = Ticks("self") is not null;

    public static ProcessMark Current { get; } = Mark();

    /// <summary>True also where nobody can tell: another machine's process, or one of another user.</summary>
    public bool MayBeAlive
    {
        get
        {
            if (!string.Equals(Machine, Environment.MachineName, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (s_hasTicks && Ticks(ProcessId.ToString(CultureInfo.InvariantCulture)) is { } ticks)
            {
                return ticks == StartedAt;
            }

            try
            {
                using Process process = Process.GetProcessById(ProcessId);
                return s_hasTicks || Math.Abs(Seconds(process) - StartedAt) <= 2; // Without its ticks it is another user's, hidden from us.
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                return false;
            }
            catch (Exception error) when (error is Win32Exception or NotSupportedException)
            {
                return true;
            }
        }
    }

    /// <summary>The start in a line of <c>/proc/*/stat</c> (proc(5)): its 22nd field. The second is a name in parentheses that may hold anything.</summary>
    public static long? ReadTicks(string line)
    {
        string[] fields = line.Substring(line.LastIndexOf(')') + 1).Split([' '], StringSplitOptions.RemoveEmptyEntries); // From the third field on.
        return fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? ticks : null;
    }

    private static ProcessMark Mark()
    {
        using Process process = Process.GetCurrentProcess();
        return new(Environment.MachineName, process.Id, (s_hasTicks ? Ticks("self") : null) ?? Seconds(process));
    }

    private static long? Ticks(string process)
    {
        try
        {
            string path = "/proc/" + process + "/stat";
            return File.Exists(path) ? ReadTicks(File.ReadAllText(path)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // It ended in the same moment.
        }
    }

    private static long Seconds(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
