namespace Seedance.Simulator.Media;

/// <summary>A single byte range of a known length, as RFC 9110 section 14 reads it.</summary>
internal sealed record ByteRange(long From, long Count)
{
    private const string Unit = "bytes=";

    public string ContentRange(long length) => FormattableString.Invariant($"bytes {From}-{From + Count - 1}/{length}");

    /// <summary>False when the header is absent, malformed or asks for several ranges: then the whole is the right answer.</summary>
    public static bool TryRead(string? header, long length, out ByteRange? range)
    {
        range = null;
        if (header?.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        string[] ends = header.Substring(Unit.Length).Trim().Split('-');
        if (ends.Length != 2 || !Whole(ends[0], out long? first) || !Whole(ends[1], out long? last) || (first is null && last is null)
            || last < first)
        {
            return false;
        }

        if (first is null) // A suffix: the last n bytes.
        {
            range = last > 0 ? new ByteRange(Math.Max(0, length - last.Value), Math.Min(length, last.Value)) : null;
            return true;
        }

        range = first < length ? new ByteRange(first.Value, Math.Min(last ?? (length - 1), length - 1) - first.Value + 1) : null;
        return true;
    }

    private static bool Whole(string text, out long? number)
    {
        number = null;
        if (text.Length == 0)
        {
            return true;
        }

        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = read ? value : null;
        return read;
    }
}
