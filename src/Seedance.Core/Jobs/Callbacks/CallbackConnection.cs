using System.Net.Sockets;

namespace Seedance.Jobs.Callbacks;

/// <summary>One request and one answer. Whoever sends slowly, much, or something else loses his connection and nothing else.</summary>
internal sealed class CallbackConnection(TcpClient client, string path)
{
    private const int LargestBody = 8 * 1024 * 1024;

    /// <summary>What came whole to that path, after it was acknowledged; else null.</summary>
    public async Task<ReceivedCallback?> ServeAsync()
    {
        using NetworkStream stream = client.GetStream();
        byte[] bytes = new byte[CallbackHead.Longest];
        int read = 0;
        int end = -1;
        while (end < 0 && read < bytes.Length
            && await stream.ReadAsync(bytes, read, bytes.Length - read).ConfigureAwait(false) is > 0 and int more)
        {
            read += more;
            end = CallbackHead.EndIn(bytes, read);
        }

        if (end < 0 || CallbackHead.Parse(bytes, end) is not { } head)
        {
            await AnswerAsync(stream, "400 Bad Request").ConfigureAwait(false);
            return null;
        }

        string? refusal = head.Path != path ? "404 Not Found"
            : head.Method != "POST" ? "405 Method Not Allowed"
            : head.Length > LargestBody ? "413 Content Too Large"
            : null;
        if (refusal is not null)
        {
            await AnswerAsync(stream, refusal).ConfigureAwait(false);
            return null;
        }

        if (head.AsksToContinue)
        {
            byte[] go = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
            await stream.WriteAsync(go, 0, go.Length).ConfigureAwait(false);
        }

        using CallbackBody body = new(stream, bytes, end, read);
        byte[]? content = head.IsChunked ? await body.ReadChunksAsync(LargestBody).ConfigureAwait(false)
            : await body.ReadAsync(head.Length ?? 0).ConfigureAwait(false);
        if (content is null)
        {
            await AnswerAsync(stream, "400 Bad Request").ConfigureAwait(false);
            return null;
        }

        // The host is answered at once: what becomes of its word is not its business, and a late answer would make it call again.
        await AnswerAsync(stream, "200 OK").ConfigureAwait(false);
        return new ReceivedCallback { Body = content, Headers = head.Headers };
    }

    private static async Task AnswerAsync(NetworkStream stream, string status)
    {
        byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(answer, 0, answer.Length).ConfigureAwait(false);
    }
}
