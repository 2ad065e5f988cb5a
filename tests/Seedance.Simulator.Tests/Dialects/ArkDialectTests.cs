using System.Net;
using System.Text.Json;
using Seedance.Simulator.Dialects.Ark;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class ArkDialectTests
{
    private const string Tasks = "byteplus/contents/generations/tasks";
    private const string Text = """{"type":"text","text":"x"}""";
    private const string First = """{"type":"image_url","image_url":{"url":"https://e.org/a.png"},"role":"first_frame"}""";
    private const string Last = """{"type":"image_url","image_url":{"url":"https://e.org/b.png"},"role":"last_frame"}""";
    private const string Bare = """{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0K"}}""";
    private const string Image = """{"type":"image_url","image_url":{"url":"asset://a1"},"role":"reference_image"}""";
    private const string Video = """{"type":"video_url","video_url":{"url":"https://e.org/v.mp4"},"role":"reference_video"}""";
    private const string Audio = """{"type":"audio_url","audio_url":{"url":"data:audio/wav;base64,UklGRg=="},"role":"reference_audio"}""";

    private const string M25 = "dreamina-seedance-2-5-260628";
    private const string M20 = "dreamina-seedance-2-0-260128";
    private const string Mini = "dreamina-seedance-2-0-mini-260615";
    private const string M15 = "seedance-1-5-pro-251215";
    private const string M10 = "seedance-1-0-pro-250528";
    private const string Fast10 = "seedance-1-0-pro-fast-251015";
    private const string LiteText = "seedance-1-0-lite-t2v-250428";
    private const string LiteImage = "seedance-1-0-lite-i2v-250428";

    [Fact]
    public async Task Create_Volcengine_TakesDoubaoIdsAlone()
    {
        using SimulatorBench bench = new();

        HttpResponseMessage own = await bench.PostAsync(
            "volcengine/contents/generations/tasks", Body("doubao-seedance-1-0-pro-250528", Text, string.Empty));
        HttpResponseMessage other = await bench.PostAsync("volcengine/contents/generations/tasks", Body(M20, Text, string.Empty));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, other.StatusCode));
        Assert.Equal("Volcengine", Assert.Single(bench.Engine.Tasks).Dialect);
    }

    [Fact]
    public async Task Create_NoMoney_IsOverdue()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 0.1m });

        HttpResponseMessage response = await bench.PostAsync(Tasks, Body(M20, Text, string.Empty));

        Assert.Equal((HttpStatusCode.Forbidden, "AccountOverdueError"), (response.StatusCode, await CodeAsync(response)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Auth_WrongKey_IsRefused(string? key)
    {
        using SimulatorBench bench = new(new SimulatorOptions { RequiredKey = "right" });
        using HttpClient client = bench.CallerWith(key);

        HttpResponseMessage response = await client.GetAsync(Tasks, SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.Unauthorized, "AuthenticationError"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task Get_Succeeded_IsTheTaskOfTheSheet()
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(
            bench, Body(M20, Text, ""","resolution":"720p","ratio":"16:9","duration":5,"return_last_frame":true,"seed":4711"""));
        JsonElement queued = await bench.GetJsonAsync(Tasks + "/" + id);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement task = await bench.GetJsonAsync(Tasks + "/" + id);

        Assert.Equal("queued", queued.GetProperty("status").GetString());
        Assert.False(queued.TryGetProperty("content", out _));
        Assert.Equal(("succeeded", JsonValueKind.Null), (task.GetProperty("status").GetString(), task.GetProperty("error").ValueKind));
        Assert.Equal((108900, 108900),
            (task.GetProperty("usage").GetProperty("completion_tokens").GetInt32(),
            task.GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Equal((4711, "720p", "16:9", 5, 24), (
            task.GetProperty("seed").GetInt64(), task.GetProperty("resolution").GetString(), task.GetProperty("ratio").GetString(),
            task.GetProperty("duration").GetInt32(),
            task.GetProperty("framespersecond").GetInt32()));
        Assert.Equal(1772366400, task.GetProperty("created_at").GetInt64());
        Assert.Equal(1772366403, task.GetProperty("updated_at").GetInt64());
        Assert.StartsWith(
            "http://simulator.test/media/", task.GetProperty("content").GetProperty("video_url").GetString(), StringComparison.Ordinal);
        using HttpClient anonymous = bench.CallerWith(null);
        HttpResponseMessage frame = await anonymous.GetAsync(
            task.GetProperty("content").GetProperty("last_frame_url").GetString(), SimulatorBench.Stop);
        Assert.Equal("image/png", frame.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(M20, "1080p", "16:9", 5, 245025)]
    [InlineData(M20, "480p", "9:16", 5, 50638)]
    [InlineData(M25, "480p", "16:9", 5, 48437)]
    [InlineData(M10, "480p", "1:1", 5, 48400)]
    public async Task Get_Tokens_FollowThePixelsOfTheModel(string model, string resolution, string ratio, int seconds, int tokens)
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(model, Text, $""","resolution":"{resolution}","ratio":"{ratio}","duration":{seconds}"""));
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(tokens, (await bench.GetJsonAsync(Tasks + "/" + id)).GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Get_Failed_IsA200WithTheErrorInside()
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(M20, """{"type":"text","text":"[fail]"}""", string.Empty));
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement task = await bench.GetJsonAsync(Tasks + "/" + id);

        Assert.Equal(("failed", "OutputVideoSensitiveContentDetected"),
            (task.GetProperty("status").GetString(), task.GetProperty("error").GetProperty("code").GetString()));
        Assert.False(task.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Get_NeverEnds_Expires()
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(M20, """{"type":"text","text":"[never]"}""", ""","execution_expires_after":3600"""));
        bench.Clock.Advance(TimeSpan.FromSeconds(3599));
        string? before = (await bench.GetJsonAsync(Tasks + "/" + id)).GetProperty("status").GetString();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("running", "expired"), (before, (await bench.GetJsonAsync(Tasks + "/" + id)).GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Get_OthersTaskAndOldTask_AreNotFound()
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(M20, Text, string.Empty));
        using HttpClient other = bench.CallerWith("key-2");
        HttpResponseMessage foreign = await other.GetAsync(Tasks + "/" + id, SimulatorBench.Stop);
        bench.Clock.Advance(TimeSpan.FromDays(7));

        HttpResponseMessage old = await bench.Client.GetAsync(Tasks + "/" + id, SimulatorBench.Stop);

        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFound"), (foreign.StatusCode, await CodeAsync(foreign)));
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    /// <summary>ByteDance's own SDKs send a null for every field that is not given (volcengine-python-sdk, 2026-07-23).</summary>
    [Theory]
    [InlineData("byteplus/contents/generations/tasks", "dreamina-seedance-2-0-260128")]
    [InlineData("volcengine/contents/generations/tasks", "doubao-seedance-2-0-260128")]
    [InlineData("apiyi/contents/generations/tasks", "doubao-seedance-2-0-260128")]
    public async Task Create_Nulls_MeanUnset(string route, string model)
    {
        using SimulatorBench bench = new();

        HttpResponseMessage answer = await bench.PostAsync(route, $$"""
            {"model":"{{model}}","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"https://e.org/a.png"},"role":null}],"safety_identifier":null,"service_tier":null,
             "resolution":null,"ratio":null,"duration":null,"seed":null,"tools":null,"generate_audio":null}
            """);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(SimulatorBench.Stop));
        Assert.DoesNotContain("null", Assert.Single(bench.Engine.Tasks).Fields.Values);
    }

    /// <summary>The create page wants roles and does not list the fields; a third-party client and the task object say otherwise.</summary>
    [Theory]
    [InlineData(false, false, false, true)]
    [InlineData(true, true, true, false)]
    public async Task Create_WhereDocumentsDisagree_TheSwitchDecides(bool loose, bool strict, bool takesRoles, bool takesDefaults)
    {
        using SimulatorBench bench =
            new(new SimulatorOptions { Hosts = [new ArkBehaviour { TakesLooseRoles = loose, RefusesDefaults = strict }] });
        const string Start = """{"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"x"}""";
        const string Picture = """,{"type":"image_url","image_url":{"url":"https://e.org/a.png"}""";

        Assert.Equal(takesRoles, (await bench.PostAsync(Tasks, Start + Picture + "}" + Picture + "}]}")).IsSuccessStatusCode);
        Assert.Equal(takesRoles, (await bench.PostAsync(Tasks, Start + Picture + ""","role":"reference"}]}""")).IsSuccessStatusCode);
        Assert.Equal(takesDefaults,
            (await bench.PostAsync(Tasks, Start + """],"service_tier":"default","camera_fixed":false}""")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(0, "x", 200, "cancelled")]
    [InlineData(2, "x", 409, "running")]
    [InlineData(5, "x", 200, null)]
    [InlineData(5, "[fail]", 200, null)]
    public async Task Delete_ByState_CancelsRefusesOrErases(int after, string prompt, int status, string? then)
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(M20, $$"""{"type":"text","text":"{{prompt}}"}""", string.Empty));
        bench.Clock.Advance(TimeSpan.FromSeconds(after));

        HttpResponseMessage response = await bench.Client.DeleteAsync(Tasks + "/" + id, SimulatorBench.Stop);
        HttpResponseMessage left = await bench.Client.GetAsync(Tasks + "/" + id, SimulatorBench.Stop);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(then, left.IsSuccessStatusCode ? (await SimulatorBench.ReadAsync(left)).GetProperty("status").GetString() : null);
        Assert.Equal(then is null ? 0 : 1, (await bench.GetJsonAsync(Tasks)).GetProperty("total").GetInt32());
        Assert.Single(bench.Engine.Tasks);
    }

    [Fact]
    public async Task Delete_Cancelled_IsRefusedAndTheRecordVanishesAfterADay()
    {
        using SimulatorBench bench = new();
        string id = await SubmitAsync(bench, Body(M20, Text, string.Empty));
        await bench.Client.DeleteAsync(Tasks + "/" + id, SimulatorBench.Stop);

        HttpResponseMessage again = await bench.Client.DeleteAsync(Tasks + "/" + id, SimulatorBench.Stop);
        bench.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Client.GetAsync(Tasks + "/" + id, SimulatorBench.Stop)).StatusCode);
    }

    [Fact]
    public async Task Draft_Succeeded_IsRenderedByItsId()
    {
        using SimulatorBench bench = new();
        string draft = await SubmitAsync(bench, Body(M15, Text, ""","draft":true,"duration":4,"ratio":"1:1" """));
        string final = Body(M15, $$$"""{"type":"draft_task","draft_task":{"id":"{{{draft}}}"}}""", ""","resolution":"1080p" """);
        HttpResponseMessage early = await bench.PostAsync(Tasks, final);
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        JsonElement task = await bench.GetJsonAsync(Tasks + "/" + await SubmitAsync(bench, final));

        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Equal((draft, false, "1080p", "1:1", 4), (
            task.GetProperty("draft_task_id").GetString(), task.GetProperty("draft").GetBoolean(),
            task.GetProperty("resolution").GetString(), task.GetProperty("ratio").GetString(),
            task.GetProperty("duration").GetInt32()));
    }

    [Fact]
    public async Task List_FiltersAndPages_AsTheSheetSays()
    {
        using SimulatorBench bench = new();
        string[] ids = [await SubmitAsync(bench, Body(M20, Text, "")),
            await SubmitAsync(bench, Body(M15, Text, ""","service_tier":"flex" """)), await SubmitAsync(bench, Body(M20, Text, ""))];
        using HttpClient other = bench.CallerWith("key-2");
        await other.PostAsync(Tasks, SimulatorBench.Json(Body(M20, Text, "")), SimulatorBench.Stop);

        async Task<string[]> Ids(string query) =>
            [.. (await bench.GetJsonAsync(Tasks + query)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()!)];

        Assert.Equal([ids[2], ids[1], ids[0]], await Ids(string.Empty));
        Assert.Equal([ids[2], ids[0]], await Ids($"?filter.task_ids={ids[0]}&filter.task_ids={ids[2]}&page_size=500"));
        Assert.Equal([ids[1]], await Ids("?filter.service_tier=flex"));
        Assert.Equal([ids[2], ids[0]], await Ids("?filter.model=" + M20));
        Assert.Equal([ids[0]], await Ids("?page_num=2&page_size=2"));
        Assert.Empty(await Ids("?filter.status=succeeded"));
        Assert.Equal(3, (await bench.GetJsonAsync(Tasks + "?page_size=1")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("?page_size=501")]
    [InlineData("?page_num=0")]
    [InlineData("?filter.status=done")]
    [InlineData("?task_ids=a")]
    public async Task List_WrongQuery_IsRefused(string query)
    {
        using SimulatorBench bench = new();

        Assert.Equal(HttpStatusCode.BadRequest, (await bench.Client.GetAsync(Tasks + query, SimulatorBench.Stop)).StatusCode);
    }

    private static string Body(string model, string content, string more) => $$"""{"model":"{{model}}","content":[{{content}}]{{more}}}""";

    private static async Task<string> SubmitAsync(SimulatorBench bench, string body)
    {
        HttpResponseMessage response = await bench.PostAsync(Tasks, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
        return (await SimulatorBench.ReadAsync(response)).GetProperty("id").GetString()!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await SimulatorBench.ReadAsync(response)).GetProperty("error").GetProperty("code").GetString();
}
