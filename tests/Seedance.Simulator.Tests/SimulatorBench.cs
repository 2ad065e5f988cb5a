using System.Net.Http.Headers;
using System.Text.Json;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests;

/// <summary>An engine with a clock that stands still, and a client at its in-process door.</summary>
internal sealed class SimulatorBench : IDisposable
{
    public const string Mini = "muapi/seedance-2-mini-text-to-video";
    public const string MiniBody = """{"prompt":"a kite"}""";
    public const string TaskBody = """{"model":"seedance2","inputs":{"prompt":"a kite"}}""";
    public const string JobBody = """{"model":"seedance-2.1","prompt":"a kite"}""";

    private readonly SimulatorHandler _handler;

    public SimulatorBench(params string[] faults)
        : this(new SimulatorOptions { Faults = Array.ConvertAll(faults, SimulatorFault.Parse) })
    {
    }

    public SimulatorBench(SimulatorOptions options)
    {
        Engine = new SimulatorEngine(options with { Time = Clock });
        _handler = new SimulatorHandler(Engine);
        Client = Caller(_handler, "http://simulator.test/");
    }

    public ManualTimeProvider Clock { get; } = new();

    public SimulatorEngine Engine { get; }

    public HttpClient Client { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static HttpClient Caller(HttpMessageHandler handler, string address, string? key = "key-1")
    {
        HttpClient client = new(handler, disposeHandler: false) { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public HttpClient CallerWith(string? key) => Caller(_handler, "http://simulator.test/", key);

    public Task<HttpResponseMessage> PostAsync(string path, string json) => Client.PostAsync(path, Json(json), Stop);

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Timers run by another clock than the one a job's end is told by, which is a little behind here.</summary>
    public async Task<T> PassWithAnEarlyTimerAsync<T>(Task<T> work, TimeSpan within)
    {
        await Clock.WaitingAsync();
        Clock.SetWallClock(TimeSpan.FromMilliseconds(-3));
        await Clock.PassAsync(work, within);
        return await work;
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await ReadAsync(await Client.GetAsync(path, Stop));

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(Stop);
        using JsonDocument document = await JsonDocument.ParseAsync(body, cancellationToken: Stop);
        return document.RootElement.Clone();
    }

    public async Task<string> SubmitMiniAsync() =>
        (await ReadAsync(await PostAsync(Mini, MiniBody))).GetProperty("request_id").GetString()!;

    public async Task<string> SubmitJobAsync(string body = JobBody) =>
        (await ReadAsync(await PostAsync("simulator/jobs", body))).GetProperty("id").GetString()!;

    /// <summary>The url of a video that is done.</summary>
    public async Task<string> MakeVideoAsync()
    {
        string id = await SubmitJobAsync();
        Clock.Advance(Engine.Options.QueueTime + Engine.Options.RunTime);
        return (await GetJsonAsync("simulator/jobs/" + id)).GetProperty("output").GetProperty("url").GetString()!;
    }

    public async Task<HttpResponseMessage> GetRangeAsync(string url, string range, string? ifRange = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Range", range);
        if (ifRange is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Range", ifRange);
        }

        using HttpClient anonymous = CallerWith(null);
        return await anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}
