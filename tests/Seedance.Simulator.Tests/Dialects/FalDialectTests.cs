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

    [Theory]
    [InlineData(Text20, Sample, 1.517)]
    [InlineData("fal/bytedance/seedance-2.0/fast/text-to-video", Sample, 1.2095)]
    [InlineData("fal/bytedance/seedance-2.0/image-to-video",
        """{"prompt":"x","image_url":"data:image/png;base64,AAAA","end_image_url":"https://e.org/b","seed":7,"bitrate_mode":"high"}""",
    1.517)]
    [InlineData("fal/bytedance/seedance-2.0/reference-to-video",
        """{"prompt":"x @Video1","video_urls":["https://e.org/v"],"audio_urls":["https://e.org/s"],"duration":"10"}""", 1.8204)]
    [InlineData(
        "fal/bytedance/seedance-2.5/text-to-video", """{"prompt":"x","duration":"30","resolution":"480p","end_user_id":"u"}""", 6.615)]
    [InlineData("fal/bytedance/seedance-2.5/image-to-video",
        """{"prompt":"x","image_url":"https://e.org/a","aspect_ratio":"auto","duration":"auto"}""", 2.35)]
    [InlineData("fal/fal-ai/bytedance/seedance/v1/pro/fast/text-to-video", """{"prompt":"x","camera_fixed":true}""", 0.259)]
    public async Task Submit_WhatThePageAllows_CostsWhatItSays(string path, string body, double dollars)
    {
        HttpResponseMessage response = await PostAsync(path, body);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
        Assert.Equal((decimal)dollars, Assert.Single(_bench.Engine.Tasks).Price);
    }

    [Theory]
    [InlineData("2.0/text-to-video", """{"prompt":"x","duration":5}""", "duration")]
    [InlineData("2.0/text-to-video", """{"prompt":"x","duration":"16"}""", "duration")]
    [InlineData("2.0/text-to-video", """{"prompt":"x","duration":"5s"}""", "duration")]
    [InlineData("2.0/fast/text-to-video", """{"prompt":"x","resolution":"1080p"}""", "resolution")]
    [InlineData("2.5/text-to-video", """{"prompt":"x","seed":1}""", "seed")]
    [InlineData("2.5/text-to-video", """{"prompt":"x","resolution":"4k"}""", "resolution")]
    [InlineData("2.5/image-to-video", """{"prompt":"x","image_url":"https://e.org/a","aspect_ratio":"16:9"}""", "aspect_ratio")]
    [InlineData("2.0/image-to-video", """{"prompt":"x"}""", "image_url")]
    [InlineData("2.0/image-to-video", """{"prompt":"x","image":"https://e.org/a"}""", "image")]
    [InlineData("2.0/text-to-video", """{}""", "prompt")]
    [InlineData("2.0/reference-to-video", """{"prompt":"x"}""", "image_urls")]
    [InlineData("2.5/reference-to-video", """{"prompt":"x","audio_urls":["https://e.org/s"]}""", "audio_urls")]
    [InlineData("2.0/reference-to-video",
        """{"prompt":"x","image_urls":["https://e.org/1","https://e.org/2","https://e.org/3","https://e.org/4","https://e.org/5","https://e.org/6","https://e.org/7"],"video_urls":["https://e.org/1","https://e.org/2","https://e.org/3"],"audio_urls":["https://e.org/1","https://e.org/2","https://e.org/3"]}""", "image_urls")]
    public async Task Submit_WhatThePageForbids_IsAValidationError(string model, string body, string field)
    {
        HttpResponseMessage response = await PostAsync("fal/bytedance/seedance-" + model, body);

        JsonElement error = await SimulatorBench.ReadAsync(response);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(error.GetProperty("detail").EnumerateArray(), finding => finding.GetProperty("loc")[1].GetString() == field);
        Assert.Equal("validation_error", response.Headers.GetValues("x-fal-error-type").Single());
        Assert.Empty(_bench.Engine.Tasks);
    }

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

    [Theory]
    [InlineData("fal/bytedance/seedance-2.1/text-to-video", 404)]
    [InlineData("fal/bytedance/seedance-2.0/text-to-video?fal_webhook=http%3A%2F%2Fh.ex.org", 422)]
    public async Task Submit_UnknownModelOrPlainWebhook_IsRefused(string path, int status) =>
        Assert.Equal(status, (int)(await PostAsync(path, Sample)).StatusCode);

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
