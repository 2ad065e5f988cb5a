using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Transport;

public sealed class SimulatorServerTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.ForEach(thing => thing.Dispose());

    [Fact]
    public async Task Job_OverLoopback_IsMadeAndDownloaded()
    {
        (SimulatorServer server, HttpClient client) = Start(new SimulatorOptions());

        string id = await SubmitAsync(client);
        _clock.Advance(TimeSpan.FromSeconds(3));
        string url = (await SimulatorBench.ReadAsync(await client.GetAsync("simulator/jobs/" + id, SimulatorBench.Stop)))
            .GetProperty("output").GetProperty("url").GetString()!;
        byte[] video = await client.GetByteArrayAsync(url, SimulatorBench.Stop);

        Assert.StartsWith(server.BaseUri.AbsoluteUri + "media/", url, StringComparison.Ordinal);
        Assert.Equal(video.Length, server.Engine.Snapshot().BytesServed);
    }

    [Theory]
    [InlineData("submit:1 reset-before-accept", 0)]
    [InlineData("submit:1 reset-after-accept", 1)]
    public async Task Reset_OverLoopback_IsATcpReset(string fault, int accepted)
    {
        (SimulatorServer server, HttpClient client) = Start(new SimulatorOptions { Faults = [SimulatorFault.Parse(fault)] });

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));

        Exception root = error;
        while (root.InnerException is { } inner)
        {
            root = inner;
        }

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(root).SocketErrorCode);
        Assert.Equal(accepted, server.Engine.Snapshot().AcceptedTotal);
    }

    [Fact]
    public async Task CutBody_OverLoopback_DeliversExactlyTheFirstPart()
    {
        (SimulatorServer server,
            HttpClient client) = Start(new SimulatorOptions { MediaBytes = 5_000_000, Faults = [SimulatorFault.Parse("media:1 cut 0.5")] });
        string url = await MakeVideoAsync(client);
        using HttpResponseMessage response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, SimulatorBench.Stop);
        using Stream body = await response.Content.ReadAsStreamAsync(SimulatorBench.Stop);
        using MemoryStream received = new();

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, SimulatorBench.Stop));

        Assert.Equal(2_500_000, received.Length);
        Assert.Equal(1, server.Engine.Snapshot().Fired(SimulatorFaultKind.CutBody));
    }

    [Fact]
    public async Task Body_ChunkedAndExpectContinue_ArrivesWhole()
    {
        (SimulatorServer server, HttpClient client) = Start(new SimulatorOptions { RecordRequests = true });
        byte[] bytes = RandomNumberGenerator.GetBytes(300_000);
        using HttpRequestMessage request = new(
            HttpMethod.Post, "simulator/uploads") { Content = new StreamContent(new MemoryStream(bytes)) };
        request.Content.Headers.ContentType = new("image/png");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await client.SendAsync(request, SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Assert.Single(server.Engine.Uploads).Sha256);
        Assert.Equal("chunked", server.Engine.Requests[0].Headers["Transfer-Encoding"]);
    }

    [Fact]
    public async Task Connection_TwoRequestsInOnePacket_AreBothAnswered()
    {
        (SimulatorServer server, _) = Start(new SimulatorOptions());
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, server.BaseUri.Port, SimulatorBench.Stop);
        NetworkStream stream = tcp.GetStream();
        const string One = "GET /simulator/credits HTTP/1.1\r\nHost: x\r\n\r\n";
        const string Last = "GET /simulator/credits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        await stream.WriteAsync(Encoding.ASCII.GetBytes(One + Last), SimulatorBench.Stop);
        using StreamReader reader = new(stream);
        string answers = await reader.ReadToEndAsync(SimulatorBench.Stop);

        Assert.Equal(2, answers.Split("HTTP/1.1 200").Length - 1);
    }

    [Theory]
    [InlineData("/media/nothing.mp4", 404)]
    [InlineData("/simulator/credits", 404)]
    public async Task Head_Refused_LeavesTheConnectionInStep(string path, int status)
    {
        (_, HttpClient client) = Start(new SimulatorOptions());
        using HttpRequestMessage head = new(HttpMethod.Head, path);

        using HttpResponseMessage refused = await client.SendAsync(head, SimulatorBench.Stop);
        using HttpResponseMessage next = await client.GetAsync("simulator/credits", SimulatorBench.Stop);

        Assert.Equal((status, 200), ((int)refused.StatusCode, (int)next.StatusCode));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("POST /simulator/jobs HTTP/1.1\r\nContent-Length: x\r\n\r\n")]
    public async Task Connection_NoHttp_IsClosedWithoutAnAnswer(string bytes)
    {
        (SimulatorServer server, _) = Start(new SimulatorOptions());
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, server.BaseUri.Port, SimulatorBench.Stop);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes), SimulatorBench.Stop);

        Assert.Equal(0, await tcp.GetStream().ReadAsync(new byte[10], SimulatorBench.Stop));
        Assert.Equal(0, server.Engine.Snapshot().Requests.Values.Sum());
    }

    [Fact]
    public async Task Dispose_WithAHeldAnswer_ClosesTheConnection()
    {
        (SimulatorServer server,
            HttpClient client) = Start(new SimulatorOptions { Faults = [SimulatorFault.Parse("submit:1 delay 3600")] });
        Task<string> submit = SubmitAsync(client);
        await _clock.WaitingAsync();

        server.Dispose();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => submit);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync("simulator/credits", SimulatorBench.Stop));
    }

    [Fact]
    public async Task Submits_ManyAtOnce_AreAllCountedOnce()
    {
        (SimulatorServer server, HttpClient client) = Start(new SimulatorOptions { Balance = 1_000_000 });

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SubmitAsync(client)));

        Assert.Equal(200, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(200, server.Engine.Snapshot().Accepted["Simulator"]);
    }

    private static async Task<string> SubmitAsync(HttpClient client) => (await SimulatorBench.ReadAsync(
        await client.PostAsync("simulator/jobs", SimulatorBench.Json(SimulatorBench.JobBody), SimulatorBench.Stop))).GetProperty("id")
            .GetString()!;

    private async Task<string> MakeVideoAsync(HttpClient client)
    {
        string id = await SubmitAsync(client);
        _clock.Advance(TimeSpan.FromSeconds(3));
        return (await SimulatorBench.ReadAsync(await client.GetAsync("simulator/jobs/" + id, SimulatorBench.Stop))).GetProperty("output")
            .GetProperty("url").GetString()!;
    }

    private (SimulatorServer Server, HttpClient Client) Start(SimulatorOptions options)
    {
        SimulatorServer server = SimulatorServer.Start(new SimulatorEngine(options with { Time = _clock }));
        HttpClient client = new() { BaseAddress = server.BaseUri };
        _open.Add(client);
        _open.Add(server);
        return (server, client);
    }
}
