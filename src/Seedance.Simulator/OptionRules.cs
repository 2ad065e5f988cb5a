using Seedance.Simulator.Media;

namespace Seedance.Simulator;

/// <summary>Options that could not be kept: said at once, not by the first job.</summary>
internal static class OptionRules
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);

    /// <summary>What is wrong with <paramref name="options"/>, or null.</summary>
    public static string? Problem(SimulatorOptions options) =>
        !MediaContent.IsPossibleLength(options.MediaBytes)
            ? FormattableString.Invariant($"A video of {options.MediaBytes} bytes cannot be made: ")
                + FormattableString.Invariant($"use 0, {EmbeddedClip.Bytes.Length}, or at least {EmbeddedClip.Bytes.Length + 8}.")
        : options.QueueTime < TimeSpan.Zero || options.QueueTime > s_year ? "QueueTime is between zero and a year."
        : options.RunTime < TimeSpan.Zero || options.RunTime > s_year ? "RunTime is between zero and a year."
        : options.UrlLifetime < TimeSpan.Zero || options.UrlLifetime > TimeSpan.FromTicks(100 * s_year.Ticks)
            ? "UrlLifetime is between zero and a hundred years."
        : options.Hosts.Select(host => host.FindFault()).FirstOrDefault(fault => fault is not null) is { } fault ? fault
        : options.RequestsPerSecond is not (>= 0 and <= 1e6) ? "RequestsPerSecond is between zero and a million."
        : options.Concurrency < 0 ? "Concurrency cannot be negative."
        : null;
}
