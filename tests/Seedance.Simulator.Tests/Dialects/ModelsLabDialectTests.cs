using System.Net;
using System.Text.Json;
using Seedance.Simulator.Dialects.ModelsLab;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class ModelsLabDialectTests
{
    private const string Text = "modelslab/v7/video-fusion/text-to-video";
    private const string Image = "modelslab/v7/video-fusion/image-to-video";
    private const string Body =
        """{"key":"K","model_id":"seedance-t2v","prompt":"paper boat on rain water","aspect_ratio":"16:9","resolution":"720p","webhook":"https://h.ex.org/ml","track_id":"job-7"}""";
    private const string SeedBody =
        """{"key":"K","prompt":"paper boat","duration":"5","resolution":"1080p","aspect_ratio":"9:16","fps":24,"audio":true,"seed":7}""";

    [Fact]
    public async Task V7_SubmitAndFetch_HaveTheSheetsShapes()
    {
        using SimulatorBench bench = new();
        JsonElement receipt = await PostAsync(bench, Text, Body, 200);
        string id = receipt.GetProperty("id").GetRawText();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement done = await PostAsync(bench, "modelslab/v7/video-fusion/fetch/" + id, """{"key":"K"}""", 200);
        JsonElement again = await PostAsync(
            bench, new Uri(receipt.GetProperty("fetch_result").GetString()!).AbsolutePath, """{"key":"K"}""", 200);

        Assert.Equal((JsonValueKind.Number, "processing", 0),
            (receipt.GetProperty("id").ValueKind, receipt.GetProperty("status").GetString(),
            receipt.GetProperty("output").GetArrayLength()));
        Assert.True(receipt.GetProperty("eta").GetInt32() > 0);
        Assert.Equal(("success", id, "seedance-t2v"),
            (done.GetProperty("status").GetString(), done.GetProperty("id").GetRawText(),
            done.GetProperty("meta").GetProperty("model_id").GetString()));
        Assert.Equal(done.GetProperty("output")[0].GetString(), again.GetProperty("output")[0].GetString());
        Assert.DoesNotContain("key", bench.Engine.Tasks[0].Fields.Keys);
    }

    [Fact]
    public async Task FutureLinks_BeforeTheEnd_LeadNowhere()
    {
        using SimulatorBench bench = new();
        string url = (await PostAsync(bench, Text, Body, 200)).GetProperty("future_links")[0].GetString()!;
        using HttpClient anonymous = bench.CallerWith(null);

        HttpResponseMessage early = await anonymous.GetAsync(url, SimulatorBench.Stop);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        HttpResponseMessage late = await anonymous.GetAsync(url, SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (early.StatusCode, late.StatusCode));
    }

    [Theory]
    [InlineData("modelslab/v6/video/seedance/text2video", "modelslab/v6/video/seedance/fetch")]
    [InlineData("modelslab/text2video", "modelslab/fetch")]
    public async Task Seed_SubmitAndFetchByTaskId_NeedNoModel(string submit, string fetch)
    {
        using SimulatorBench bench = new();
        string id = (await PostAsync(bench, submit, SeedBody, 200)).GetProperty("id").GetRawText();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement asNumber = await PostAsync(bench, fetch, $$"""{"key":"K","task_id":{{id}}}""", 200);
        JsonElement asText = await PostAsync(bench, fetch, $$"""{"key":"K","task_id":"{{id}}"}""", 200);

        Assert.Equal(("success", "success", 7),
            (asNumber.GetProperty("status").GetString(), asText.GetProperty("status").GetString(),
            asText.GetProperty("meta").GetProperty("seed").GetInt32()));
        Assert.Equal((1080, 1920),
            (asText.GetProperty("meta").GetProperty("width").GetInt32(), asText.GetProperty("meta").GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task GeneralV6_SeedanceModel_IsReplacedAndBilled()
    {
        using SimulatorBench bench = new();

        await PostAsync(bench, "modelslab/v6/video/text2video", """{"key":"K","model_id":"seedance-t2v","prompt":"x"}""", 200);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        JsonElement done = await PostAsync(bench, "modelslab/v6/video/fetch/" + bench.Engine.Tasks[0].Id, """{"key":"K"}""", 200);

        Assert.NotEqual("seedance-t2v", done.GetProperty("meta").GetProperty("model_id").GetString());
    }

    [Theory]
    [InlineData(Text, """{"model_id":"seedance-t2v","prompt":"x"}""", 401)]
    [InlineData(Text, """{"key":"wrong","model_id":"seedance-t2v","prompt":"x"}""", 401)]
    [InlineData(Text, "no json", 400)]
    [InlineData("modelslab/v7/video-fusion/fetch/1", """{"key":"K"}""", 404)]
    [InlineData("modelslab/v7/none", """{"key":"K"}""", 404)]
    public async Task Errors_OfTheTable_HaveTheirStatusOrA200(string path, string body, int status)
    {
        using SimulatorBench plain = new(new SimulatorOptions { RequiredKey = "K" });
        using SimulatorBench hidden =
            new(new SimulatorOptions { RequiredKey = "K", Hosts = [new ModelsLabBehaviour { ErrorsIn200 = true }] });

        Assert.Equal("error", (await PostAsync(plain, path, body, status)).GetProperty("status").GetString());
        Assert.Equal("error", (await PostAsync(hidden, path, body, 200)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Get_AnyRoute_IsNotAllowedBecauseEveryCallIsAPost()
    {
        using SimulatorBench bench = new();

        Assert.Equal(HttpStatusCode.MethodNotAllowed,
            (await bench.Client.GetAsync("modelslab/v7/video-fusion/fetch/1", SimulatorBench.Stop)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_NoTimeToPass_AnswersWithTheVideoAndPerhapsWithoutAnId(bool omitsId)
    {
        using SimulatorBench bench =
            new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero,
            Hosts = [new ModelsLabBehaviour { OmitsId = omitsId }] });

        JsonElement answer = await PostAsync(bench, Text, Body, 200);

        Assert.Equal(("success", !omitsId), (answer.GetProperty("status").GetString(), answer.TryGetProperty("id", out _)));
        Assert.StartsWith("http://simulator.test/media/", answer.GetProperty("output")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SixthWaitingJob_SaysInTheBodyHowLong()
    {
        using SimulatorBench bench = new();
        for (int i = 0; i < 5; i++)
        {
            await PostAsync(bench, Text, Body, 200);
        }

        HttpResponseMessage response = await bench.PostAsync(Text, Body);

        Assert.Equal((HttpStatusCode)429, response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
        Assert.Equal(10, (await SimulatorBench.ReadAsync(response)).GetProperty("retry_after").GetInt32());
        Assert.True(response.Headers.Contains("X-RateLimit-Reset"));
    }

    [Fact]
    public async Task Fault_RateLimit_IsInTheBodyToo()
    {
        using SimulatorBench bench = new(new SimulatorOptions
        {
            Hosts = [new ModelsLabBehaviour { ErrorsIn200 = true }],
            Faults = [new SimulatorFault { Kind = SimulatorFaultKind.RateLimitSeconds, On = SimulatorRequestKind.Submit,
                Delay = TimeSpan.FromSeconds(30) }],
        });

        JsonElement error = await PostAsync(bench, Text, Body, 200);

        Assert.Equal(("error", 30), (error.GetProperty("status").GetString(), error.GetProperty("retry_after").GetInt32()));
        Assert.Empty(bench.Engine.Tasks);
    }

    [Fact]
    public async Task Fetch_Failed_HasItsMessage()
    {
        using SimulatorBench bench = new();
        await PostAsync(bench, Text, """{"key":"K","model_id":"seedance-t2v","prompt":"x [fail]"}""", 200);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement failed = await PostAsync(bench, "modelslab/v7/video-fusion/fetch/" + bench.Engine.Tasks[0].Id, """{"key":"K"}""", 200);

        Assert.Equal(("failed", "The content was flagged by the safety policy"),
            (failed.GetProperty("status").GetString(), failed.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Fetch_OfAnotherKey_IsNotFound()
    {
        using SimulatorBench bench = new();
        await PostAsync(bench, Text, Body, 200);

        await PostAsync(bench, "modelslab/v7/video-fusion/fetch/" + bench.Engine.Tasks[0].Id, """{"key":"OTHER"}""", 404);
    }

    [Fact]
    public async Task Wallet_AfterAJob_IsWhatIsLeft()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 0.15m });
        await PostAsync(bench, Text, Body, 200);

        JsonElement data = (await PostAsync(bench, "modelslab/wallet_balance", """{"key":"K"}""", 200)).GetProperty("data");

        Assert.Equal((0.05m, "USD"), (data.GetProperty("balance").GetDecimal(), data.GetProperty("currency").GetString()));
        await PostAsync(bench, Text, Body, 402);
    }

    [Fact]
    public async Task Upload_DataAddress_BecomesAnAddress()
    {
        using SimulatorBench bench = new();

        JsonElement stored = await PostAsync(
            bench, "modelslab/v6/video/base64_to_url", """{"key":"K","init_obj":"data:image/png;base64,iVBORw=="}""", 200);

        SimulatorUpload upload = Assert.Single(bench.Engine.Uploads);
        Assert.Equal((upload.Url, "image/png"), (stored.GetProperty("output")[0].GetString(), upload.ContentType));
        await PostAsync(bench, "modelslab/v6/video/base64_to_url", """{"key":"K","init_obj":"iVBORw=="}""", 400);
        await PostAsync(bench, "modelslab/v6/video/base64_to_url", """{"key":"K","init_obj":"data:image/png;base64,!"}""", 400);
    }

    [Fact]
    public async Task Assets_Made_ComeNewestFirstByPage()
    {
        using SimulatorBench bench = new();
        for (int i = 0; i < 3; i++)
        {
            await PostAsync(bench, Text, Body, 200);
        }

        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        await PostAsync(bench, Text, Body, 200); // Not made yet.
        JsonElement page = await PostAsync(
            bench, "modelslab/v6/assets_generated", """{"key":"K","type":"video","per_page":2,"page":2}""", 200);
        JsonElement first = await PostAsync(
            bench, "modelslab/assets_generated", """{"key":"K","type":"video","per_page":30,"page":1}""", 200);

        List<string> made = [.. bench.Engine.Tasks.Take(3).Select(task => task.Id).Reverse()];
        Assert.Equal([made[2]], page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetRawText()));
        Assert.Equal((3, 2),
            (page.GetProperty("pagination").GetProperty("total").GetInt32(),
            page.GetProperty("pagination").GetProperty("last_page").GetInt32()));
        Assert.Equal(made, first.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetRawText()));
        await PostAsync(bench, "modelslab/v6/assets_generated", """{"key":"K","type":"video","per_page":31}""", 400);
    }

    private static async Task<JsonElement> PostAsync(SimulatorBench bench, string path, string body, int status)
    {
        HttpResponseMessage response = await bench.PostAsync(path, body);
        Assert.True((int)response.StatusCode == status,
            (int)response.StatusCode + ": " + await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
        return await SimulatorBench.ReadAsync(response);
    }
}
