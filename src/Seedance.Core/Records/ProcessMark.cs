using System.ComponentModel;
using System.Diagnostics;

namespace Seedance.Records;

/// <summary>
/// A process so that another can tell whether it still lives. The start tells it from a later one of the same number: the kernel's own
/// count of ticks where there is one, since elsewhere a start in seconds follows the wall clock, which somebody may set.
/// </summary>
internal sealed record ProcessMark(string Machine, int ProcessId, long StartedAt)
{
    /// <summary>How long a process is believed to be at work after its last heartbeat: longer than a server takes to restart.</summary>
    public static TimeSpan Lease => TimeSpan.FromSeconds(90);

    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(95); // Only a clock that was set back leaves so much of a lease.
    private static readonly bool s_hasTicks = Ticks("self") is not null;

    public static ProcessMark Current { get; } = Mark();

    /// <summary>The machine, or the container on it, whatever its name is; null in marks of before this was noted.</summary>
    public string? Scope { get; init; }

    /// <summary>Of another machine, or this one's before it was started anew.</summary>
    public bool IsForeign =>
        Scope is { } scope && Current.Scope is { } own
        ? scope != own
        : !string.Equals(Machine, Current.Machine, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the process may still be sending what it began: of this machine as long as it runs, also where nobody can tell, as of
    /// another user's; of another as long as its lease runs. <paramref name="left"/> is what its lease still has, by the store's clock;
    /// null where it has none.
    /// </summary>
    public bool MayBeAlive(TimeSpan? left) => IsForeign ? Runs(left) : IsRunning();

    /// <summary>Whether it holds what others would take over: it runs, and its heart beats.</summary>
    public bool HoldsOn(TimeSpan? left) => Runs(left) && (IsForeign || IsRunning());

    /// <summary>As the store holds it.</summary>
    public string ToText() => string.Format(CultureInfo.InvariantCulture, "{0}|{1}|{2}|{3}", Machine, ProcessId, StartedAt, Scope);

    public static ProcessMark? FromText(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('|');
        return parts.Length is 3 or 4
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long started)
            ? new ProcessMark(parts[0], process, started) { Scope = parts.Length > 3 && parts[3].Length > 0 ? parts[3] : null }
            : null;
    }

    /// <summary>
    /// The start in a line of <c>/proc/*/stat</c> (proc(5)): its 22nd field. The second is a name in parentheses that may hold anything.
    /// </summary>
    public static long? ReadTicks(string line)
    {
        // From the third field on.
        string[] fields = line.Substring(line.LastIndexOf(')') + 1).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? ticks
            : null;
    }

    private static ProcessMark Mark()
    {
        using Process process = Process.GetCurrentProcess();
        return new(
            Environment.MachineName, process.Id, (s_hasTicks ? Ticks("self") : null) ?? Seconds(process)) { Scope = MachineScope.Current };
    }

    private static bool Runs(TimeSpan? left) => left > TimeSpan.Zero && left < s_tooLong;

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
