using System.Net;
using System.Net.Sockets;
using Seedance.Accounts;
using Seedance.Jobs.Callbacks;
using Seedance.Jobs.Query;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Simulator.Tasks;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>Callbacks as they come over loopback: what they claim is never believed, and strangers cost nothing.</summary>
public sealed class ReceiveCallbacksTests : IDisposable
{
    private const string Path = "/hook-7f3a";
    private const string Done = """{"id":"req_1","status":"completed","outputs":["https://evil.example/v.mp4"]}""";
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private readonly CallbackListener _listener;
    private readonly HttpClient _caller = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ReceiveCallbacksTests()
    {
        _network.Otherwise = _ =>
            ScriptedHandler.Response(200, """{"id":"req_1","status":"completed","outputs":["https://cdn.ex.org/v.mp4"]}""");
        _kit = new TestServices(_network);
        _listener = new CallbackListener(0, Path, _kit.Time);
        Account account = TestServices.Account(ProviderRegistry.Find("Muapi"));
        ReceiveCallbacks receive = new(_kit.Services, new JobLookup(_kit.Services, (_, _) => null, apiKey: null, [account]));
        _running = receive.RunAsync(_listener, new ReceiveOptions(), _kit.Output, _stop.Token);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _running.GetAwaiter().GetResult());
        _listener.Dispose();
        _caller.Dispose();
        _kit.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task RunAsync_CallbackOfAKnownJob_IsTheJobAsItsProviderTellsIt()
    {
        await AddAsync();

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Done));

        SeedanceJob job = await NextJobAsync();
        Assert.Equal((JobStatus.Succeeded, "cdn.ex.org"), (job.State, Assert.Single(job.Outputs).Url!.Host));
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_FloodOfForgeries_AsksNobodyAndLeavesTheRealOneAnswered()
    {
        await AddAsync();
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(
                HttpStatusCode.OK, await PostAsync(FormattableString.Invariant($$"""{"id":"forged_{{i}}","status":"completed"}""")));
        }

        Assert.Empty(_network.Requests);
        await PostAsync(Done);
        await NextJobAsync();
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task RunAsync_SameCallOverAndOver_AsksOnceASecondAtMost()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(200, """{"id":"req_1","status":"processing"}""");
        await AddAsync();
        for (int i = 0; i < 50; i++)
        {
            await PostAsync(Done); // The clock stands still.
        }

        await Outside.UntilAsync(() => _network.Requests.Count > 0);
        Assert.Single(_network.Requests);
        _network.Otherwise = _ =>
            ScriptedHandler.Response(200, """{"id":"req_1","status":"completed","outputs":["https://cdn.ex.org/v.mp4"]}""");
        int seconds = await PassTimeUntilAsync(() => _kit.Output.Jobs.Count > 0);
        Assert.InRange(_network.Requests.Count, 2, 1 + seconds);
    }

    /// <summary>Hosts send a call again word for word; while theirs could not be asked, nobody knows what the first was worth.</summary>
    [Fact]
    public async Task RunAsync_SameCallAfterItsProviderWasAway_IsHeardAgain()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(503, "<html>away</html>");
        await AddAsync();
        await PostAsync(Done);
        await PassTimeUntilAsync(() => _network.Requests.Count >= 2); // Once for the call, and once more by itself.
        _network.Otherwise = _ =>
            ScriptedHandler.Response(200, """{"id":"req_1","status":"completed","outputs":["https://cdn.ex.org/v.mp4"]}""");
        Assert.Empty(_kit.Output.Jobs);

        await PassTimeUntilAsync(() => _kit.Output.Jobs.Count > 0, Done);
    }

    [Fact]
    public async Task RunAsync_CallBeforeTheReceiptIsOnRecord_IsRememberedUntilItIs()
    {
        await PostAsync(Done);
        await Outside.UntilAsync(() => _kit.Output.Of("debug").Any());
        Assert.Empty(_network.Requests);

        await AddAsync();
        int seconds = await PassTimeUntilAsync(() => _kit.Output.Jobs.Count > 0);

        Assert.Equal(JobStatus.Succeeded, _kit.Output.Jobs[0].State);
        Assert.InRange(_network.Requests.Count, 1, 1 + seconds);
    }

    [Fact]
    public async Task RunAsync_CallThatTheJobGoesOn_AsksNobody()
    {
        StoredJob stored = Samples.StoredJob();
        await _kit.Services.Store.AddAsync(stored with { Job = stored.Job with { Provider = "BytePlus", ProviderJobId = "cgt-1" } }, Stop);
        await AddAsync();
        await PostAsync("""{"id":"cgt-1","model":"seedance-1-0-pro-250528","status":"running"}""");

        await PostAsync(Done); // The next call is heard, so that the one before was.
        await NextJobAsync();

        Assert.Single(_network.Requests);
    }

    [Theory]
    [InlineData("GET " + Path + " HTTP/1.1\r\n\r\n", "405")]
    [InlineData("POST /other HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", "404")]
    [InlineData("POST " + Path + " HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413")]
    [InlineData("hello\r\n\r\n", "400")]
    [InlineData("POST " + Path + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    [InlineData("POST " + Path + "?a=1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n", "200")]
    [InlineData("POST " + Path + " HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]", "200")]
    public async Task RunAsync_AnyBytes_HaveTheirAnswer(string sent, string status)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _listener.Address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), Stop);

        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 " + status, await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(_network.Requests);
    }

    /// <summary>
    /// Second by second, with a call in each that by default means no job. Its round trip lets what is asked meanwhile be answered; a clock
    /// that runs freely would let every deadline pass.
    /// </summary>
    private async Task<int> PassTimeUntilAsync(Func<bool> isSo, string call = "[]")
    {
        int seconds = 0;
        for (; !isSo(); seconds++)
        {
            Assert.InRange(seconds, 0, 1000);
            _kit.Time.Advance(TimeSpan.FromSeconds(1));
            await PostAsync(call);
        }

        return seconds;
    }

    private async Task<SeedanceJob> NextJobAsync()
    {
        await Outside.UntilAsync(() => _kit.Output.Jobs.Count > 0);
        return Assert.Single(_kit.Output.Jobs);
    }

    private async Task<HttpStatusCode> PostAsync(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _caller.PostAsync(_listener.Address, content, Stop);
        return answer.StatusCode;
    }

    private async Task AddAsync()
    {
        DateTimeOffset now = _kit.Time.GetUtcNow();
        IProviderAdapter muapi = ProviderRegistry.Find("Muapi")!;
        await _kit.Services.Store.AddAsync(
            new StoredJob(new SeedanceJob
            {
                Id = JobId.Create(now), Provider = "Muapi", Endpoint = muapi.Provider.BaseUri, WireModel = "m", ProviderJobId = "req_1",
                State = JobStatus.Running, CreatedAt = now, SubmittedAt = now,
            }),
            Stop);
    }
}
