using System.Buffers.Binary;

namespace Seedance.Core.Tests.Downloads;

/// <summary>The smallest files that are whole.</summary>
internal static class Movie
{
    public static byte[] Make(int length, int seed)
    {
        byte[] head = [.. Box("ftyp", "isom\0\0\u0002\0isomiso2"u8.ToArray()), .. Box("moov", Box("mvhd", new byte[100]))];
        byte[] data = new byte[length - head.Length - 8];
        new Random(seed).NextBytes(data);
        return [.. head, .. Box("mdat", data)];
    }

    public static byte[] Box(string name, params byte[] payload)
    {
        byte[] box = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        Encoding.Latin1.GetBytes(name).CopyTo(box, 4);
        payload.CopyTo(box, 8);
        return box;
    }

    public static byte[] LongBox(string name, ulong size, params byte[] payload)
    {
        byte[] box = [0, 0, 0, 1, .. Encoding.Latin1.GetBytes(name), .. new byte[8], .. payload];
        BinaryPrimitives.WriteUInt64BigEndian(box.AsSpan(8), size);
        return box;
    }

    public static byte[] Png() =>
        [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[17], .. "IDAT"u8, .. Enumerable.Repeat((byte)7, 40), 0, 0, 0, 0, .. "IEND"u8, 0xAE,
            0x42, 0x60, 0x82];

    public static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[50], 0xFF, 0xD9];

    /// <summary>A whole WebM or Matroska file with these tracks: 1 is pictures, 2 is sound.</summary>
    public static byte[] Matroska(string type, params byte[] tracks)
    {
        byte[] entries = [.. tracks.SelectMany(track => Element([0xAE], [0xD7, 0x81, track, 0x83, 0x81, track]))];
        byte[] segment = [.. Element([0x16, 0x54, 0xAE, 0x6B], entries), .. Element([0x1F, 0x43, 0xB6, 0x75], new byte[60])];
        return [.. Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], Encoding.ASCII.GetBytes(type))),
            .. Element([0x18, 0x53, 0x80, 0x67], segment)];
    }

    private static byte[] Element(byte[] id, byte[] body) =>
        [.. id, 0x10, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
