using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Transport;

/// <summary>Reads HTTP/1.1 requests off a connection, one after the other.</summary>
internal sealed class RequestReader(Stream stream, Uri baseUri)
{
    private const int LongestHead = 64 * 1024;
    private const long LongestBody = 1L << 30;

    private static readonly byte[] s_continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
    private static readonly Encoding s_latin1 = Encoding.GetEncoding(28591);

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next request, or null when the peer has closed the connection.</summary>
    public async Task<(SimulatorRequest Request, bool KeepAlive)?> ReadAsync(CancellationToken stop)
    {
        if (await ReadHeadAsync(stop).ConfigureAwait(false) is not { } head)
        {
            return null;
        }

        string[] lines = head.Split(["\r\n"], StringSplitOptions.None);
        string[] start = lines[0].Split(' ');
        if (start.Length != 3 || !start[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new InvalidDataException("The request line is malformed.");
        }

        Dictionary<string, string> headers = Headers(lines);
        ReadOnlyMemory<byte> body = await ReadBodyAsync(headers, stop).ConfigureAwait(false);
        bool keepAlive = headers.TryGetValue("Connection", out string? connection)
            ? connection.IndexOf("close", StringComparison.OrdinalIgnoreCase) < 0
            : start[2] == "HTTP/1.1";
        return (Request(start[0], start[1], headers, body), keepAlive);
    }

    private static Dictionary<string, string> Headers(string[] lines)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':');
            if (colon <= 0 || lines[i][colon - 1] == ' ')
            {
                throw new InvalidDataException("A header field is malformed.");
            }

            string name = lines[i].Substring(0, colon);
            string value = lines[i].Substring(colon + 1).Trim();
            headers[name] = headers.TryGetValue(name, out string? earlier) ? earlier + ", " + value : value;
        }

        return headers;
    }

    private SimulatorRequest Request(string method, string target, Dictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        Uri origin = headers.TryGetValue("Host", out string? host) && Uri.TryCreate("http://" + host, UriKind.Absolute, out Uri? named)
            ? named
            : baseUri;
        if (target.Length > 0 && target[0] != '/' && Uri.TryCreate(target, UriKind.Absolute, out Uri? whole))
        {
            target = whole.PathAndQuery; // The form that clients send to a proxy.
        }

        int question = target.IndexOf('?');
        return new SimulatorRequest
        {
            Method = method,
            Path = question < 0 ? target : target.Substring(0, question),
            Query = question < 0 ? string.Empty : target.Substring(question + 1),
            Headers = headers,
            Body = body,
            Origin = origin,
        };
    }

    private async Task<string?> ReadHeadAsync(CancellationToken stop)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf("\r\n\r\n"u8);
            if (found >= 0)
            {
                int length = searched + found;
                string head = s_latin1.GetString(_buffer, _start, length);
                _start += length + 4;
                return head;
            }

            searched = Math.Max(0, _end - _start - 3);
            if (_end - _start > LongestHead)
            {
                throw new InvalidDataException("The head of the request is too long.");
            }

            if (!await FillAsync(stop).ConfigureAwait(false))
            {
                return _end == _start ? null : throw new InvalidDataException("The connection ended within the head of a request.");
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken stop)
    {
        bool chunked = headers.TryGetValue("Transfer-Encoding", out string? coding)
            && coding.IndexOf("chunked", StringComparison.OrdinalIgnoreCase) >= 0;
        long length = 0;
        if (!chunked && headers.TryGetValue("Content-Length", out string? text)
            && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > LongestBody))
        {
            throw new InvalidDataException("Content-Length is malformed or too large.");
        }

        if (!chunked && length == 0)
        {
            return default;
        }

        if (headers.TryGetValue("Expect", out string? expect) && string.Equals(expect, "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await stream.WriteAsync(s_continue, 0, s_continue.Length, stop).ConfigureAwait(false);
        }

        return chunked
            ? await ReadChunksAsync(stop).ConfigureAwait(false)
            : await ReadExactlyAsync((int)length, stop).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken stop)
    {
        using MemoryStream body = new();
        while (true)
        {
            string line = await ReadLineAsync(stop).ConfigureAwait(false);
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length)
                || length < 0 || body.Length + length > LongestBody)
            {
                throw new InvalidDataException("The size of a chunk is malformed or too large.");
            }

            if (length == 0)
            {
                while ((await ReadLineAsync(stop).ConfigureAwait(false)).Length > 0)
                {
                    // Trailer fields are of no interest.
                }

                return body.ToArray();
            }

            byte[] chunk = await ReadExactlyAsync(length, stop).ConfigureAwait(false);
            body.Write(chunk, 0, chunk.Length);
            if ((await ReadLineAsync(stop).ConfigureAwait(false)).Length > 0)
            {
                throw new InvalidDataException("A chunk is longer than it says.");
            }
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken stop)
    {
        while (true)
        {
            int end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (end >= 0)
            {
                string line = s_latin1.GetString(_buffer, _start, end);
                _start += end + 2;
                return line;
            }

            if (_end - _start > LongestHead || !await FillAsync(stop).ConfigureAwait(false))
            {
                throw new InvalidDataException("A line of the body's transfer coding is malformed.");
            }
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken stop)
    {
        byte[] bytes = new byte[length];
        int at = Math.Min(length, _end - _start);
        Buffer.BlockCopy(_buffer, _start, bytes, 0, at);
        _start += at;
        while (at < length)
        {
            int read = await stream.ReadAsync(bytes, at, length - at, stop).ConfigureAwait(false);
            at += read > 0 ? read : throw new InvalidDataException("The connection ended within the body of a request.");
        }

        return bytes;
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = await stream.ReadAsync(_buffer, _end, _buffer.Length - _end, stop).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
