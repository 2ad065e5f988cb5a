using System.IO.Compression;

namespace Seedance.Transport;

/// <summary>
/// Takes a body out of its wrapping. The label is a claim: gateways put "gzip", "aws-chunked" or "binary" on plain bytes, and send zipped
/// ones without a label, so the bytes' own marks decide.
/// </summary>
internal static class ContentCoding
{
    private const int MostLayers = 3;

    /// <summary>The mark of gzip with its only method.</summary>
    public static bool IsGzip(byte[] start, int count) => count > 2 && start[0] == 0x1F && start[1] == 0x8B && start[2] == 8;

    /// <summary>
    /// The bytes as they were before the wrapping they prove to have; never more than the limit, and as they came where they prove none.
    /// </summary>
    public static byte[] Decode(byte[] body, IEnumerable<string> labels, int limit)
    {
        bool mayBeDeflated = labels.Any(label => label.Trim().Equals("deflate", StringComparison.OrdinalIgnoreCase));
        for (int layer = 0; layer < MostLayers; layer++)
        {
            byte[]? inner = IsGzip(body, body.Length) ? Read(new GZipStream(new MemoryStream(body), CompressionMode.Decompress), limit)
                : mayBeDeflated ? Inflate(body, limit)
                : null;
            if (inner is null)
            {
                break;
            }

            (body, mayBeDeflated) = (inner, false);
        }

        return body;
    }

    /// <summary>
    /// With the header that the standard wants, or bare as some servers send it. A text is no deflated body, although it may begin like
    /// one.
    /// </summary>
    private static byte[]? Inflate(byte[] body, int limit)
    {
        if (body.Length < 3 || body[0] is (byte)'{' or (byte)'[' or (byte)'<' or (byte)'"')
        {
            return null;
        }

        int header = (body[0] & 0x0F) == 8 && ((body[0] * 256) + body[1]) % 31 == 0 ? 2 : 0;
        return Read(new DeflateStream(new MemoryStream(body, header, body.Length - header), CompressionMode.Decompress), limit);
    }

    /// <summary>What can be read of it; null where nothing can.</summary>
    private static byte[]? Read(Stream packed, int limit)
    {
        using (packed)
        {
            using MemoryStream bytes = new();
            byte[] buffer = new byte[16 * 1024];
            try
            {
                int read;
                while (bytes.Length < limit && (read = packed.Read(buffer, 0, buffer.Length)) > 0)
                {
                    bytes.Write(buffer, 0, read);
                }
            }
            catch (InvalidDataException)
            {
                // Cut off or damaged: what came out so far tells more than what went in.
            }

            return bytes.Length > 0 ? bytes.ToArray() : null;
        }
    }
}
