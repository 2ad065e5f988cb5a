using System.Net;
using System.Text.Json;
using Seedance.Simulator.Dialects.Replicate;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class ReplicateDialectTests
{
    private const string Create = "replicate/v1/models/bytedance/seedance-2.0/predictions";
    private const string Sample =
        """{"input":{"prompt":"tide pool macro","duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true,"seed":3},"webhook":"https://h.ex.org/r","webhook_events_filter":["completed"]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prediction_ThroughItsStates_HasTheWordsAndTheOutput(bool list)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new ReplicateBehaviour { OutputIsList = list }] });
        JsonElement created = await SimulatorBench.ReadAsync(await bench.PostAsync(Create, Sample));
        string url = created.GetProperty("urls").GetProperty("get").GetString()!;
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement running = await bench.GetJsonAsync(url);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement done = await bench.GetJsonAsync(url);

        Assert.Equal(
            ("starting", JsonValueKind.Null), (created.GetProperty("status").GetString(), created.GetProperty("output").ValueKind));
        Assert.Equal("processing", running.GetProperty("status").GetString());
        Assert.Equal(
            ("succeeded", 2), (done.GetProperty("status").GetString(), done.GetProperty("metrics").GetProperty("predict_time").GetInt32()));
        Assert.EndsWith(".mp4", (list ? done.GetProperty("output")[0] : done.GetProperty("output")).GetString(), StringComparison.Ordinal);
        Assert.Equal("tide pool macro", done.GetProperty("input").GetProperty("prompt").GetString());
        Assert.Contains("seed: 3", done.GetProperty("logs").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prediction_Failed_IsA200WithAnError()
    {
        using SimulatorBench bench = new();
        JsonElement created = await SimulatorBench.ReadAsync(await bench.PostAsync(Create, """{"input":{"prompt":"[fail]"}}"""));
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        JsonElement failed = await bench.GetJsonAsync(created.GetProperty("urls").GetProperty("get").GetString()!);

        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Contains("sensitive", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_RunningOrDone_EndsItOnce()
    {
        using SimulatorBench bench = new();
        string first = (await SimulatorBench.ReadAsync(await bench.PostAsync(Create, Sample))).GetProperty("urls").GetProperty("cancel")
            .GetString()!;

        JsonElement canceled = await SimulatorBench.ReadAsync(await bench.Client.PostAsync(first, null, SimulatorBench.Stop));
        string second = (await SimulatorBench.ReadAsync(await bench.PostAsync(Create, Sample))).GetProperty("urls").GetProperty("cancel")
            .GetString()!;
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        JsonElement done = await SimulatorBench.ReadAsync(await bench.Client.PostAsync(second, null, SimulatorBench.Stop));

        Assert.Equal(("canceled", "succeeded"), (canceled.GetProperty("status").GetString(), done.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnAtTheCursor()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 1000 });
        for (int i = 0; i < 101; i++)
        {
            await bench.PostAsync(Create, """{"input":{"prompt":"x"}}""");
        }

        JsonElement first = await bench.GetJsonAsync("replicate/v1/predictions");
        JsonElement second = await bench.GetJsonAsync(first.GetProperty("next").GetString()!);

        Assert.Equal((100, 1), (first.GetProperty("results").GetArrayLength(), second.GetProperty("results").GetArrayLength()));
        Assert.Equal(bench.Engine.Tasks[0].Id, second.GetProperty("results")[0].GetProperty("id").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.String),
            (first.GetProperty("previous").ValueKind, second.GetProperty("next").ValueKind, second.GetProperty("previous").ValueKind));
        Assert.Equal(
            HttpStatusCode.BadRequest, (await bench.Client.GetAsync("replicate/v1/predictions?cursor=x", SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Prompt_Of25_IsCutAndNotRefused()
    {
        using SimulatorBench bench = new();

        await bench.PostAsync(
            "replicate/v1/models/bytedance/seedance-2.5/predictions", $$$"""{"input":{"prompt":"{{{new string('a', 2500)}}}"}}""");

        Assert.Equal(2000, bench.Engine.Tasks[0].Prompt.Length);
    }

    [Fact]
    public async Task Files_Multipart_NamesAnAddress()
    {
        using SimulatorBench bench = new();
        using MultipartFormDataContent form = new() { { new ByteArrayContent([1, 2, 3]), "content", "a.png" } };

        HttpResponseMessage response = await bench.Client.PostAsync("replicate/v1/files", form, SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement file = await SimulatorBench.ReadAsync(response);
        string id = file.GetProperty("id").GetString()!;
        Assert.EndsWith("/replicate/v1/files/" + id, file.GetProperty("urls").GetProperty("get").GetString(), StringComparison.Ordinal);
        Assert.Equal(bench.Engine.Uploads[0].Sha256, file.GetProperty("checksums").GetProperty("sha256").GetString());
        Assert.True(file.TryGetProperty("etag", out _) && file.TryGetProperty("metadata", out _)
            && file.TryGetProperty("created_at", out _));
        Assert.Equal(id, (await bench.GetJsonAsync("replicate/v1/files")).GetProperty("results")[0].GetProperty("id").GetString());
        Assert.Equal(
            HttpStatusCode.NoContent, (await bench.Client.DeleteAsync("replicate/v1/files/" + id, SimulatorBench.Stop)).StatusCode);
        Assert.Empty(bench.Engine.Uploads);
    }

    [Fact]
    public async Task Version_OfAModel_MakesItsPredictions()
    {
        using SimulatorBench bench = new();
        string version = (await bench.GetJsonAsync("replicate/v1/models/bytedance/seedance-2.0")).GetProperty("latest_version")
            .GetProperty("id").GetString()!;

        JsonElement made =
            await SimulatorBench.ReadAsync(
            await bench.PostAsync("replicate/v1/predictions", $$$"""{"version":"{{{version}}}","input":{"prompt":"x"}}"""));

        Assert.Equal("bytedance/seedance-2.0", made.GetProperty("model").GetString());
        Assert.Equal(
            422, (int)(await bench.PostAsync("replicate/v1/predictions", """{"version":"none","input":{"prompt":"x"}}""")).StatusCode);
    }

    [Theory]
    [InlineData("wait", 201)]
    [InlineData("wait=60", 201)]
    [InlineData("wait=61", 400)]
    [InlineData("respond-async", 201)]
    public async Task Create_Prefer_WaitsAtMostAMinute(string prefer, int status)
    {
        using SimulatorBench bench = new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero });
        bench.Client.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", prefer);

        Assert.Equal(status, (int)(await bench.PostAsync(Create, Sample)).StatusCode);
    }

    [Theory]
    [InlineData("wait", 1, "succeeded")]
    [InlineData("wait=1", 60, "starting")]
    public async Task Create_PreferWait_AnswersWhenTheJobHasEndedOrTheTimeIsUp(string prefer, int runSeconds, string word)
    {
        using SimulatorBench bench =
            new(new SimulatorOptions { QueueTime = TimeSpan.FromSeconds(runSeconds), RunTime = TimeSpan.FromSeconds(runSeconds) });
        bench.Client.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", prefer);

        Task<HttpResponseMessage> posting = bench.PostAsync(Create, Sample);
        await Task.WhenAny(posting, bench.Clock.WaitingAsync());

        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(word, (await SimulatorBench.ReadAsync(await posting)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Create_PreferWaitAndTheTimerComesEarly_WaitsForTheEnd()
    {
        using SimulatorBench bench = new(new SimulatorOptions());
        bench.Client.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", "wait");

        HttpResponseMessage made = await bench.PassWithAnEarlyTimerAsync(bench.PostAsync(Create, Sample), TimeSpan.FromMinutes(1));

        Assert.Equal("succeeded", (await SimulatorBench.ReadAsync(made)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Errors_KeyMoneyAndModel_HaveTheHostsShape()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 0 });
        using HttpClient nobody = bench.CallerWith(key: null);

        HttpResponseMessage[] responses =
        [
            await nobody.GetAsync("replicate/v1/account", SimulatorBench.Stop),
            await bench.PostAsync(Create, Sample),
            await bench.PostAsync("replicate/v1/models/bytedance/seedance-2.1/predictions", Sample),
            await bench.Client.GetAsync("replicate/v1/predictions/none", SimulatorBench.Stop),
        ];

        Assert.Equal([401, 402, 404, 404], responses.Select(response => (int)response.StatusCode));
        foreach (HttpResponseMessage response in responses)
        {
            JsonElement error = await SimulatorBench.ReadAsync(response);
            Assert.Equal((int)response.StatusCode, error.GetProperty("status").GetInt32());
            Assert.NotEmpty(error.GetProperty("title").GetString()!);
        }

        Assert.Equal("user", (await bench.GetJsonAsync("replicate/account")).GetProperty("type").GetString());
    }
}
