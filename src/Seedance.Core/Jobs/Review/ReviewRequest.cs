namespace Seedance.Jobs.Review;

/// <summary>One request of a browser on the loopback; bounded, since anything on the machine may connect.</summary>
internal sealed record ReviewRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int LongestHead = 16 * 1024;
    private const int LongestBody = 1024 * 1024;

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Null where it is none, or too long to be one of the page's.</summary>
    public static async Task<ReviewRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        byte[] buffer = new byte[LongestHead];
        int have = 0;
        int end;
        while ((end = EndOfHead(buffer, have)) < 0)
        {
            int read = have == buffer.Length
                ? 0
                : await stream.ReadOrStopAsync(buffer, have, buffer.Length - have, stop).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            have += read;
        }

        string[] lines = Encoding.ASCII.GetString(buffer, 0, end).Split(["\r\n"], StringSplitOptions.None);
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
            {
                headers[line.Substring(0, colon)] = line.Substring(colon + 1).Trim();
            }
        }

        if (first.Length != 3
            || !long.TryParse(headers.TryGetValue("Content-Length", out string? length) ? length : "0", NumberStyles.None,
            CultureInfo.InvariantCulture, out long size)
            || size > LongestBody || headers.ContainsKey("Transfer-Encoding"))
        {
            return null;
        }

        byte[] body = new byte[size];
        int at = Math.Min(body.Length, have - end - 4);
        Buffer.BlockCopy(buffer, end + 4, body, 0, at);
        while (at < body.Length)
        {
            int read = await stream.ReadOrStopAsync(body, at, body.Length - at, stop).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            at += read;
        }

        return new ReviewRequest(first[0], first[1].Split('?')[0], headers, body);
    }

    private static int EndOfHead(byte[] buffer, int count)
    {
        for (int i = 0; i + 3 < count; i++)
        {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n')
            {
                return i;
            }
        }

        return -1;
    }
}
