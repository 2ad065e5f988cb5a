using System.Net;
using System.Text.Json;
using Seedance.Simulator.Dialects.Wireflow;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class WireflowDialectTests
{
    private const string Inputs = """{"inputs":{"prompt":"dawn over a harbour","reference_image":null,"resolution":"1080p"}}""";
    private const string RunInputs = """{"inputs":{"node_prompt":"dawn over a harbour","node_resolution":"720p"}}""";

    private const string Graph =
        """
        {"nodes":[{"id":"p","type":"basedNode","position":{"x":0,"y":0},"data":{"label":"Prompt","nodeType":"input:text","config":{"prompt":"dawn"}}},
         {"id":"s","type":"basedNode","position":{"x":1,"y":0},"data":{"label":"Video","nodeType":"generate:bytedance/seedance-2.0/text-to-video","category":"video","config":{"resolution":"720p"}}}],
         "edges":[{"id":"e","source":"p","target":"s","sourceHandle":"out-prompt","targetHandle":"in-prompt"}]}
        """;

    [Fact]
    public async Task Guide_SubmitAndPoll_HaveTheGuidesShapes()
    {
        using SimulatorBench bench = new();
        JsonElement receipt = await SubmitAsync(bench, "wireflow/workflows/wf_1/execute", Inputs, 200);
        string id = receipt.GetProperty("executionId").GetString()!;
        JsonElement queued = await bench.GetJsonAsync("wireflow/executions/" + id);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement done = await bench.GetJsonAsync("wireflow/executions/" + id);

        Assert.Equal(("QUEUED", "wf_1", "QUEUED"),
            (receipt.GetProperty("status").GetString(), receipt.GetProperty("workflowId").GetString(),
            queued.GetProperty("status").GetString()));
        Assert.Equal(("COMPLETED", 0.42m), (done.GetProperty("status").GetString(), done.GetProperty("totalCost").GetDecimal()));
        JsonElement[] nodes = [.. done.GetProperty("nodes").EnumerateArray()];
        Assert.Equal((2, false), (nodes.Length, nodes[0].GetProperty("output").TryGetProperty("video_url", out _)));
        Assert.Equal(("1080p", true, 0.42m),
            (nodes[1].GetProperty("output").GetProperty("resolution").GetString(),
            nodes[1].GetProperty("output").GetProperty("has_audio").GetBoolean(), nodes[1].GetProperty("cost").GetDecimal()));
        Assert.StartsWith(
            "http://simulator.test/media/", nodes[1].GetProperty("output").GetProperty("video_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DiscoverySubmitAndPoll_HaveTheRunPagesShapes()
    {
        using SimulatorBench bench = new();
        JsonElement inputs = (await bench.GetJsonAsync("wireflow/workflows/wf_1/run")).GetProperty("data").GetProperty("inputs");
        string id = (await SubmitAsync(bench, "wireflow/workflows/wf_1/run", RunInputs, 202)).GetProperty("data").GetProperty("executionId")
            .GetString()!;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement done = (await bench.GetJsonAsync($"wireflow/workflows/executions/{id}/poll")).GetProperty("data");

        Assert.Equal(
            [("node_prompt", "text", true), ("node_image", "image", false), ("node_resolution", "select", false)],
            inputs.EnumerateArray()
                .Select(input =>
                (input.GetProperty("nodeId").GetString()!, input.GetProperty("type").GetString()!,
                input.GetProperty("required").GetBoolean())));
        Assert.Equal("COMPLETED", done.GetProperty("status").GetString());
        JsonElement last = done.GetProperty("nodeStates").EnumerateArray().Last();
        Assert.Equal(done.GetProperty("finalOutput").GetProperty("url").GetString(), last.GetProperty("outputUrl").GetString());
        Assert.Equal("dawn over a harbour", bench.Engine.Tasks[0].Prompt);
    }

    [Theory]
    [InlineData(WireflowRoutes.All, true)]
    [InlineData(WireflowRoutes.Executions, true)]
    [InlineData(WireflowRoutes.ExecutionsByLocation, false)]
    public async Task Executions_SubmitAndPoll_HaveALocationAndPerhapsABody(WireflowRoutes routes, bool body)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new WireflowBehaviour { Routes = routes }] });
        HttpResponseMessage created = await bench.PostAsync("wireflow/workflows/wf_1/execute", Graph);
        string id = created.Headers.Location!.Segments[^1];
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement done = await bench.GetJsonAsync(created.Headers.Location.AbsolutePath);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        JsonElement receipt = await SimulatorBench.ReadAsync(created);
        Assert.Equal(
            body ? id : null, receipt.TryGetProperty("executionRuns", out JsonElement runs) ? runs[0].GetProperty("id").GetString() : null);
        Assert.Equal(("completed", false), (done.GetProperty("status").GetString(), done.TryGetProperty("finalOutput", out _)));
        Assert.StartsWith("http://simulator.test/media/", done.GetProperty("nodeStates")[1].GetProperty("outputUrls")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(("dawn", 1280), (bench.Engine.Tasks[0].Prompt, bench.Engine.Tasks[0].Width));
    }

    [Theory]
    [InlineData(WireflowRoutes.Guide, "POST", "workflows/wf_1/run")]
    [InlineData(WireflowRoutes.Guide, "GET", "workflows/wf_1/run")]
    [InlineData(WireflowRoutes.Guide, "GET", "workflows/executions/@")]
    [InlineData(WireflowRoutes.Guide, "GET", "workflows/executions/@/poll")]
    [InlineData(WireflowRoutes.Executions, "GET", "executions/@")]
    [InlineData(WireflowRoutes.Executions, "GET", "workflows/executions/@/poll")]
    [InlineData(WireflowRoutes.Executions, "POST", "workflows/wf_1/run")]
    [InlineData(WireflowRoutes.Run, "GET", "executions/@")]
    [InlineData(WireflowRoutes.Run, "GET", "workflows/executions/@")]
    [InlineData(WireflowRoutes.Run, "POST", "workflows/wf_1/execute")]
    public async Task Routes_OfAnotherDocument_AreNotFound(WireflowRoutes routes, string method, string path)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new WireflowBehaviour { Routes = routes }] });
        (string submit, string body) = routes switch
        {
            WireflowRoutes.Guide => ("execute", Inputs),
            WireflowRoutes.Run => ("run", RunInputs),
            _ => ("execute", Graph),
        };
        await SubmitAsync(bench, "wireflow/workflows/wf_1/" + submit, body, null);
        using HttpRequestMessage request = new(
            new HttpMethod(method), "wireflow/" + path.Replace("@", bench.Engine.Tasks[0].Id, StringComparison.Ordinal));
        request.Content = method == "POST"
            ? SimulatorBench.Json(path.EndsWith("run", StringComparison.Ordinal) ? RunInputs : Inputs)
            : null;

        HttpResponseMessage response = await bench.Client.SendAsync(request, SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Single(bench.Engine.Tasks);
    }

    [Fact]
    public async Task Submit_RicherGraph_TakesItsOwnInputs()
    {
        using SimulatorBench bench = new();

        await SubmitAsync(
            bench, "wireflow/workflows/wf_rich_7/execute",
            """{"inputs":{"prompt":"x","duration":6,"aspect_ratio":"9:16","seed":1,"generate_audio":false,"camera_fixed":true,"last_frame":"https://e.org/b.png"}}""", 200);

        Assert.Equal("6", bench.Engine.Tasks[0].Fields["inputs.duration"]);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("wf_live_1", 200)]
    [InlineData("sk-1", 200)]
    public async Task Auth_AnyPrefixOfAKey_IsGood(string? key, int status)
    {
        using SimulatorBench bench = new();
        using HttpClient client = bench.CallerWith(key);

        Assert.Equal(status, (int)(await client.GetAsync("wireflow/developer/usage", SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Poll_OfAnotherKey_IsNotFound()
    {
        using SimulatorBench bench = new();
        await SubmitAsync(bench, "wireflow/workflows/wf_1/execute", Inputs, 200);
        using HttpClient other = bench.CallerWith("key-2");

        Assert.Equal(HttpStatusCode.NotFound,
            (await other.GetAsync("wireflow/executions/" + bench.Engine.Tasks[0].Id, SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Poll_Failed_SaysWhyInEachForm()
    {
        using SimulatorBench bench = new();
        await SubmitAsync(bench, "wireflow/workflows/wf_1/execute", """{"inputs":{"prompt":"x [fail]"}}""", 200);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        string id = bench.Engine.Tasks[0].Id;

        JsonElement guide = await bench.GetJsonAsync("wireflow/executions/" + id);
        JsonElement run = (await bench.GetJsonAsync($"wireflow/workflows/executions/{id}/poll")).GetProperty("data");

        Assert.Equal(("FAILED", "FAILED"),
            (guide.GetProperty("status").GetString(), guide.GetProperty("nodes")[1].GetProperty("status").GetString()));
        Assert.Equal(("FAILED", "The content was flagged by the safety policy"),
            (run.GetProperty("status").GetString(), run.GetProperty("nodeStates")[1].GetProperty("error").GetString()));
        Assert.Equal(
            100, (await bench.GetJsonAsync("wireflow/developer/usage")).GetProperty("data").GetProperty("availableCredits").GetDecimal());
    }

    [Fact]
    public async Task Submit_EleventhInAMinute_NamesSecondsInTheHeaderAndTheMomentInTheBody()
    {
        using SimulatorBench bench = new();
        for (int i = 0; i < 10; i++)
        {
            await SubmitAsync(bench, "wireflow/workflows/wf_1/execute", Inputs, 200);
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        HttpResponseMessage response = await bench.PostAsync("wireflow/workflows/wf_1/execute", Inputs);
        DateTimeOffset refused = bench.Clock.GetUtcNow();
        bench.Clock.Advance(response.Headers.RetryAfter!.Delta!.Value);
        HttpResponseMessage later = await bench.PostAsync("wireflow/workflows/wf_1/execute", Inputs);

        Assert.Equal((HttpStatusCode)429, response.StatusCode);
        Assert.Equal(50, response.Headers.RetryAfter.Delta.Value.TotalSeconds);
        Assert.InRange((await SimulatorBench.ReadAsync(response)).GetProperty("retryAfter").GetInt64(), refused.ToUnixTimeSeconds() + 50,
            refused.ToUnixTimeSeconds() + 51);
        Assert.Equal("0", response.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Fault_RateLimit_HasTheEpochInTheBodyToo()
    {
        using SimulatorBench bench = new(new SimulatorOptions
        {
            Faults = [new SimulatorFault { Kind = SimulatorFaultKind.RateLimitSeconds, On = SimulatorRequestKind.Poll,
                Delay = TimeSpan.FromSeconds(7) }],
        });

        HttpResponseMessage response = await bench.Client.GetAsync("wireflow/executions/exec_0", SimulatorBench.Stop);

        Assert.Equal(7, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.True((await SimulatorBench.ReadAsync(response)).GetProperty("retryAfter").GetInt64() > 1_000_000_000);
    }

    [Fact]
    public async Task Submit_TooPoor_SaysWhatIsNeededAndThere()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 0.40m });

        HttpResponseMessage response = await bench.PostAsync("wireflow/workflows/wf_1/execute", Inputs);

        JsonElement body = await SimulatorBench.ReadAsync(response);
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal((true, 0.42m, 0.40m),
            (body.GetProperty("insufficientCredits").GetBoolean(), body.GetProperty("requiredCredits").GetDecimal(),
            body.GetProperty("availableCredits").GetDecimal()));
    }

    [Fact]
    public async Task Estimate_ForAGraph_NamesPriceAndBalanceAndTakesNothing()
    {
        using SimulatorBench bench = new();

        JsonElement data = (await SimulatorBench.ReadAsync(await bench.PostAsync("wireflow/workflows/wf_1/estimate", Inputs)))
            .GetProperty("data");

        Assert.Equal((57m, 13_529m, true, true),
            (data.GetProperty("estimatedCredits").GetDecimal(), data.GetProperty("availableCredits").GetDecimal(),
            data.GetProperty("sufficient").GetBoolean(), data.GetProperty("estimateComplete").GetBoolean()));
        Assert.Empty(bench.Engine.Tasks);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.PostAsync("wireflow/workflows/none/estimate", Inputs)).StatusCode);
    }

    [Fact]
    public async Task Upload_FileOrAddress_AnswersWithAnAddressInData()
    {
        using SimulatorBench bench = new();
        using ByteArrayContent bytes = new([1, 2, 3]);
        using MultipartFormDataContent form = new() { { bytes, "file", "a.png" } };
        using ByteArrayContent other = new([1]);
        using MultipartFormDataContent wrong = new() { { other, "image", "a.png" } };

        JsonElement file = await SimulatorBench.ReadAsync(await bench.Client.PostAsync("wireflow/media/upload", form, SimulatorBench.Stop));
        JsonElement address =
            await SimulatorBench.ReadAsync(await bench.PostAsync("wireflow/media/upload", """{"url":"https://e.org/a.png"}"""));

        Assert.Equal(Assert.Single(bench.Engine.Uploads).Url, file.GetProperty("data").GetProperty("url").GetString());
        Assert.Equal("https://e.org/a.png", address.GetProperty("data").GetProperty("url").GetString());
        Assert.Equal(
            HttpStatusCode.BadRequest, (await bench.Client.PostAsync("wireflow/media/upload", wrong, SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task List_Workflows_IsAPlainArray()
    {
        using SimulatorBench bench = new();

        Assert.Equal(["wf_1", "wf_rich"],
            (await bench.GetJsonAsync("wireflow/workflows")).EnumerateArray().Select(workflow => workflow.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("GET", "wireflow/executions/exec_1?a=b", 301, "http://simulator.test/wireflow/www/executions/exec_1?a=b")]
    [InlineData("POST", "wireflow/workflows/wf_1/execute", 308, "http://simulator.test/wireflow/www/workflows/wf_1/execute")]
    public async Task Redirects_BareDomain_PointsToWwwAndTakesNothing(string method, string path, int status, string location)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new WireflowBehaviour { Redirects = true }] });
        using HttpRequestMessage request = new(
            new HttpMethod(method), path) { Content = method == "POST" ? SimulatorBench.Json(Inputs) : null };

        HttpResponseMessage response = await bench.Client.SendAsync(request, SimulatorBench.Stop);
        JsonElement receipt = await SubmitAsync(bench, "wireflow/www/workflows/wf_1/execute", Inputs, 200);

        Assert.Equal((status, location), ((int)response.StatusCode, response.Headers.Location!.OriginalString));
        Assert.Equal(Assert.Single(bench.Engine.Tasks).Id, receipt.GetProperty("executionId").GetString());
    }

    [Theory]
    [InlineData(null, 403)]
    [InlineData("curl/8.5.0", 403)]
    [InlineData("python-requests/2.32", 403)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", 200)]
    public async Task Media_CommonAgents_AreRefused(string? agent, int status)
    {
        using SimulatorBench bench = new();
        await SubmitAsync(bench, "wireflow/workflows/wf_1/execute", Inputs, 200);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        string url = (await bench.GetJsonAsync("wireflow/executions/" + bench.Engine.Tasks[0].Id))
            .GetProperty("nodes")[1].GetProperty("output").GetProperty("video_url").GetString()!;
        using HttpClient anonymous = bench.CallerWith(null);
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        Assert.Equal(status, (int)(await anonymous.SendAsync(request, SimulatorBench.Stop)).StatusCode);
    }

    private static async Task<JsonElement> SubmitAsync(SimulatorBench bench, string path, string body, int? status)
    {
        HttpResponseMessage response = await bench.PostAsync(path, body);
        Assert.True(status is null ? response.IsSuccessStatusCode : (int)response.StatusCode == status,
            await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
        return await SimulatorBench.ReadAsync(response);
    }
}
