using System.Buffers.Binary;

namespace Seedance.Media;

/// <summary>The one judge of what a file is, for what is uploaded and for what is downloaded.</summary>
internal static class MediaSniffer
{
    private const int HeadSize = 64;

    private static readonly (byte[] Magic, MediaFormat Format)[] s_signatures =
    [
        ([0x89, 0x50, 0x4E, 0x47], MediaFormat.Png),
        ([0xFF, 0xD8, 0xFF], MediaFormat.Jpeg),
        ("GIF8"u8.ToArray(), MediaFormat.Gif),
        ([0x49, 0x49, 0x2A, 0x00], MediaFormat.Tiff),
        ([0x4D, 0x4D, 0x00, 0x2A], MediaFormat.Tiff),
        ("ID3"u8.ToArray(), MediaFormat.Mp3),
        ([0xFF, 0xFB], MediaFormat.Mp3),
        ([0xFF, 0xFA], MediaFormat.Mp3),
        ([0xFF, 0xF3], MediaFormat.Mp3),
        ([0xFF, 0xF2], MediaFormat.Mp3),
        ([0xFF, 0xF1], MediaFormat.Aac),
        ([0xFF, 0xF9], MediaFormat.Aac),
        ("fLaC"u8.ToArray(), MediaFormat.Flac),
        ("OggS"u8.ToArray(), MediaFormat.Ogg),
    ];

    /// <summary>Null where nothing tells.</summary>
    public static MediaFormat? Of(Stream file)
    {
        byte[] head = Peek(file, 0, HeadSize);
        foreach (var (magic, format) in s_signatures)
        {
            if (head.AsSpan().StartsWith(magic))
            {
                return format;
            }
        }

        return IsBitmap(head) ? MediaFormat.Bmp : OfRiff(head) ?? IsoFile.Read(file).Format ?? MatroskaFile.Read(file)?.Format;
    }

    public static byte[] Peek(Stream file, long at, int count)
    {
        file.Position = at;
        byte[] bytes = new byte[count];
        int have = 0;
        int read;
        while (have < bytes.Length && (read = file.Read(bytes, have, bytes.Length - have)) > 0)
        {
            have += read;
        }

        Array.Resize(ref bytes, have);
        return bytes;
    }

    private static MediaFormat? OfRiff(byte[] head) => head.Length < 12 || !head.AsSpan().StartsWith("RIFF"u8) ? null
        : head.AsSpan(8, 4).SequenceEqual("WEBP"u8) ? MediaFormat.WebP
        : head.AsSpan(8, 4).SequenceEqual("WAVE"u8) ? MediaFormat.Wav
        : head.AsSpan(8, 4).SequenceEqual("AVI "u8) ? MediaFormat.Avi
        : null;

    /// <summary>
    /// Two letters alone would make a picture of any text that begins with them; the size of the second header is one of few.
    /// </summary>
    private static bool IsBitmap(byte[] head) => head.Length >= 18 && head[0] == 'B' && head[1] == 'M'
        && BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(14, 4)) is 12 or 40 or 52 or 56 or 64 or 108 or 124;
}
