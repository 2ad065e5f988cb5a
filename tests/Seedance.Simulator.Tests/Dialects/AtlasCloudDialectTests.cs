using System.Net;
using System.Text.Json;
using Seedance.Simulator.Dialects.AtlasCloud;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class AtlasCloudDialectTests
{
    private const string Generate = "atlascloud/model/generateVideo";
    private const string Text20 = """{"model":"bytedance/seedance-2.0/text-to-video","prompt":"a kite"}""";

    [Fact]
    public async Task Generate_UnknownModel_IsNotFound()
    {
        using SimulatorBench bench = new();

        Assert.Equal(HttpStatusCode.NotFound,
            (await bench.PostAsync(Generate, """{"model":"bytedance/seedance-2.1/text-to-video","prompt":"x"}""")).StatusCode);
    }

    [Fact]
    public async Task Prediction_ThroughItsStates_HasTheWordsTokensAndLastFrame()
    {
        using SimulatorBench bench = new();
        JsonElement receipt = (await SimulatorBench.ReadAsync(await bench.PostAsync(
            Generate, """{"model":"bytedance/seedance-2.0/text-to-video","prompt":"x","return_last_frame":true,"ratio":"16:9"}""")))
                .GetProperty("data");
        string path = "atlascloud/model/prediction/" + receipt.GetProperty("id").GetString();

        JsonElement queued = await DataAsync(bench, path);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement running = await DataAsync(bench, path);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        JsonElement done = await DataAsync(bench, path);

        Assert.Equal(("created", "created"), (receipt.GetProperty("status").GetString(), queued.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, queued.GetProperty("outputs").ValueKind);
        Assert.Equal("processing", running.GetProperty("status").GetString());
        Assert.Equal(("completed", 108_000), (done.GetProperty("status").GetString(), done.GetProperty("completion_tokens").GetInt32()));
        Assert.EndsWith(".mp4", done.GetProperty("outputs")[0].GetString(), StringComparison.Ordinal);
        Assert.EndsWith(".png", done.GetProperty("outputs")[1].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("http://simulator.test/atlascloud/model/prediction/", receipt.GetProperty("urls").GetProperty("get").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytedance/seedance-2.0/text-to-video", "result", 404)]
    [InlineData("bytedance/seedance-v1.5-pro/text-to-video", "result", 200)]
    [InlineData("bytedance/seedance-v1.5-pro/text-to-video", "prediction", 200)]
    public async Task Result_OtherSpelling_IsThatOf15Alone(string model, string route, int status)
    {
        using SimulatorBench bench = new();
        await bench.PostAsync(Generate, $$"""{"model":"{{model}}","prompt":"x"}""");

        HttpResponseMessage response = await bench.Client.GetAsync(
            $"atlascloud/model/{route}/{bench.Engine.Tasks[0].Id}", SimulatorBench.Stop);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Prediction_RightAfterTheSubmit_IsNotFoundForAWhile()
    {
        using SimulatorBench bench =
            new(new SimulatorOptions { Hosts = [new AtlasCloudBehaviour { BlindTime = TimeSpan.FromSeconds(4) }] });
        await bench.PostAsync(Generate, Text20);
        string path = "atlascloud/model/prediction/" + bench.Engine.Tasks[0].Id;

        HttpResponseMessage early = await bench.Client.GetAsync(path, SimulatorBench.Stop);
        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        HttpResponseMessage late = await bench.Client.GetAsync(path, SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (early.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task Prediction_ScriptedTimeoutAnd400_AreShown()
    {
        using SimulatorBench bench = new("poll:1 status 400", "poll:2 unknown-status timeout");
        await bench.PostAsync(Generate, Text20);
        string path = "atlascloud/model/prediction/" + bench.Engine.Tasks[0].Id;

        HttpResponseMessage first = await bench.Client.GetAsync(path, SimulatorBench.Stop);

        Assert.Equal(400, (await SimulatorBench.ReadAsync(first)).GetProperty("code").GetInt32());
        Assert.Equal("timeout", (await DataAsync(bench, path)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(AtlasCloudShape.Bare, "id", "error")]
    [InlineData(AtlasCloudShape.PredictionId, "predictionId", "message")]
    [InlineData(AtlasCloudShape.Envelope, "id", "msg")]
    public async Task Shape_Option_ChoosesTheWrapping(AtlasCloudShape shape, string idName, string errorName)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new AtlasCloudBehaviour { Shape = shape }] });

        JsonElement receipt = await SimulatorBench.ReadAsync(await bench.PostAsync(Generate, Text20));
        JsonElement error = await SimulatorBench.ReadAsync(await bench.PostAsync(Generate, "{}"));

        JsonElement inner = shape == AtlasCloudShape.Bare ? receipt : receipt.GetProperty("data");
        Assert.Equal(bench.Engine.Tasks[0].Id, inner.GetProperty(idName).GetString());
        Assert.Contains("model", error.GetProperty(errorName).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorsIn200_Option_HidesTheStatus()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new AtlasCloudBehaviour { ErrorsIn200 = true }], Balance = 0 });

        HttpResponseMessage response = await bench.PostAsync(Generate, Text20);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(402, (await SimulatorBench.ReadAsync(response)).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("atlascloud/public/v1/balance")]
    [InlineData("atlascloud/balance")]
    public async Task Balance_BothBases_IsMoneyAsText(string path)
    {
        using SimulatorBench bench = new();

        JsonElement balance = await bench.GetJsonAsync(path);

        Assert.Equal(("100.000000", "USD"),
            (balance.GetProperty("available").GetProperty("value").GetString(),
            balance.GetProperty("available").GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task Usage_PaidJobs_AreSummedByModel()
    {
        using SimulatorBench bench = new();
        await bench.PostAsync("atlascloud/api/v1/model/generateVideo", Text20);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement usage = await bench.GetJsonAsync("atlascloud/public/v1/model-usage");

        JsonElement row = Assert.Single(Assert.Single(usage.GetProperty("data").EnumerateArray()).GetProperty("results").EnumerateArray());
        Assert.Equal(
            ("bytedance/seedance-2.0/text-to-video", 1), (row.GetProperty("model").GetString(), row.GetProperty("requests").GetInt32()));

        string day = bench.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        JsonElement costs = await bench.GetJsonAsync($"atlascloud/public/v1/model-costs?start_date={day}&end_date={day}");
        Assert.Equal(
            "0.560000", costs.GetProperty("data")[0].GetProperty("results")[0].GetProperty("amount").GetProperty("value").GetString());
    }

    /// <summary>The vendor's MCP server 1.7.0; the schemas have 200.</summary>
    [Theory]
    [InlineData(false, 500)]
    [InlineData(true, 200)]
    public async Task Poll_JobThatFailed_IsAnErrorWithTheVerdictInside(bool in200, int status)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new AtlasCloudBehaviour { FailuresIn200 = in200 }] });
        string id = (
            await SimulatorBench.ReadAsync(
            await bench.PostAsync(
            "atlascloud/model/generateVideo", Text20.Replace("\"prompt\":\"", "\"prompt\":\"[fail] ", StringComparison.Ordinal))))
            .GetProperty("data").GetProperty("id").GetString()!;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        HttpResponseMessage answer = await bench.Client.GetAsync("atlascloud/model/prediction/" + id, SimulatorBench.Stop);
        JsonElement body = await SimulatorBench.ReadAsync(answer);

        Assert.Equal((status, status), ((int)answer.StatusCode, body.GetProperty("code").GetInt32()));
        Assert.Equal((id, "failed"),
            (body.GetProperty("data").GetProperty("id").GetString(), body.GetProperty("data").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task History_Submits_AreNewestFirstWithTheirBodies()
    {
        using SimulatorBench bench = new();
        await bench.PostAsync("atlascloud/model/generateVideo", Text20);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.PostAsync("atlascloud/model/generateVideo", Text20);

        JsonElement page = (await bench.GetJsonAsync("atlascloud/model/history?no=1&size=1")).GetProperty("data");

        Assert.Equal((1, 2, "created"),
            (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt32(),
            page.GetProperty("items")[0].GetProperty("status").GetString()));
        Assert.Equal(Text20, page.GetProperty("items")[0].GetProperty("requestBody").GetString());
        JsonElement done = (await bench.GetJsonAsync("atlascloud/model/history?status=completed")).GetProperty("data")
            .GetProperty("items")[0];
        Assert.Equal("0.56", done.GetProperty("result").GetProperty("price").GetString());
        Assert.Equal(400, (int)(await bench.Client.GetAsync("atlascloud/model/history?size=51", SimulatorBench.Stop)).StatusCode);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?start_date=2026-01-01&end_date=2026-06-29", 200)]
    [InlineData("?start_date=2026-01-01&end_date=2026-07-01", 400)]
    [InlineData("?start_date=2026-02-01&end_date=2026-01-01", 400)]
    public async Task Costs_MoreThan180DaysOrNone_AreRefused(string query, int status)
    {
        using SimulatorBench bench = new();

        Assert.Equal(status, (int)(await bench.Client.GetAsync("atlascloud/model-costs" + query, SimulatorBench.Stop)).StatusCode);
    }

    [Theory]
    [InlineData(AtlasCloudShape.Envelope)]
    [InlineData(AtlasCloudShape.Bare)]
    public async Task Upload_Multipart_NamesAnAddress(AtlasCloudShape shape)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new AtlasCloudBehaviour { Shape = shape }] });
        using MultipartFormDataContent form = new() { { new ByteArrayContent([1, 2, 3]), "file", "a.png" } };

        JsonElement answer =
            await SimulatorBench.ReadAsync(await bench.Client.PostAsync("atlascloud/model/uploadMedia", form, SimulatorBench.Stop));

        string? url = shape == AtlasCloudShape.Bare
            ? answer.GetProperty("url").GetString()
            : answer.GetProperty("data").GetProperty("download_url").GetString();
        Assert.Equal(bench.Engine.Uploads[0].Url, url);
        using MultipartFormDataContent wrong = new() { { new ByteArrayContent([1]), "image", "a.png" } };
        Assert.Equal(HttpStatusCode.BadRequest,
            (await bench.Client.PostAsync("atlascloud/model/uploadMedia", wrong, SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Key_WrongOrAnothers_ShowsNothing()
    {
        using SimulatorBench bench = new();
        await bench.PostAsync(Generate, Text20);
        string path = "atlascloud/model/prediction/" + bench.Engine.Tasks[0].Id;
        using HttpClient nobody = bench.CallerWith(key: null);
        using HttpClient other = bench.CallerWith("key-2");

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(path, SimulatorBench.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path, SimulatorBench.Stop)).StatusCode);
        Assert.True((await nobody.GetAsync("atlascloud/models", SimulatorBench.Stop)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refusal_ByThePrompt_IsABadRequest()
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync(
            Generate, """{"model":"bytedance/seedance-2.0/text-to-video","prompt":"[refuse]"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("sensitive", (await SimulatorBench.ReadAsync(response)).GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> DataAsync(SimulatorBench bench, string path) =>
        (await bench.GetJsonAsync(path)).GetProperty("data");
}
