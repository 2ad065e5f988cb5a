using System.Net;
using System.Text.Json;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class SimulatorDialectTests
{
    [Fact]
    public async Task Job_FromQueuedToSucceeded_ShowsProgressAndOutput()
    {
        using SimulatorBench bench = new();
        string id = await bench.SubmitJobAsync(
            """{"model":"seedance-2.1","prompt":"x","resolution":"1080p","aspect_ratio":"9:16","seed":7,"image":null}""");
        string path = "simulator/jobs/" + id;

        JsonElement queued = await bench.GetJsonAsync(path);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement running = await bench.GetJsonAsync(path);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        JsonElement done = await bench.GetJsonAsync(path);

        Assert.Equal(("queued", 0), (queued.GetProperty("status").GetString(), queued.GetProperty("progress").GetInt32()));
        Assert.Equal(("running", 50), (running.GetProperty("status").GetString(), running.GetProperty("progress").GetInt32()));
        Assert.Equal(("succeeded", 100), (done.GetProperty("status").GetString(), done.GetProperty("progress").GetInt32()));
        Assert.Equal((1080, 1920),
            (done.GetProperty("output").GetProperty("width").GetInt32(), done.GetProperty("output").GetProperty("height").GetInt32()));
        Assert.Equal(7, done.GetProperty("seed").GetInt64());
        Assert.True(done.GetProperty("simulated").GetBoolean());
        Assert.Equal(JsonValueKind.Null, queued.GetProperty("output").ValueKind);
    }

    [Fact]
    public async Task JobId_InAnEngineThatNeverSawIt_SaysAllAndServesTheVideo()
    {
        using SimulatorBench first = new(new SimulatorOptions { MediaBytes = 300_000, QueueTime = TimeSpan.FromSeconds(5), Seed = 1 });
        using SimulatorBench second = new(new SimulatorOptions { Seed = 2 });
        string path = "simulator/jobs/" + await first.SubmitJobAsync("""{"model":"m","prompt":"x","duration":8}""");
        JsonElement early = await second.GetJsonAsync(path);
        first.Clock.Advance(TimeSpan.FromSeconds(7));
        second.Clock.Advance(TimeSpan.FromSeconds(7));

        JsonElement here = await first.GetJsonAsync(path);
        JsonElement there = await second.GetJsonAsync(path);

        Assert.Equal("queued", early.GetProperty("status").GetString());
        Assert.Equal("succeeded", there.GetProperty("status").GetString());
        Assert.Equal(here.GetRawText(), there.GetRawText());
        string url = here.GetProperty("output").GetProperty("url").GetString()!;
        byte[] fromFirst = await first.Client.GetByteArrayAsync(url, SimulatorBench.Stop);
        Assert.Equal(300_000, fromFirst.Length);
        Assert.Equal(fromFirst, await second.Client.GetByteArrayAsync(url, SimulatorBench.Stop));
    }

    [Fact]
    public async Task JobId_WithATypingError_IsNotFound()
    {
        using SimulatorBench bench = new();
        string id = await bench.SubmitJobAsync();

        for (int i = "sim_".Length; i < id.Length; i++)
        {
            string wrong = string.Concat(id.AsSpan(0, i), id[i] == '7' ? "8" : "7", id.AsSpan(i + 1));
            Assert.Equal(HttpStatusCode.NotFound, (await bench.Client.GetAsync("simulator/jobs/" + wrong, SimulatorBench.Stop)).StatusCode);
        }
    }

    [Theory]
    [InlineData("a [fail] kite", 3, "failed")]
    [InlineData("a [never] kite", 86_400, "running")]
    [InlineData("a [slow] kite", 60, "running")]
    [InlineData("a [slow] kite", 61, "succeeded")]
    public async Task Prompt_WithAMark_GoesAsItSays(string prompt, int seconds, string status)
    {
        using SimulatorBench bench = new();
        string id = await bench.SubmitJobAsync($$"""{"model":"m","prompt":"{{prompt}}"}""");
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));

        JsonElement job = await bench.GetJsonAsync("simulator/jobs/" + id);

        Assert.Equal(status, job.GetProperty("status").GetString());
        Assert.Equal(status == "failed" ? "content_refused" : null,
            job.GetProperty("error").ValueKind == JsonValueKind.Null ? null : job.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Delete_TwiceOrAfterTheEnd_IsAConflict()
    {
        using SimulatorBench bench = new();
        string path = "simulator/jobs/" + await bench.SubmitJobAsync();

        HttpResponseMessage first = await bench.Client.DeleteAsync(path, SimulatorBench.Stop);
        HttpResponseMessage second = await bench.Client.DeleteAsync(path, SimulatorBench.Stop);

        Assert.Equal("cancelled", (await SimulatorBench.ReadAsync(first)).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(100_000, (await bench.GetJsonAsync("simulator/credits")).GetProperty("credits").GetDecimal());
    }

    [Fact]
    public async Task List_Limit_ShowsTheNewest()
    {
        using SimulatorBench bench = new();
        await bench.SubmitJobAsync();
        string newest = await bench.SubmitJobAsync();

        JsonElement jobs = (await bench.GetJsonAsync("simulator/jobs?limit=1")).GetProperty("jobs");

        Assert.Equal(newest, Assert.Single(jobs.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Base_WithoutPrefix_NamesThePrefixes()
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync("seedance-2.1-text-to-video", SimulatorBench.MiniBody);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/muapi", await response.Content.ReadAsStringAsync(SimulatorBench.Stop), StringComparison.Ordinal);
    }
}
