using System.Net.Http.Headers;
using Seedance.Providers.Replicate;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Callbacks;

/// <summary>The calls that hosts make when a job has ended (sheets of 2026-07 to 2026-09).</summary>
public sealed class CallbackTests : IDisposable
{
    private const string Muapi = "muapi/seedance-2-mini-text-to-video?webhook=URI";
    private const string Kite = """{"prompt":"a kite"}""";
    private const string Vendor = """{"model":"seedance2","callBackUrl":"URI","inputs":{"prompt":"a kite"}}""";
    private const string Ark = """{"model":"seedance-1-0-pro-250528","content":[{"type":"text","text":"x"}],"callback_url":"URI"}""";
    private const string Tasks = "byteplus/contents/generations/tasks";
    private const string Replicate = "replicate/v1/models/bytedance/seedance-2.0/predictions";
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly List<IDisposable> _garbage = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _garbage.ForEach(used => used.Dispose());

    [Theory]
    [InlineData(Muapi, Kite, "id", "status", "completed")]
    [InlineData("seedance2ai/jobs/createTask", Vendor, "taskId", "status", "COMPLETED")]
    [InlineData("modelslab/v7/video-fusion/text-to-video",
        """{"key":"K","model_id":"seedance-t2v","prompt":"x","webhook":"URI","track_id":"job-7"}""", "id", "track_id", "job-7")]
    [InlineData("fal/bytedance/seedance-2.0/text-to-video?fal_webhook=URI", Kite, "request_id", "status", "OK")]
    [InlineData(
        Replicate, """{"input":{"prompt":"x"},"webhook":"URI","webhook_events_filter":["completed"]}""", "id", "status", "succeeded")]
    public async Task Submit_WithAnAddress_IsToldOfTheEndOnce(string path, string body, string idField, string field, string expected)
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene();
        await SubmitAsync(bench, receiver, path, body);
        Assert.Equal(0, receiver.Received);

        bench.Clock.Advance(3 * s_second);
        CallbackReceiver.Call call = await receiver.NextAsync();

        Assert.StartsWith("POST /hook ", call.Request, StringComparison.Ordinal);
        Assert.Equal(
            (bench.Engine.Tasks[0].Id, expected), (call.Body.GetProperty(idField).ToString(), call.Body.GetProperty(field).ToString()));
        Assert.Equal(1, bench.Engine.Snapshot().Requests[SimulatorRequestKind.Callback]);
        Assert.Equal(path == Replicate, call.Headers.ContainsKey("webhook-signature"));
    }

    [Fact]
    public async Task Submit_AtArk_IsToldOfEachChange()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene();
        await SubmitAsync(bench, receiver, Tasks, Ark);
        List<string?> told = [await StatusAsync(receiver)];
        bench.Clock.Advance(s_second);
        told.Add(await StatusAsync(receiver));
        bench.Clock.Advance(2 * s_second);
        told.Add(await StatusAsync(receiver));

        Assert.Equal(["queued", "running", "succeeded"], told);
    }

    [Fact]
    public async Task Submit_AtArkAndTheTimersComeEarly_IsToldOfTheEndOnce()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene();
        await SubmitAsync(bench, receiver, Tasks, Ark);
        List<string?> told = [await StatusAsync(receiver)];
        told.Add(await bench.PassWithAnEarlyTimerAsync(StatusAsync(receiver), s_second));
        told.Add(await bench.PassWithAnEarlyTimerAsync(StatusAsync(receiver), 2 * s_second));

        Assert.Equal(["queued", "running", "succeeded"], told);
    }

    [Fact]
    public async Task Submit_ReceiverFails_IsCalledAgainAfterTheHostsOwnPauses()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene(answers: [500, 404, 503, 500, 500]);
        await SubmitAsync(bench, receiver, "seedance2ai/jobs/createTask", Vendor);
        bench.Clock.Advance(3 * s_second);
        foreach (int pause in (int[])[1, 5, 30])
        {
            await receiver.NextAsync();
            await Outside.UntilAsync(() => bench.Engine.Callbacks.Count == receiver.Received && bench.Clock.Waiting > 0);
            bench.Clock.Advance(TimeSpan.FromSeconds(pause));
        }

        await receiver.NextAsync();
        await Outside.UntilAsync(() => bench.Engine.Callbacks.Count == 4);
        DateTimeOffset first = bench.Engine.Callbacks[0].At;
        Assert.Equal([0, 1, 6, 36], bench.Engine.Callbacks.Select(call => (int)(call.At - first).TotalSeconds));
        Assert.Equal([500, 404, 503, 500], bench.Engine.Callbacks.Select(call => call.Status));
        Assert.Equal(0, bench.Clock.Waiting); // There is no fifth.
    }

    [Fact]
    public async Task Submit_AtReplicate_SignsWithTheSecretThatItHandsOut()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene("callback:1 forged");
        string secret = (await bench.GetJsonAsync("replicate/v1/webhooks/default/secret")).GetProperty("key").GetString()!;
        await SubmitAsync(bench, receiver, Replicate, """{"input":{"prompt":"x"},"webhook":"URI","webhook_events_filter":["completed"]}""");
        bench.Clock.Advance(3 * s_second);

        CallbackReceiver.Call forged = await receiver.NextAsync();
        CallbackReceiver.Call right = await receiver.NextAsync();

        Assert.Equal("failed", forged.Body.GetProperty("status").GetString());
        Assert.Equal("the signature does not fit the body", Forgery(forged));
        Assert.Equal("succeeded", right.Body.GetProperty("status").GetString());
        Assert.Null(Forgery(right));
        string? Forgery(CallbackReceiver.Call call) =>
            ReplicateSignature.FindForgery(call.Headers, Encoding.UTF8.GetBytes(call.Text), secret, bench.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Submit_CancelledAtReplicate_IsToldOfThatEndAtOnce()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene();
        await SubmitAsync(
            bench, receiver, Replicate, """{"input":{"prompt":"x [never]"},"webhook":"URI","webhook_events_filter":["completed"]}""");
        await bench.Client.PostAsync("replicate/v1/predictions/" + bench.Engine.Tasks[0].Id + "/cancel", content: null, Stop);

        Assert.Equal("canceled", await StatusAsync(receiver));
    }

    [Fact]
    public async Task Faults_LostTwiceAndLate_BendTheCallsThatTheyName()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene("callback:1 lost", "callback:2 twice", "callback:3 delay 60");
        for (int i = 0; i < 3; i++)
        {
            await SubmitAsync(bench, receiver, Muapi, Kite);
            bench.Clock.Advance(3 * s_second);
            await Outside.UntilAsync(() => bench.Engine.Snapshot().Requests[SimulatorRequestKind.Callback] == i + 1
                && bench.Engine.Callbacks.Count == (i > 0 ? 2 : 0));
        }

        await Outside.UntilAsync(() => bench.Clock.Waiting > 0);
        bench.Clock.Advance(60 * s_second);
        string[] told = [await IdAsync(receiver), await IdAsync(receiver), await IdAsync(receiver)];

        Assert.Equal([bench.Engine.Tasks[1].Id, bench.Engine.Tasks[1].Id, bench.Engine.Tasks[2].Id], told);
        SimulatorCounts counts = bench.Engine.Snapshot();
        Assert.Equal((1, 1, 1),
            (counts.Fired(SimulatorFaultKind.CallbackLost), counts.Fired(SimulatorFaultKind.CallbackTwice),
            counts.Fired(SimulatorFaultKind.Delay)));
    }

    [Fact]
    public async Task Faults_OutOfOrder_ComesBehindTheEnd()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene("callback:2 out-of-order");
        await SubmitAsync(bench, receiver, Tasks, Ark);
        List<string?> told = [await StatusAsync(receiver)];
        bench.Clock.Advance(s_second);
        await Outside.UntilAsync(() => bench.Clock.Waiting > 0 && bench.Engine.Snapshot().Requests[SimulatorRequestKind.Callback] == 2);
        bench.Clock.Advance(2 * s_second);
        told.Add(await StatusAsync(receiver));
        told.Add(await StatusAsync(receiver));

        Assert.Equal(["queued", "succeeded", "running"], told);
    }

    [Fact]
    public async Task Submit_AddressElsewhere_IsTakenAndNeverCalled()
    {
        (SimulatorBench bench, CallbackReceiver receiver) = Scene();
        await SubmitAsync(bench, receiver, Muapi.Replace("URI", "https://hooks.example.org/m", StringComparison.Ordinal), Kite);

        Assert.Equal(0, bench.Clock.Waiting);
        Assert.Single(bench.Engine.Tasks);
    }

    [Theory]
    [InlineData("callback:1 status 503")]
    [InlineData("submit:1 lost")]
    public void Parse_FaultOfTheOtherSide_IsRefused(string text) => Assert.Throws<FormatException>(() => SimulatorFault.Parse(text));

    private static async Task<string?> StatusAsync(CallbackReceiver receiver) =>
        (await receiver.NextAsync()).Body.GetProperty("status").GetString();

    private static async Task<string> IdAsync(CallbackReceiver receiver) =>
        (await receiver.NextAsync()).Body.GetProperty("id").GetString()!;

    private static async Task SubmitAsync(SimulatorBench bench, CallbackReceiver receiver, string path, string body)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Post, path.Replace("URI", Uri.EscapeDataString(receiver.Address), StringComparison.Ordinal))
        {
            Content = SimulatorBench.Json(body.Replace("URI", receiver.Address, StringComparison.Ordinal)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            path.StartsWith("fal/", StringComparison.Ordinal) ? "Key" : "Bearer", "key-1");
        using HttpResponseMessage answer = await bench.Client.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private (SimulatorBench Bench, CallbackReceiver Receiver) Scene(params string[] faults) => Scene([], faults);

    private (SimulatorBench Bench, CallbackReceiver Receiver) Scene(int[] answers, params string[] faults)
    {
        SimulatorBench bench = new(faults);
        CallbackReceiver receiver = new(answers);
        _garbage.AddRange([bench, receiver]);
        return (bench, receiver);
    }
}
