using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Callbacks;

/// <summary>Whoever is called: keeps the calls and answers as it is told, else 200.</summary>
internal sealed class CallbackReceiver : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Queue<int> _answers;
    private int _received;

    public CallbackReceiver(params int[] answers)
    {
        _answers = new Queue<int>(answers);
        _listener = new LoopbackListener(AnswerAsync);
    }

    public string Address => "http://127.0.0.1:" + _listener.Port + "/hook";

    public int Received => Volatile.Read(ref _received);

    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(TcpClient client, CancellationToken stop)
    {
        using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
        while (await reader.ReadLineAsync(stop) is { } request)
        {
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
            {
                headers[line.Split(':')[0]] = line[(line.IndexOf(':') + 1)..].Trim();
            }

            char[] body = new char[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
            await reader.ReadBlockAsync(body, stop);
            int status = 200;
            lock (_answers)
            {
                status = _answers.TryDequeue(out int told) ? told : 200;
            }

            Interlocked.Increment(ref _received);
            _calls.Writer.TryWrite(new Call(request, headers, new string(body)));
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n"), stop);
        }
    }

    internal sealed record Call(string Request, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public JsonElement Body => JsonDocument.Parse(Text).RootElement;
    }
}
