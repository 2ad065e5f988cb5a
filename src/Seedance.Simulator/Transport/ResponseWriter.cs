using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Transport;

/// <summary>Writes answers to a connection: small ones in one piece, large ones segment by segment without copying.</summary>
internal static class ResponseWriter
{
    private const int SmallBody = 32 * 1024;

    /// <summary>False when the answer is cut: the connection is of no more use.</summary>
    public static async Task<bool> WriteAsync(Stream stream, SimulatorResponse answer, bool keepAlive, CancellationToken stop)
    {
        byte[] head = Head(answer, keepAlive);
        long count = answer.HeadOnly ? 0 : answer.CutAfter ?? answer.Body.Length;
        if (count <= SmallBody)
        {
            using MemoryStream whole = new(head.Length + (int)count);
            whole.Write(head, 0, head.Length);
            foreach (ArraySegment<byte> piece in Pieces(answer.Body, count))
            {
                whole.Write(piece.Array!, piece.Offset, piece.Count);
            }

            await stream.WriteAsync(whole.GetBuffer(), 0, (int)whole.Length, stop).ConfigureAwait(false);
        }
        else
        {
            await stream.WriteAsync(head, 0, head.Length, stop).ConfigureAwait(false);
            foreach (ArraySegment<byte> piece in Pieces(answer.Body, count))
            {
                await stream.WriteAsync(piece.Array!, piece.Offset, piece.Count, stop).ConfigureAwait(false);
            }
        }

        return answer.CutAfter is null;
    }

    private static IEnumerable<ArraySegment<byte>> Pieces(SimulatorBody body, long count)
    {
        if (count == 0)
        {
            yield break;
        }

        foreach (ArraySegment<byte> segment in body.Segments)
        {
            int take = (int)Math.Min(segment.Count, count);
            yield return new ArraySegment<byte>(segment.Array!, segment.Offset, take);
            count -= take;
            if (count == 0)
            {
                yield break;
            }
        }
    }

    private static byte[] Head(SimulatorResponse answer, bool keepAlive)
    {
        StringBuilder head = new(256);
        head.Append("HTTP/1.1 ").Append(answer.Status.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(Reason(answer.Status))
            .Append("\r\n");
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }

        head.Append("Content-Length: ").Append(answer.Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        if (!keepAlive)
        {
            head.Append("Connection: close\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private static string Reason(int status) => status switch
    {
        < 300 => "OK",
        < 400 => "Redirect",
        < 500 => "Refused",
        _ => "Failed",
    };
}
