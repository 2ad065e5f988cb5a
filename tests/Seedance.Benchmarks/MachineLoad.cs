namespace Seedance.Benchmarks;

/// <summary>What else the machine does: its load before a run, and the processor time that others took during it. Known on Linux.</summary>
internal sealed class MachineLoad
{
    /// <summary>Above this a number says as much about the others as about the module.</summary>
    public const double Most = 0.3;

    private readonly double? _busy = Busy();
    private readonly double _own = Own();
    private readonly long _begun = TimeProvider.System.GetTimestamp();

    /// <summary>The mean of the last minute; null where the system does not tell.</summary>
    public static double? Now => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>A build that has just ended is in the mean for minutes: waits for it to go, and gives up when something stays.</summary>
    public static async Task<bool> BecomesQuietAsync(TimeSpan most)
    {
        long begun = TimeProvider.System.GetTimestamp();
        for (double? load = Now; load > Most; load = Now)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > most)
            {
                return false;
            }

            Console.WriteLine(FormattableString.Invariant($"The load is {load:0.00}; waiting until it is {Most} or less."));
            await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        }

        return true;
    }

    /// <summary>How many processors others kept busy since this was made; null where the system does not tell.</summary>
    public double? OfOthers() => Busy() is { } busy && _busy is { } before
        ? Math.Max(0, (busy - before - (Own() - _own)) / TimeProvider.System.GetElapsedTime(_begun).TotalSeconds)
        : null;

    /// <summary>proc(5), the first line of <c>/proc/stat</c>: user, nice and system come first, in hundredths of a second.</summary>
    private static double? Busy() => File.Exists("/proc/stat")
        ? File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..4].Sum(Seconds)
        : null;

    /// <summary>
    /// This process with all that it has started, those that have ended among them: fields 4 and 14 to 17 of <c>/proc/*/stat</c>.
    /// </summary>
    private static double Own()
    {
        Dictionary<int, (int Parent, double Seconds)> all = [];
        foreach (string folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Line(folder) is { } line)
            {
                // From the third field on.
                string[] fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                all[id] = (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(Seconds));
            }
        }

        return all.Where(process => IsOurs(all, process.Key)).Sum(process => process.Value.Seconds);
    }

    private static bool IsOurs(Dictionary<int, (int Parent, double Seconds)> all, int id)
    {
        while (id != Environment.ProcessId)
        {
            if (!all.TryGetValue(id, out (int Parent, double Seconds) process))
            {
                return false;
            }

            id = process.Parent;
        }

        return true;
    }

    private static string? Line(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }

    private static double Seconds(string ticks) => double.Parse(ticks, CultureInfo.InvariantCulture) / 100;
}
