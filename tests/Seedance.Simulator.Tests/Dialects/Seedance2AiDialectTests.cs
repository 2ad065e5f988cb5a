using System.Net;
using System.Text.Json;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class Seedance2AiDialectTests
{
    private const string Create = "seedance2ai/jobs/createTask";

    [Fact]
    public async Task Create_FourthTask_WaitsForASlotWithoutAHint()
    {
        using SimulatorBench bench = new();
        for (int i = 0; i < 3; i++)
        {
            await bench.PostAsync(Create, SimulatorBench.TaskBody);
        }

        HttpResponseMessage full = await bench.PostAsync(Create, SimulatorBench.TaskBody);
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        HttpResponseMessage free = await bench.PostAsync(Create, SimulatorBench.TaskBody);

        Assert.Equal((HttpStatusCode)429, full.StatusCode);
        Assert.Null(full.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task Create_TooFewCredits_SaysWhatIsThere()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 250 });
        await bench.PostAsync(Create, SimulatorBench.TaskBody);

        HttpResponseMessage response = await bench.PostAsync(Create, SimulatorBench.TaskBody);

        JsonElement body = await SimulatorBench.ReadAsync(response);
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal((200, 50), (body.GetProperty("required").GetInt32(), body.GetProperty("available").GetInt32()));
    }

    [Fact]
    public async Task Query_Done_HasUrlSizeCreditsAndTimes()
    {
        using SimulatorBench bench = new();
        DateTimeOffset created = bench.Clock.GetUtcNow();
        string id = (
            await SimulatorBench.ReadAsync(
            await bench.PostAsync(Create, """{"model":"seedance2","inputs":{"prompt":"x","resolution":"720x960"}}""")))
            .GetProperty("taskId").GetString()!;
        JsonElement reserved = await bench.GetJsonAsync("seedance2ai/account/credits");
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement task = await bench.GetJsonAsync("seedance2ai/jobs/queryTask?taskId=" + id);

        Assert.Equal((5000, 4800), (reserved.GetProperty("credits").GetInt32(), reserved.GetProperty("availableCredits").GetInt32()));
        Assert.Equal(("COMPLETED", 200), (task.GetProperty("status").GetString(), task.GetProperty("creditsUsed").GetInt32()));
        Assert.Equal((720, 960),
            (task.GetProperty("output")[0].GetProperty("width").GetInt32(),
            task.GetProperty("output")[0].GetProperty("height").GetInt32()));
        Assert.Equal(created.ToUnixTimeMilliseconds(), task.GetProperty("createTime").GetInt64());
        Assert.Equal(created.AddSeconds(3).ToUnixTimeMilliseconds(), task.GetProperty("completeTime").GetInt64());
        Assert.Equal(4800, (await bench.GetJsonAsync("seedance2ai/account/credits")).GetProperty("credits").GetInt32());
    }

    [Theory]
    [InlineData("key-1", "", 400)]
    [InlineData("key-1", "?taskId=task_0", 404)]
    [InlineData("key-2", "?taskId=@", 403)]
    [InlineData(null, "?taskId=@", 401)]
    [InlineData("key-1", "?taskId=@", 200)]
    public async Task Query_KeyAndId_DecideTheStatus(string? key, string query, int status)
    {
        using SimulatorBench bench = new();
        await bench.PostAsync(Create, SimulatorBench.TaskBody);
        using HttpClient client = bench.CallerWith(key);

        HttpResponseMessage response =
            await client.GetAsync(
            "seedance2ai/jobs/queryTask" + query.Replace("@", bench.Engine.Tasks[0].Id, StringComparison.Ordinal), SimulatorBench.Stop);

        Assert.Equal(status, (int)response.StatusCode);
    }
}
