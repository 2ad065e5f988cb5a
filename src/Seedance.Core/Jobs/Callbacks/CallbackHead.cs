namespace Seedance.Jobs.Callbacks;

/// <summary>The head of a request to the callback address: what is needed of HTTP/1.1, and nothing beyond.</summary>
internal sealed record CallbackHead(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public const int Longest = 16 * 1024;
    private const string HeadEnd = "\r\n\r\n";

    public long? Length =>
        Headers.TryGetValue("Content-Length", out string? text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    public bool IsChunked =>
        Headers.TryGetValue("Transfer-Encoding", out string? coding) && coding.IndexOf("chunked", StringComparison.OrdinalIgnoreCase) >= 0;

    public bool AsksToContinue =>
        Headers.TryGetValue("Expect", out string? expected) && expected.IndexOf("100-continue", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>
    /// Where the head in the first <paramref name="count"/> bytes ends, counted behind its empty line; -1 while it has not.
    /// </summary>
    public static int EndIn(byte[] bytes, int count)
    {
        int at = Encoding.ASCII.GetString(bytes, 0, count).IndexOf(HeadEnd, StringComparison.Ordinal);
        return at < 0 ? -1 : at + HeadEnd.Length;
    }

    /// <summary>Null where it is none.</summary>
    public static CallbackHead? Parse(byte[] bytes, int length)
    {
        string[] lines = Encoding.ASCII.GetString(bytes, 0, length).Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries);
        string[] request = lines.Length == 0 ? [] : lines[0].Split(' ');
        if (request.Length != 3 || !request[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            if (colon <= 0)
            {
                return null;
            }

            headers[line.Substring(0, colon).Trim()] = line.Substring(colon + 1).Trim();
        }

        return new CallbackHead(request[0], request[1].Split('?')[0], headers);
    }
}
