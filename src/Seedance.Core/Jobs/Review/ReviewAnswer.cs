namespace Seedance.Jobs.Review;

/// <summary>One answer to a browser; a file is sent as the range that was asked for.</summary>
internal sealed record ReviewAnswer(int Status, string ContentType, byte[] Body)
{
    private const int BlockSize = 128 * 1024;

    /// <summary>Sent in place of the body.</summary>
    public string? File { get; init; }

    public long From { get; init; }

    public long Count { get; init; }

    /// <summary>Of the whole file, where a part of it is sent.</summary>
    public long? Total { get; init; }

    public static ReviewAnswer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static ReviewAnswer Page(byte[] page) => new(200, "text/html; charset=utf-8", page);

    /// <summary>
    /// <paramref name="range"/> is the request's header, where there is one; several ranges at once are answered with all of the file.
    /// </summary>
    public static ReviewAnswer OfFile(string path, string contentType, string? range)
    {
        long length = new FileInfo(path) is { Exists: true } file ? file.Length : -1;
        if (length < 0)
        {
            return Text(404, "The file is not there any more.");
        }

        ReviewAnswer whole = new(200, contentType, []) { File = path, Count = length };
        if (range is null || !range.StartsWith("bytes=", StringComparison.Ordinal) || range.IndexOf(',') >= 0)
        {
            return whole;
        }

        string[] ends = range.Substring(6).Split('-');
        long? from = ends.Length == 2 ? Number(ends[0]) : null;
        long? to = ends.Length == 2 ? Number(ends[1]) : null;
        if (ends.Length != 2 || (from is null && to is null))
        {
            return whole;
        }

        long first = from ?? Math.Max(0, length - to!.Value);
        long last = from is null ? length - 1 : Math.Min(to ?? (length - 1), length - 1);
        return first > last || first >= length
            ? Text(416, string.Empty) with { Total = length }
            : whole with { Status = 206, From = first, Count = last - first + 1, Total = length };
    }

    public async Task WriteAsync(Stream stream, string policy, bool headOnly, CancellationToken stop)
    {
        StringBuilder head = new();
        head.AppendFormat(CultureInfo.InvariantCulture, "HTTP/1.1 {0} {1}\r\nContent-Type: {2}\r\nContent-Length: {3}\r\n", Status,
            Status < 300 ? "OK" : "No", ContentType, File is null ? Body.Length : Count);
        head.Append("Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n");
        head.Append("Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\nX-Frame-Options: DENY\r\n");
        head.Append("Content-Security-Policy: ").Append(policy).Append("; frame-ancestors 'none'\r\n");
        if (File is not null)
        {
            head.Append("Accept-Ranges: bytes\r\n");
        }

        if (Total is { } total)
        {
            string range = Status == 416 ? "*" : string.Format(CultureInfo.InvariantCulture, "{0}-{1}", From, From + Count - 1);
            head.AppendFormat(CultureInfo.InvariantCulture, "Content-Range: bytes {0}/{1}\r\n", range, total);
        }

        byte[] bytes = Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
        await stream.WriteAsync(bytes, 0, bytes.Length, stop).ConfigureAwait(false);
        if (headOnly)
        {
            return;
        }

        if (File is { } path)
        {
            await SendAsync(path, stream, stop).ConfigureAwait(false);
        }
        else
        {
            await stream.WriteAsync(Body, 0, Body.Length, stop).ConfigureAwait(false);
        }
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private async Task SendAsync(string path, Stream stream, CancellationToken stop)
    {
        using FileStream file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        file.Position = From;
        byte[] block = new byte[BlockSize];
        long left = Count;
        int read;
        while (left > 0 && (read = await file.ReadAsync(block, 0, (int)Math.Min(left, block.Length), stop).ConfigureAwait(false)) > 0)
        {
            await stream.WriteAsync(block, 0, read, stop).ConfigureAwait(false);
            left -= read;
        }
    }
}
