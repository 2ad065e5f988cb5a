using System.IO.Compression;
using Seedance.Transport;

namespace Seedance.Downloads;

/// <summary>
/// The body of a media host's answer as the bytes of the file. A coding that the host names although none was asked for is believed only
/// where the bytes prove it: stores leave "aws-chunked" on what is plain, and gateways write "gzip" on what they never touched.
/// </summary>
internal sealed class MediaBody(Stream stream, bool isUnzipped) : IDisposable
{
    private const int MarkSize = 3;

    public Stream Stream => stream;

    /// <summary>The lengths and the ranges of the answer are then not those of the file.</summary>
    public bool IsUnzipped => isUnzipped;

    public static async Task<MediaBody> OpenAsync(HttpResponseMessage answer, CancellationToken stop)
    {
#if NETSTANDARD2_0
        Stream raw = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
#else
        Stream raw = await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
#endif
        bool labelled =
            answer.Content.Headers.ContentEncoding.Any(coding => coding.IndexOf("gzip", StringComparison.OrdinalIgnoreCase) >= 0);
        if (!labelled || (int)answer.StatusCode != 200)
        {
            return new MediaBody(raw, isUnzipped: false); // A range goes on with what has proved itself at its beginning.
        }

        byte[] mark = new byte[MarkSize];
        int have = 0;
        int read;
        while (have < MarkSize && (read = await raw.ReadOrStopAsync(mark, have, MarkSize - have, stop).ConfigureAwait(false)) > 0)
        {
            have += read;
        }

        PeekedStream whole = new(mark, have, raw);
        return ContentCoding.IsGzip(mark, have)
            ? new MediaBody(new GZipStream(whole, CompressionMode.Decompress), isUnzipped: true)
            : new MediaBody(whole, isUnzipped: false);
    }

    public void Dispose() => stream.Dispose();

    /// <summary>A stream of which the beginning has been read already.</summary>
    private sealed class PeekedStream(byte[] start, int count, Stream rest) : ForwardStream
    {
        private int _given;

        public override int Read(byte[] buffer, int offset, int count) =>
            Given(buffer, offset, count) is > 0 and var given ? given : rest.Read(buffer, offset, count);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Given(buffer, offset, count) is > 0 and var given
                ? Task.FromResult(given)
                : rest.ReadOrStopAsync(buffer, offset, count, cancellationToken);

#if !NETSTANDARD2_0
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int given = Math.Min(buffer.Length, count - _given);
            if (given == 0)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            start.AsMemory(_given, given).CopyTo(buffer);
            _given += given;
            return new(given);
        }
#endif

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Given(byte[] buffer, int offset, int room)
        {
            int given = Math.Min(room, count - _given);
            Buffer.BlockCopy(start, _given, buffer, offset, given);
            _given += given;
            return given;
        }
    }
}
