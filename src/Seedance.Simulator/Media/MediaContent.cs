using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Media;

/// <summary>One video's file: the clip, and for a larger one an MP4 <c>free</c> box that players skip.</summary>
internal sealed class MediaContent
{
    // A prime, so that a resume that is off by a round number of bytes cannot meet the same padding again.
    private const int BlockLength = 1_048_573;
    private const int ChangedBoxLength = 64;
    private static readonly Lazy<byte[]> s_block = new(MakeBlock);

    private readonly byte[] _boxHeader;
    private readonly long _paddingAt;
    private readonly long _salt;

    public MediaContent(long mediaBytes, ulong salt, int generation)
    {
        long clip = EmbeddedClip.Bytes.Length;
        Length = mediaBytes > 0 ? mediaBytes : generation == 0 ? clip : clip + ChangedBoxLength;
        _boxHeader = BoxHeader(Length - clip);
        _paddingAt = clip + _boxHeader.Length;
        ulong mixed = Entropy.Mix(salt + (ulong)generation);
        _salt = (long)(mixed % BlockLength);
        ETag = "\"" + (mixed ^ (ulong)Length).ToString("x16", CultureInfo.InvariantCulture) + "\"";
    }

    public long Length { get; }

    public string ETag { get; }

    public static bool IsPossibleLength(long mediaBytes) =>
        mediaBytes == 0 || mediaBytes == EmbeddedClip.Bytes.Length || mediaBytes >= EmbeddedClip.Bytes.Length + 8;

    public SimulatorBody Slice(long from, long count) => new(count, Segments(from, count));

    // A box says its size in four bytes, or 1 there and the size in eight more.
    private static byte[] BoxHeader(long size)
    {
        if (size == 0)
        {
            return [];
        }

        byte[] header = size <= uint.MaxValue ? new byte[8] : new byte[16];
        PutBigEndian(header, 0, 4, header.Length == 8 ? size : 1);
        header[4] = (byte)'f';
        header[5] = (byte)'r';
        header[6] = (byte)'e';
        header[7] = (byte)'e';
        if (header.Length == 16)
        {
            PutBigEndian(header, 8, 8, size);
        }

        return header;
    }

    private static void PutBigEndian(byte[] bytes, int at, int count, long value)
    {
        for (int i = 0; i < count; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * (count - 1 - i)));
        }
    }

    private static byte[] MakeBlock()
    {
        byte[] block = new byte[BlockLength];
        for (int i = 0; i < block.Length; i += sizeof(ulong))
        {
            ulong value = Entropy.Mix((ulong)i);
            for (int k = 0; k < sizeof(ulong) && i + k < block.Length; k++)
            {
                block[i + k] = (byte)(value >> (8 * k));
            }
        }

        return block;
    }

    private IEnumerable<ArraySegment<byte>> Segments(long from, long count)
    {
        byte[] clip = EmbeddedClip.Bytes;
        while (count > 0)
        {
            ArraySegment<byte> rest = from < clip.Length ? Rest(clip, from)
                : from < _paddingAt ? Rest(_boxHeader, from - clip.Length)
                : Rest(s_block.Value, (from - _paddingAt + _salt) % BlockLength);
            ArraySegment<byte> next = new(rest.Array!, rest.Offset, (int)Math.Min(rest.Count, count));
            yield return next;
            from += next.Count;
            count -= next.Count;
        }
    }

    private static ArraySegment<byte> Rest(byte[] bytes, long at) => new(bytes, (int)at, bytes.Length - (int)at);
}
