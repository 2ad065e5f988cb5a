using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>
/// A JSON body with a file in it as a data address, streamed: a video in base64 would fill the memory several times over.
/// </summary>
internal sealed class InlinedFileContent : HttpContent
{
    private const int Chunk = 3 * 16 * 1024; // A multiple of 3, so that the pieces join without padding.
    private readonly FileStream _file;
    private readonly byte[] _before;
    private readonly byte[] _after;

    public InlinedFileContent(JsonObject around, WireFile file)
    {
        _file = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true);
        string others = around.ToJsonString();
        string open = others.Length > 2 ? others.Substring(0, others.Length - 1) + "," : "{";
        _before = Encoding.UTF8.GetBytes(open + JsonValue.Create(file.Field!).ToJsonString() + ":\"data:" + file.ContentType + ";base64,");
        _after = Encoding.UTF8.GetBytes("\"}");
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_before, 0, _before.Length).ConfigureAwait(false);
        byte[] bytes = new byte[Chunk];
        int filled;
        do
        {
            filled = await FillAsync(bytes).ConfigureAwait(false);
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, 0, filled));
            await stream.WriteAsync(text, 0, text.Length).ConfigureAwait(false);
        }
        while (filled == Chunk);
        await stream.WriteAsync(_after, 0, _after.Length).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _before.Length + ((_file.Length + 2) / 3 * 4) + _after.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> FillAsync(byte[] bytes)
    {
        int filled = 0;
        int read;
        while (filled < bytes.Length && (read = await _file.ReadAsync(bytes, filled, bytes.Length - filled).ConfigureAwait(false)) > 0)
        {
            filled += read;
        }

        return filled;
    }
}
