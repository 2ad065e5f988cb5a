using System.Buffers.Binary;

namespace Seedance.Media;

/// <summary>
/// A file of ISO boxes, which an MP4, a QuickTime film, sound alone and a HEIC or AVIF picture all are: its brands and its tracks tell
/// which, and its top-level boxes whether it is whole.
/// </summary>
internal sealed class IsoFile
{
    private const int HeaderSize = 8;
    private const int LongHeaderSize = 16;
    private const int MostBrands = 64;
    private const int MostBoxes = 10_000; // Of the index: a damaged one must not keep anybody busy.
    private static readonly string[] s_firstNames = ["ftyp", "styp", "pdin", "free", "skip", "wide", "uuid", "moov", "moof", "mdat"];
    private static readonly string[] s_names = [.. s_firstNames, "mfra", "meta", "sidx", "ssix", "prft", "emsg", "udta", "pnot"];

    private readonly Stream _file;
    private readonly List<string> _brands = [];
    private readonly HashSet<string> _handlers = new(StringComparer.Ordinal);
    private string? _first;
    private bool _type;
    private bool _typeIsFirst = true;
    private bool _index;
    private bool _data;
    private int _boxes;

    private IsoFile(Stream file) => _file = file;

    /// <summary>What it is; null where it is no file of boxes.</summary>
    public MediaFormat? Format => _first is null ? null : _handlers.Contains("vide") || _type ? FormatByTracks() : null;

    /// <summary>What is wrong with it as a whole film, or null. Bytes after the last whole box are not wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many bytes follow the last whole box.</summary>
    public long Trailing { get; private set; }

    public static IsoFile Read(Stream file)
    {
        IsoFile read = new(file);
        read.Problem = read.Walk(file.Length) ?? read.FindMissing(file.Length);
        return read;
    }

    private string? Walk(long length)
    {
        for (long at = 0; at < length;)
        {
            byte[] header = MediaSniffer.Peek(_file, at, LongHeaderSize);
            bool isBox = header.Length >= HeaderSize && IsName(header);
            string name = isBox ? Name(header, 4) : string.Empty;
            if (at == 0 && Array.IndexOf(s_firstNames, name) < 0)
            {
                return "it is not an MP4 file"; // Four letters of a web page are a name, too.
            }

            _first ??= name;
            var (size, headerSize) = isBox ? Size(header, length - at) : default;
            bool fits = size >= headerSize && size <= length - at;
            bool known = Array.IndexOf(s_names, name) >= 0;
            if (_index && _data && (!isBox || (!fits && !known)))
            {
                Trailing = length - at; // What must be there is there; whatever this is, no player looks at it.
                return null;
            }

            if (!isBox)
            {
                return At("there is no box where one must begin", at);
            }

            if (size < headerSize)
            {
                return At("the box " + name + " has an impossible size", at);
            }

            if (size > length - at)
            {
                if (name != "ftyp")
                {
                    Note(name, at, headerSize, length - at); // A film that was cut off is one still.
                }

                return At("the box " + name + " goes beyond the end of the file", at);
            }

            Note(name, at, headerSize, size);
            at += size;
        }

        return null;
    }

    private void Note(string name, long at, int headerSize, long size)
    {
        switch (name)
        {
            case "ftyp":
                _type = true;
                byte[] brands = MediaSniffer.Peek(_file, at + headerSize, (int)Math.Min(size - headerSize, MostBrands * 4));
                for (int i = 0; i + 4 <= brands.Length; i += 4)
                {
                    _brands.Add(i == 4 ? string.Empty : Name(brands, i)); // The second is a version.
                }

                break;
            case "moov":
                _index = true;
                _typeIsFirst &= _type;
                FindHandlers(at + headerSize, at + size);
                break;
            case "moof" or "mdat":
                _typeIsFirst &= _type;
                _data |= name == "mdat" && size > headerSize;
                break;
        }
    }

    private void FindHandlers(long from, long end)
    {
        for (long at = from; at + HeaderSize <= end && _boxes++ < MostBoxes;)
        {
            byte[] header = MediaSniffer.Peek(_file, at, LongHeaderSize);
            if (header.Length < HeaderSize)
            {
                return;
            }

            var (size, headerSize) = Size(header, end - at);
            if (size < headerSize || size > end - at)
            {
                return;
            }

            string name = Name(header, 4);
            if (name is "trak" or "mdia")
            {
                FindHandlers(at + headerSize, at + size);
            }
            else if (name == "hdlr" && MediaSniffer.Peek(_file, at + headerSize + 8, 4) is { Length: 4 } handler)
            {
                _handlers.Add(Name(handler, 0));
            }

            at += size;
        }
    }

    private string? FindMissing(long length) => length == 0 ? "it is empty"
        // A film of QuickTime may lack one.
        : !_type && !_handlers.Contains("vide") ? _typeIsFirst ? "it has no file type" : "it does not begin with a file type"
        : _type && !_typeIsFirst ? "it does not begin with a file type"
        : !_index ? "it has no index"
        : !_data ? "it has no picture data"
        : null;

    /// <summary>
    /// The tracks decide where there are any, since a film may name a picture's brand among those that it is compatible with.
    /// </summary>
    private MediaFormat FormatByTracks() => _handlers.Contains("vide") ? FormatOfFilm()
        : _handlers.Contains("soun") ? MediaFormat.Mp4Audio
        : Has("avif", "avis") ? MediaFormat.Avif
        : Has("heic", "heix", "heim", "heis", "hevc", "hevx") ? MediaFormat.Heic
        : Has("mif1", "msf1") || _handlers.Contains("pict") ? MediaFormat.Heif
        : Has("M4A ", "M4B ", "M4P ") ? MediaFormat.Mp4Audio
        : FormatOfFilm();

    private MediaFormat FormatOfFilm() => !_type || _brands.FirstOrDefault() == "qt  " ? MediaFormat.Mov : MediaFormat.Mp4;

    private bool Has(params string[] brands) => _brands.Exists(brand => Array.IndexOf(brands, brand) >= 0);

    private static (long Size, int HeaderSize) Size(byte[] header, long room)
    {
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header);
        return size switch
        {
            0 => (room, HeaderSize), // To the end.
            1 => (header.Length == LongHeaderSize ? BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(HeaderSize)) : 0, LongHeaderSize),
            _ => (size, HeaderSize),
        };
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

    private static string Name(byte[] bytes, int at) =>
        new([(char)bytes[at], (char)bytes[at + 1], (char)bytes[at + 2], (char)bytes[at + 3]]);

    private static string At(string what, long at) => string.Format(CultureInfo.InvariantCulture, "{0}, at byte {1}", what, at);
}
