using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Faults;

/// <summary>Answers whose bodies are not what the host meant to say.</summary>
internal static class FaultBodies
{
    private const string Page =
        "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body><h1>Something went wrong</h1></body></html>\n";

    public static SimulatorResponse Html(int status) =>
        new(status, SimulatorBody.Of(Encoding.UTF8.GetBytes(Page)), "text/html; charset=utf-8");

    public static SimulatorResponse Empty(SimulatorResponse meant) => meant.WithBody(SimulatorBody.Empty);

    public static SimulatorResponse Truncated(SimulatorResponse meant, double fraction)
    {
        long keep = (long)(meant.Body.Length * fraction);
        return meant.WithBody(new SimulatorBody(keep, Take(meant.Body.Segments, keep)));
    }

    public static SimulatorResponse InvalidUtf8(SimulatorResponse meant)
    {
        byte[] bytes = Collect(meant.Body);
        int at = Math.Max(0, Array.LastIndexOf(bytes, (byte)'"'));
        byte[] broken = new byte[bytes.Length + 2];
        Array.Copy(bytes, broken, at);
        broken[at] = 0xC3; // The first byte of a two-byte character, whose second byte is missing.
        broken[at + 1] = 0xFF;
        Array.Copy(bytes, at, broken, at + 2, bytes.Length - at);
        return meant.WithBody(SimulatorBody.Of(broken));
    }

    private static byte[] Collect(SimulatorBody body)
    {
        using MemoryStream bytes = new();
        foreach (ArraySegment<byte> segment in body.Segments)
        {
            bytes.Write(segment.Array!, segment.Offset, segment.Count);
        }

        return bytes.ToArray();
    }

    private static IEnumerable<ArraySegment<byte>> Take(IEnumerable<ArraySegment<byte>> segments, long count)
    {
        foreach (ArraySegment<byte> segment in segments)
        {
            int take = (int)Math.Min(segment.Count, count);
            if (take == 0)
            {
                yield break;
            }

            yield return new ArraySegment<byte>(segment.Array!, segment.Offset, take);
            count -= take;
        }
    }
}
