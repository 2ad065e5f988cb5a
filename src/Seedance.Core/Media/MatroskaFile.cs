namespace Seedance.Media;

/// <summary>A WebM or Matroska file: which of the two it is, whether it has pictures, and whether its segment is whole.</summary>
internal sealed class MatroskaFile
{
    private const long Header = 0x1A45DFA3;
    private const long DocType = 0x4282;
    private const long Segment = 0x18538067;
    private const long Tracks = 0x1654AE6B;
    private const long TrackEntry = 0xAE;
    private const long TrackType = 0x83;
    private const long Cluster = 0x1F43B675;
    private const int MostElements = 1_000;

    private readonly Stream _file;
    private bool _webM;
    private bool _picture;
    private bool _sound;
    private int _elements;

    private MatroskaFile(Stream file) => _file = file;

    public MediaFormat Format => _sound && !_picture ? MediaFormat.WebMAudio : _webM ? MediaFormat.WebM : MediaFormat.Matroska;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem { get; private set; }

    public long Trailing { get; private set; }

    /// <summary>Null where it is none.</summary>
    public static MatroskaFile? Read(Stream file)
    {
        MatroskaFile read = new(file);
        if (read.ElementAt(0, file.Length) is not { Id: Header, End: { } end } header)
        {
            return null;
        }

        read.Within(header.Body, end);
        if (read.ElementAt(end, file.Length) is not { Id: Segment } segment)
        {
            read.Problem = "it has no segment";
            return read;
        }

        // A segment that was written while it was sent has no size; nothing then tells where it ends.
        read.Problem = segment.End > file.Length ? "the segment goes beyond the end of the file" : null;
        read.Trailing = Math.Max(0, file.Length - (segment.End ?? file.Length));
        read.Within(segment.Body, Math.Min(segment.End ?? file.Length, file.Length));
        return read;
    }

    private void Within(long from, long end)
    {
        long at = from;
        while (at < end && _elements++ < MostElements && ElementAt(at, end) is { End: { } next } element)
        {
            switch (element.Id)
            {
                case DocType:
                    _webM = Encoding.ASCII.GetString(MediaSniffer.Peek(_file, element.Body, 4)) == "webm";
                    break;
                case Tracks or TrackEntry:
                    Within(element.Body, Math.Min(next, end));
                    break;
                case TrackType when MediaSniffer.Peek(_file, element.Body, 1) is [var type]:
                    _picture |= type == 1;
                    _sound |= type == 2;
                    break;
                case Cluster:
                    return; // The tracks are named before the pictures.
            }

            at = next;
        }
    }

    private (long Id, long Body, long? End)? ElementAt(long at, long room)
    {
        byte[] head = at < room ? MediaSniffer.Peek(_file, at, 12) : [];
        int idLength = LengthOf(head, 0, most: 4);
        int sizeLength = LengthOf(head, idLength, most: 8);
        if (idLength == 0 || sizeLength == 0)
        {
            return null;
        }

        long id = Number(head, 0, idLength);
        long size = Number(head, idLength, sizeLength) - (1L << (7 * sizeLength)); // Without the bit that says how long it is.
        bool unknown = size == (1L << (7 * sizeLength)) - 1;
        long body = at + idLength + sizeLength;
        return (id, body, unknown ? null : body + size);
    }

    /// <summary>The place of the first bit says how many bytes a number has; zero where it is none.</summary>
    private static int LengthOf(byte[] head, int at, int most)
    {
        for (int length = 1; at < head.Length && length <= most; length++)
        {
            if ((head[at] & (0x100 >> length)) != 0)
            {
                return at + length <= head.Length ? length : 0;
            }
        }

        return 0;
    }

    private static long Number(byte[] bytes, int at, int count)
    {
        long value = 0;
        for (int i = at; i < at + count; i++)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }
}
