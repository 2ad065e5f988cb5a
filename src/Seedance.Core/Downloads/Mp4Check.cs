namespace Seedance.Downloads;

/// <summary>
/// Whether a file is a whole MP4: its top-level boxes must tile it to the last byte, and the index (moov) and the picture data (mdat) must
/// both be there. A file that was cut anywhere fails, and so does a page of text that a host sent instead.
/// </summary>
internal static class Mp4Check
{
    private const int HeaderSize = 8;
    private const int LongHeaderSize = 16;
    private static readonly string[] s_firstNames = ["ftyp", "styp", "pdin", "free", "skip", "wide", "uuid", "moov", "moof", "mdat"];

    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(Stream file)
    {
        long length = file.Length;
        bool type = false;
        bool index = false;
        bool data = false;
        byte[] header = new byte[LongHeaderSize];
        for (long at = 0; at < length;)
        {
            file.Position = at;
            int have = ReadAll(file, header);
            if (have < HeaderSize || !IsName(header))
            {
                return at == 0 ? "it is not an MP4 file" : At("there is no box where one must begin", at);
            }

            string name = Name(header);
            if (at == 0 && Array.IndexOf(s_firstNames, name) < 0)
            {
                return "it is not an MP4 file"; // Four letters of a web page are a name, too.
            }

            long size = BigEndian(header, 0, 4);
            int headerSize = size == 1 ? LongHeaderSize : HeaderSize;
            size = size switch
            {
                0 => length - at, // To the end of the file.
                1 => have == LongHeaderSize ? BigEndian(header, 8, 8) : 0,
                _ => size,
            };
            if (size < headerSize)
            {
                return At("the box " + name + " has an impossible size", at);
            }

            if (size > length - at)
            {
                return At("the box " + name + " goes beyond the end of the file", at);
            }

            if (!type && name is ("moov" or "mdat" or "moof"))
            {
                return "it does not begin with a file type";
            }

            type |= name == "ftyp";
            index |= name == "moov";
            data |= name == "mdat" && size > headerSize;
            at += size;
        }

        return length == 0 ? "it is empty"
            : !type ? "it has no file type"
            : !index ? "it has no index"
            : !data ? "it has no picture data"
            : null;
    }

    private static bool IsName(byte[] header)
    {
        for (int i = 4; i < HeaderSize; i++)
        {
            if (header[i] is not ((>= 0x20 and < 0x7F) or 0xA9)) // 0xA9 begins names of QuickTime.
            {
                return false;
            }
        }

        return true;
    }

    private static string Name(byte[] header) => new([(char)header[4], (char)header[5], (char)header[6], (char)header[7]]);

    private static string At(string what, long at) => string.Format(CultureInfo.InvariantCulture, "{0}, at byte {1}", what, at);

    /// <summary>Negative where the file claims more than exists anywhere; the caller refuses it as too small.</summary>
    private static long BigEndian(byte[] bytes, int from, int count)
    {
        long value = 0;
        for (int i = from; i < from + count; i++)
        {
            value = unchecked((value << 8) | bytes[i]);
        }

        return value;
    }

    private static int ReadAll(Stream file, byte[] into)
    {
        int have = 0;
        int read;
        while (have < into.Length && (read = file.Read(into, have, into.Length - have)) > 0)
        {
            have += read;
        }

        return have;
    }
}
