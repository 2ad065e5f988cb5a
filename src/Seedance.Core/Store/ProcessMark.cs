using System;
using System.ComponentModel;
using System.Diagnostics;

namespace Seedance.Store;

/// <summary>A process so that another can tell whether it still lives; the start time tells it from a later one of the same number.</summary>
internal sealed record ProcessMark(string Machine, int ProcessId, long StartedAt)
{
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

            try
            {
                using Process process = Process.GetProcessById(ProcessId);
                return Math.Abs(Seconds(process) - StartedAt) <= 2;
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

    private static ProcessMark Mark()
    {
        using Process process = Process.GetCurrentProcess();
        return new(Environment.MachineName, process.Id, Seconds(process));
    }

    private static long Seconds(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
