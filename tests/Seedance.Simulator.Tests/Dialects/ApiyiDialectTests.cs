using System.Net;
using System.Text.Json;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class ApiyiDialectTests
{
    private const string Tasks = "apiyi/contents/generations/tasks";
    private const string Sample =
        """{"model":"doubao-seedance-2-0-fast-260128","content":[{"type":"text","text":"a fox crosses fresh snow"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true}""";

    [Fact]
    public async Task Create_SampleOfTheSheet_EndsAsItsTask()
    {
        using SimulatorBench bench = new();
        HttpResponseMessage response = await bench.PostAsync(Tasks, Sample);
        string id = (await SimulatorBench.ReadAsync(response)).GetProperty("id").GetString()!;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement task = await bench.GetJsonAsync(Tasks + "/" + id);

        Assert.StartsWith("cgt-", id, StringComparison.Ordinal);
        Assert.Equal(("succeeded", 108900),
            (task.GetProperty("status").GetString(), task.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
        Assert.Equal(0.7253m, Assert.Single(bench.Engine.Tasks).Price);
    }

    [Theory]
    [InlineData("DELETE", Tasks + "/cgt-1")]
    [InlineData("GET", Tasks)]
    [InlineData("POST", "apiyi/v1/videos")]
    [InlineData("GET", "apiyi/account/balance")]
    public async Task UnknownRoute_WhateverIsAsked_IsAWebPageWith200(string method, string path)
    {
        using SimulatorBench bench = new();
        using HttpRequestMessage request = new(new HttpMethod(method), path);

        HttpResponseMessage response = await bench.Client.SendAsync(request, SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("apiyi/api/user/self")]
    [InlineData("apiyi/user/self")]
    public async Task Balance_RawToken_IsInQuotaUnits(string path)
    {
        using SimulatorBench bench = new();
        await bench.PostAsync(Tasks, Sample);
        using HttpClient client = bench.CallerWith(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "system-access-token");

        JsonElement body = await SimulatorBench.ReadAsync(await client.GetAsync(path, SimulatorBench.Stop));

        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.Equal((49_637_350, 0),
            (body.GetProperty("data").GetProperty("quota").GetInt64(), body.GetProperty("data").GetProperty("used_quota").GetInt64()));
    }

    [Theory]
    [InlineData("Bearer system-access-token")]
    [InlineData("right")]
    [InlineData(null)]
    public async Task Balance_BearerOrTheKeyItself_IsRefused(string? authorization)
    {
        using SimulatorBench bench = new(new SimulatorOptions { RequiredKey = "right" });
        using HttpClient client = bench.CallerWith(null);
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("apiyi/api/user/self", SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Create_WrongKeyOrNoQuota_IsTheGatewaysError()
    {
        using SimulatorBench bench = new(new SimulatorOptions { RequiredKey = "right", Balance = 0.1m });
        using HttpClient right = bench.CallerWith("right");

        HttpResponseMessage wrong = await bench.PostAsync(Tasks, Sample);
        HttpResponseMessage poor = await right.PostAsync(Tasks, SimulatorBench.Json(Sample), SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.PaymentRequired), (wrong.StatusCode, poor.StatusCode));
        Assert.Equal(
            "insufficient_user_quota", (await SimulatorBench.ReadAsync(poor)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("gzip, deflate", true)]
    [InlineData("identity", false)]
    public async Task Answer_CompressionAllowed_IsMislabelled(string accepted, bool labelled)
    {
        using SimulatorBench bench = new();
        using HttpRequestMessage request = new(HttpMethod.Get, Tasks + "/cgt-1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        HttpResponseMessage response = await bench.Client.SendAsync(request, SimulatorBench.Stop);

        Assert.Equal(labelled, response.Content.Headers.ContentEncoding.Contains("gzip"));
    }
}
