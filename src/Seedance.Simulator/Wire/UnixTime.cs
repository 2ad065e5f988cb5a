namespace Seedance.Simulator.Wire;

/// <summary>Milliseconds since 1970, the time of codes and of some hosts.</summary>
internal static class UnixTime
{
    private static readonly ulong s_last = (ulong)DateTimeOffset.MaxValue.AddYears(-1).ToUnixTimeMilliseconds();

    public static ulong Write(DateTimeOffset time) => (ulong)time.ToUnixTimeMilliseconds();

    /// <summary>To whole milliseconds, so that a time reads back from a code as it was.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public static bool TryRead(ulong milliseconds, out DateTimeOffset time)
    {
        bool possible = milliseconds <= s_last;
        time = possible ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : default;
        return possible;
    }
}
