using System.ComponentModel;
using System.Diagnostics;

namespace Seedance.Records;

/// <summary>
/// A process so that another can tell whether it still lives. The start tells it from a later one of the same number: the kernel's own count of ticks where
/// there is one, since elsewhere a start in seconds follows the wall clock, which somebody may set.
/// </summary>
internal sealed record ProcessMark(string Machine, int ProcessId, long StartedAt)
{
    /// <summary>
    /// Longer than a live process leaves its row alone: a place in a queue is touched every second, and a provider has two minutes for its answer. One that
    /// pauses longer between tries finds its record gone and sends nothing.
    /// </summary>
    private static readonly TimeSpan s_foreignLease = TimeSpan.FromMinutes(10);
    private static readonly bool s_hasTicks = Ticks("self") is not null;

    public static ProcessMark Current { get; } = Mark();

    /// <summary>Of another machine: another name, which may also be this one's before it was renamed, or that of a container that is gone.</summary>
    public bool IsForeign => !string.Equals(Machine, Current.Machine, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the process that left this mark in the store may still be at work, also where nobody can tell, as of another user's. A foreign one is believed
    /// to be as long as what it left is fresh.
    /// </summary>
    /// <param name="untouched">How long ago it was written last, by the store's clock.</param>
    public bool MayBeAlive(TimeSpan untouched) => IsForeign ? untouched.Duration() < s_foreignLease : IsRunning();

    /// <summary>As the store holds it.</summary>
    public string ToText() => string.Format(CultureInfo.InvariantCulture, "{0}|{1}|{2}", Machine, ProcessId, StartedAt);

    public static ProcessMark? FromText(string text)
    {
        string[] parts = text.Split('|');
        return parts.Length == 3
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long started)
            ? new ProcessMark(parts[0], process, started)
            : null;
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

    private bool IsRunning()
    {
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
