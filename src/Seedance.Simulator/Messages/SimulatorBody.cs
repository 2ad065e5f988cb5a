namespace Seedance.Simulator.Messages;

/// <summary>The bytes of an answer, in pieces that are made only when they are sent.</summary>
public sealed class SimulatorBody
{
    /// <summary>Joins pieces that are <paramref name="length"/> bytes together.</summary>
    public SimulatorBody(long length, IEnumerable<ArraySegment<byte>> segments)
    {
        Length = length;
        Segments = segments;
    }

    /// <summary>No bytes.</summary>
    public static SimulatorBody Empty { get; } = new(0, []);

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>The bytes, in order.</summary>
    public IEnumerable<ArraySegment<byte>> Segments { get; }

    internal static SimulatorBody Of(byte[] bytes) => new(bytes.Length, [new ArraySegment<byte>(bytes)]);
}
