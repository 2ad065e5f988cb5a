using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Seedance.Simulator.Dialects.Fal;
using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class FalDialectTests : IDisposable
{
    private const string Text20 = "fal/bytedance/seedance-2.0/text-to-video";
    private const string Sample =
        """{"prompt":"rain on neon","resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true}""";
    private SimulatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Queue_FromSubmitToResult_IsAskedAtTheUrlsOfTheReply()
    {
        JsonElement receipt =
            await SimulatorBench.ReadAsync(
            await PostAsync(Text20 + "?fal_webhook=https%3A%2F%2Fh.ex.org%2Ff", """{"prompt":"x","seed":42}"""));
        string status = receipt.GetProperty("status_url").GetString()!;
        string response = receipt.GetProperty("response_url").GetString()!;

        Assert.Equal(("IN_QUEUE", 0), (receipt.GetProperty("status").GetString(), receipt.GetProperty("queue_position").GetInt32()));
        Assert.Equal(
            $"http://simulator.test/fal/bytedance/seedance-2.0/requests/{receipt.GetProperty("request_id").GetString()}", response);
        Assert.Equal("IN_QUEUE", (await GetAsync(status)).GetProperty("status").GetString());
        _bench.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("IN_PROGRESS", (await GetAsync(status)).GetProperty("status").GetString());
        using HttpClient client = Caller();
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(response, SimulatorBench.Stop)).StatusCode);
        _bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement done = await GetAsync(status + "?logs=1");
        Assert.Equal(("COMPLETED", false), (done.GetProperty("status").GetString(), done.TryGetProperty("video", out _)));
        Assert.Equal(JsonValueKind.Array, done.GetProperty("logs").ValueKind);
        JsonElement result = await GetAsync(response);
        Assert.Equal(("video/mp4", 42),
            (result.GetProperty("video").GetProperty("content_type").GetString(), result.GetProperty("seed").GetInt32()));
        byte[] video = await client.GetByteArrayAsync(result.GetProperty("video").GetProperty("url").GetString(), SimulatorBench.Stop);
        Assert.Equal(result.GetProperty("video").GetProperty("file_size").GetInt32(), video.Length);
        Assert.Equal("https://h.ex.org/f", _bench.Engine.Tasks[0].Fields["fal_webhook"]);
    }

    [Fact]
    public async Task Urls_WithTheSubPathOfTheModel_AreNotFound()
    {
        await PostAsync(Text20, Sample);
        using HttpClient client = Caller();

        HttpResponseMessage response = await client.GetAsync($"{Text20}/requests/{_bench.Engine.Tasks[0].Id}/status", SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_InStatusOrResult_IsToldByTheOption(bool hidden)
    {
        _bench.Dispose();
        _bench = new SimulatorBench(new SimulatorOptions { Hosts = [new FalBehaviour { HidesErrors = hidden }] });
        JsonElement receipt = await SimulatorBench.ReadAsync(await PostAsync(Text20, """{"prompt":"[fail]"}"""));
        _bench.Clock.Advance(TimeSpan.FromSeconds(5));
        using HttpClient client = Caller();

        JsonElement status = await GetAsync(receipt.GetProperty("status_url").GetString()!);
        HttpResponseMessage result = await client.GetAsync(receipt.GetProperty("response_url").GetString(), SimulatorBench.Stop);

        Assert.Equal("COMPLETED", status.GetProperty("status").GetString());
        Assert.Equal(!hidden, status.TryGetProperty("error_type", out _));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, result.StatusCode);
    }

    [Fact]
    public async Task Cancel_QueuedRunningAndDone_IsEffectiveBeforeTheStartAlone()
    {
        string queued = await SubmitAsync();
        using HttpClient client = Caller();
        HttpResponseMessage first = await client.PutAsync(queued + "/cancel", null, SimulatorBench.Stop);
        string running = await SubmitAsync();
        _bench.Clock.Advance(TimeSpan.FromSeconds(2));
        HttpResponseMessage second = await client.PutAsync(running + "/cancel", null, SimulatorBench.Stop);
        _bench.Clock.Advance(TimeSpan.FromSeconds(2));
        HttpResponseMessage third = await client.PutAsync(running + "/cancel", null, SimulatorBench.Stop);

        Assert.Equal([202, 202, 400], new[] { first, second, third }.Select(response => (int)response.StatusCode));
        Assert.False((await client.GetAsync(queued, SimulatorBench.Stop)).IsSuccessStatusCode);
        Assert.True((await client.GetAsync(running, SimulatorBench.Stop)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Fault_SuccessWithoutUrl_HitsTheResult()
    {
        _bench.Dispose();
        _bench = new SimulatorBench("poll:1 success-without-url");
        string url = await SubmitAsync();
        _bench.Clock.Advance(TimeSpan.FromSeconds(5));

        await GetAsync(url + "/status");
        JsonElement first = await GetAsync(url);
        JsonElement second = await GetAsync(url);

        Assert.Equal((false, true), (first.TryGetProperty("video", out _), second.TryGetProperty("video", out _)));
        Assert.Equal(1, _bench.Engine.Snapshot().Fired(SimulatorFaultKind.SuccessWithoutUrl));
    }

    [Fact]
    public async Task Key_AsBearer_IsUnauthorized() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _bench.PostAsync(Text20, Sample)).StatusCode);

    private HttpClient Caller()
    {
        HttpClient client = _bench.CallerWith(key: null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", "key-1");
        return client;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using HttpClient client = Caller();
        return await client.PostAsync(path, SimulatorBench.Json(json), SimulatorBench.Stop);
    }

    private async Task<JsonElement> GetAsync(string url)
    {
        using HttpClient client = Caller();
        return await SimulatorBench.ReadAsync(await client.GetAsync(url, SimulatorBench.Stop));
    }

    private async Task<string> SubmitAsync() =>
        (await SimulatorBench.ReadAsync(await PostAsync(Text20, Sample))).GetProperty("response_url").GetString()!;
}
