namespace Seedance.Simulator.Wire;

/// <summary>One part of a multipart/form-data body.</summary>
internal sealed record MultipartPart(string Name, string? FileName, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>Reads multipart/form-data as RFC 7578 spells it.</summary>
internal static class MultipartForm
{
    private static readonly Encoding s_latin1 = Encoding.GetEncoding(28591);

    /// <summary>The parts, or null when the body is not what its Content-Type says.</summary>
    public static IReadOnlyList<MultipartPart>? Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (contentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true
            || Parameter(contentType, "boundary") is not { Length: > 0 } boundary)
        {
            return null;
        }

        byte[] opening = s_latin1.GetBytes("--" + boundary);
        byte[] delimiter = s_latin1.GetBytes("\r\n--" + boundary);
        if (!body.Span.StartsWith(opening))
        {
            return null;
        }

        List<MultipartPart> parts = [];
        ReadOnlyMemory<byte> rest = body.Slice(opening.Length);
        while (rest.Span.StartsWith("\r\n"u8))
        {
            rest = rest.Slice(2);
            int head = rest.Span.IndexOf("\r\n\r\n"u8);
            int end = rest.Span.IndexOf(delimiter);
            if (head < 0 || end < head + 4 || Read(rest.Slice(0, head), rest.Slice(head + 4, end - head - 4)) is not { } part)
            {
                return null;
            }

            parts.Add(part);
            rest = rest.Slice(end + delimiter.Length);
        }

        return rest.Span.StartsWith("--"u8) ? parts : null;
    }

    private static MultipartPart? Read(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> content)
    {
        string? disposition = null;
        string contentType = "text/plain";
        foreach (string line in Encoding.UTF8.GetString(head.ToArray()).Split(["\r\n"], StringSplitOptions.None))
        {
            int colon = line.IndexOf(':');
            string name = colon < 0 ? string.Empty : line.Substring(0, colon);
            if (string.Equals(name, "Content-Disposition", StringComparison.OrdinalIgnoreCase))
            {
                disposition = line.Substring(colon + 1).Trim();
            }
            else if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                contentType = line.Substring(colon + 1).Trim();
            }
        }

        return disposition?.StartsWith("form-data", StringComparison.OrdinalIgnoreCase) == true
            && Parameter(disposition, "name") is { } field
            ? new MultipartPart(field, Parameter(disposition, "filename"), contentType, content)
            : null;
    }

    private static string? Parameter(string header, string name)
    {
        foreach (string piece in header.Split(';'))
        {
            int equals = piece.IndexOf('=');
            if (equals > 0 && string.Equals(piece.Substring(0, equals).Trim(), name, StringComparison.OrdinalIgnoreCase))
            {
                return piece.Substring(equals + 1).Trim().Trim('"');
            }
        }

        return null;
    }
}
