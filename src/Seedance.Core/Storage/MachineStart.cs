namespace Seedance.Storage;

/// <summary>Tells one run of the machine from the next.</summary>
internal static class MachineStart
{
    public static string Id { get; } = Linux() ?? Minute();

    private static string? Linux()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The time of the start in steps of ten minutes: a clock that was set makes it another, which costs one look.</summary>
    private static string Minute()
    {
        TimeSpan running = TimeSpan.FromSeconds(TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency);
        return ((TimeProvider.System.GetUtcNow() - running).Ticks / TimeSpan.FromMinutes(10).Ticks).ToString(CultureInfo.InvariantCulture);
    }
}
