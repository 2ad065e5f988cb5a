namespace Seedance.Transport;

/// <summary>Reads a body to its end and stops at a bound, so that a host gone wrong cannot fill the memory.</summary>
internal static class BoundedReader
{
    public static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken stop)
    {
#if NETSTANDARD2_0
        using Stream body = await content.ReadAsStreamAsync().ConfigureAwait(false);
#else
        using Stream body = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
#endif
        using MemoryStream bytes = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while (bytes.Length < limit && (read = await body.ReadOrStopAsync(buffer, 0, buffer.Length, stop).ConfigureAwait(false)) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
