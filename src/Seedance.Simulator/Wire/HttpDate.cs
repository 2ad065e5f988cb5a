namespace Seedance.Simulator.Wire;

/// <summary>Dates as HTTP spells them, in whole seconds.</summary>
internal static class HttpDate
{
    public static string Of(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Not before <paramref name="time"/>: cutting the fraction off would bring a client back too early.</summary>
    public static string NotBefore(DateTimeOffset time) => Of(time.AddTicks(TimeSpan.TicksPerSecond - 1));
}
