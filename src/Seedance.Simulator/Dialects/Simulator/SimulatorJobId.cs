using Seedance.Simulator.Media;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Simulator;

/// <summary>
/// A job id that says all there is to know of its job, so that a process that never saw the submit can go on with it:
/// in-process simulation has no server that would remember.
/// </summary>
internal static class SimulatorJobId
{
    private const ulong Tag = 1;
    private const string Prefix = "sim_";
    private const decimal PriceUnit = 1000;
    private const ulong LongestTime = 365UL * 24 * 3600 * 1000;
    private const ulong MostPixels = 100_000;

    public static string Write(SimulatorTask task, ulong entropy) => Prefix + NumberCodec.Encode(
        Tag,
        UnixTime.Write(task.AcceptedAt),
        (ulong)task.QueueTime.TotalMilliseconds,
        (ulong)task.RunTime.TotalMilliseconds,
        (ulong)task.UrlLifetime.TotalMilliseconds,
        (ulong)task.Outcome,
        (ulong)task.Seed,
        (ulong)task.Width,
        (ulong)task.Height,
        (ulong)task.Seconds,
        (ulong)(task.Price * PriceUnit),
        (ulong)task.MediaBytes,
        entropy & uint.MaxValue);

    /// <summary>The job, or null when no simulator made this id.</summary>
    public static SimulatorTask? Read(string id, string dialect)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal)
            || NumberCodec.Decode(id.Substring(Prefix.Length)) is not [Tag, var accepted, var queue, var run, var lifetime, var outcome,
                var seed, var width, var height, var seconds, var price, var bytes, _]
            || !UnixTime.TryRead(accepted, out DateTimeOffset acceptedAt)
            || queue > LongestTime || run > LongestTime || lifetime > 100 * LongestTime
            || outcome > (ulong)SimulatorTaskOutcome.NeverEnds
            || seed > long.MaxValue || width > MostPixels || height > MostPixels || seconds > int.MaxValue
            || bytes > long.MaxValue || !MediaContent.IsPossibleLength((long)bytes))
        {
            return null;
        }

        return new SimulatorTask
        {
            Dialect = dialect,
            Id = id,
            AcceptedAt = acceptedAt,
            QueueTime = TimeSpan.FromMilliseconds(queue),
            RunTime = TimeSpan.FromMilliseconds(run),
            UrlLifetime = TimeSpan.FromMilliseconds(lifetime),
            Outcome = (SimulatorTaskOutcome)outcome,
            Seed = (long)seed,
            Width = (int)width,
            Height = (int)height,
            Seconds = (int)seconds,
            Price = price / PriceUnit,
            MediaBytes = (long)bytes,
        };
    }
}
