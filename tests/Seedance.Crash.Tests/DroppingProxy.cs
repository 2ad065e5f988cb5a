using System.Collections.Concurrent;
using System.Net.Sockets;
using Seedance.TestKit;

namespace Seedance.Crash.Tests;

/// <summary>
/// A real forward proxy on loopback. Each connection carries one request; some are dropped before it is passed on, some before its answer
/// is.
/// </summary>
internal sealed class DroppingProxy : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<string, int, Drop> _fate;
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private int _droppedBefore;
    private int _droppedAfter;

    /// <param name="fate">By method, and how many with it came before.</param>
    public DroppingProxy(Func<string, int, Drop> fate)
    {
        _fate = fate;
        _listener = new LoopbackListener(ServeAsync);
    }

    public enum Drop
    {
        No,
        BeforeTheHost,
        AfterTheHost,
    }

    public Uri Address => new("http://127.0.0.1:" + _listener.Port);

    public int DroppedBefore => _droppedBefore;

    public int DroppedAfter => _droppedAfter;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient near, CancellationToken stop)
    {
        using Stream asked = near.GetStream();
        byte[] request = await ReadRequestAsync(asked);
        string line = Encoding.ASCII.GetString(request, 0, Array.IndexOf(request, (byte)'\r'));
        string[] words = line.Split(' ');
        Drop fate = _fate(words[0], _seen.AddOrUpdate(words[0], 0, (_, before) => before + 1));
        if (fate == Drop.BeforeTheHost)
        {
            Interlocked.Increment(ref _droppedBefore);
            near.Client.Close(0); // A reset, not an end.
            return;
        }

        Uri target = new(words[1]);
        using TcpClient far = new();
        await far.ConnectAsync(target.Host, target.Port, stop);
        using Stream host = far.GetStream();
        await host.WriteAsync(Encoding.ASCII.GetBytes(words[0] + " " + target.PathAndQuery + " HTTP/1.1\r\nConnection: close"), stop);
        await host.WriteAsync(request.AsMemory(line.Length), stop);
        using MemoryStream answer = new();
        await host.CopyToAsync(answer, stop);
        if (fate == Drop.AfterTheHost)
        {
            Interlocked.Increment(ref _droppedAfter);
            near.Client.Close(0);
            return;
        }

        await asked.WriteAsync(answer.ToArray(), stop);
    }

    private static async Task<byte[]> ReadRequestAsync(Stream from)
    {
        using MemoryStream request = new();
        byte[] buffer = new byte[16 * 1024];
        int end = -1;
        int wanted = int.MaxValue;
        while (request.Length < wanted)
        {
            int read = await from.ReadAsync(buffer);
            if (read == 0)
            {
                throw new IOException("The client went away.");
            }

            request.Write(buffer, 0, read);
            string text = Encoding.ASCII.GetString(request.ToArray());
            if (end < 0 && (end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal)) >= 0)
            {
                wanted = end + 4 + Length(text[..end]);
            }
        }

        return request.ToArray();
    }

    private static int Length(string head)
    {
        const string Name = "\r\nContent-Length:";
        int at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 0;
        }

        at += Name.Length;
        int end = (head + "\r\n").IndexOf("\r\n", at, StringComparison.Ordinal);
        return int.Parse(head.AsSpan(at, end - at), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
