using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Tests.Faults;

public sealed class SimulatorEngineFaultsTests
{
    [Theory]
    [InlineData("submit:2 reset-before-accept", SimulatorFaultKind.ResetBeforeAccept, 1)]
    [InlineData("submit:2 reset-after-accept", SimulatorFaultKind.ResetAfterAccept, 2)]
    public async Task Reset_ScriptedSubmit_ThrowsAndCountsWhatWasAccepted(string fault, SimulatorFaultKind kind, int accepted)
    {
        using SimulatorBench bench = new(fault);
        await bench.SubmitMiniAsync();

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(bench.SubmitMiniAsync);

        Assert.Equal(SocketError.ConnectionReset,
            Assert.IsType<SocketException>(Assert.IsAssignableFrom<IOException>(error.InnerException).InnerException).SocketErrorCode);
        Assert.Equal(accepted, bench.Engine.Snapshot().AcceptedTotal);
        Assert.Equal(1, bench.Engine.Snapshot().Fired(kind));
    }

    [Theory]
    [InlineData("submit:1 status 500", 500, 0)]
    [InlineData("submit:1 status-after-accept 502", 502, 1)]
    [InlineData("submit:1 429 retry-after=2", 429, 0)]
    [InlineData("submit:1 html", 200, 1)]
    [InlineData("submit:1 truncated 0.5", 200, 1)]
    [InlineData("submit:1 invalid-utf8", 200, 1)]
    [InlineData("submit:1 empty-body", 200, 1)]
    public async Task Submit_Fault_AcceptsOnlyWhenItSaysSo(string fault, int status, int accepted)
    {
        using SimulatorBench bench = new(fault);

        HttpResponseMessage response = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(accepted, bench.Engine.Snapshot().AcceptedTotal);
        Assert.Equal(1, bench.Engine.Snapshot().FaultsFired.Values.Sum());
        Assert.Equal(0, bench.Engine.Snapshot().Refused);
        Assert.Equal("1", response.Headers.GetValues("X-Seedance-Simulator").Single());
    }

    [Theory]
    [InlineData("submit:1 html")]
    [InlineData("submit:1 truncated 0.5")]
    [InlineData("submit:1 invalid-utf8")]
    [InlineData("submit:1 empty-body")]
    public async Task Submit_SpoiltBody_IsNoJson(string fault)
    {
        using SimulatorBench bench = new(fault);
        HttpResponseMessage response = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);

        await Assert.ThrowsAnyAsync<Exception>(
            async () => (await SimulatorBench.ReadAsync(response)).EnumerateObject().Select(field => field.Value.ToString()).ToList());
    }

    [Fact]
    public async Task RateLimit_BothForms_SayWhen()
    {
        using SimulatorBench bench = new("submit:1 429 retry-after=2", "submit:2 429 retry-after-date=2.5");

        HttpResponseMessage seconds = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);
        HttpResponseMessage date = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);

        Assert.Equal(TimeSpan.FromSeconds(2), seconds.Headers.RetryAfter!.Delta);
        Assert.Equal(bench.Clock.GetUtcNow().AddSeconds(3), date.Headers.RetryAfter!.Date);
        Assert.Equal(bench.Clock.GetUtcNow(), date.Headers.Date);
    }

    [Fact]
    public async Task Fault_OnARefusedSubmit_DoesNotFire()
    {
        using SimulatorBench bench = new("submit:1 reset-after-accept");

        HttpResponseMessage response = await bench.PostAsync(SimulatorBench.Mini, "{}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Empty(bench.Engine.Snapshot().FaultsFired);
        Assert.Equal(1, bench.Engine.Snapshot().Refused);
    }

    [Fact]
    public async Task Delay_AnswerIsHeldBack_TheJobIsAcceptedAtOnce()
    {
        using SimulatorBench bench = new("submit:1 delay 30");

        Task<string> submit = bench.SubmitMiniAsync();

        Assert.False(submit.IsCompleted);
        Assert.Equal(1, bench.Engine.Snapshot().AcceptedTotal);
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotEmpty(await submit);
    }

    [Fact]
    public async Task Delay_CallerStopsWaiting_TheJobStays()
    {
        using SimulatorBench bench = new("submit:1 delay 30");
        using CancellationTokenSource impatience = new();

        Task submit = bench.Client.PostAsync(SimulatorBench.Mini, SimulatorBench.Json(SimulatorBench.MiniBody), impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        Assert.Equal(1, bench.Engine.Snapshot().AcceptedTotal);
    }

    [Fact]
    public async Task Poll_Faults_BendOnlyTheScriptedPolls()
    {
        using SimulatorBench bench = new("poll:1 not-found", "poll:2 unknown-status warming", "poll:1 success-without-url");
        string path = $"muapi/predictions/{await bench.SubmitMiniAsync()}/result";

        Assert.Equal(HttpStatusCode.NotFound, (await bench.Client.GetAsync(path, SimulatorBench.Stop)).StatusCode);
        Assert.Equal("warming", (await bench.GetJsonAsync(path)).GetProperty("status").GetString());
        Assert.Equal("queued", (await bench.GetJsonAsync(path)).GetProperty("status").GetString());
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        JsonElement bare = await bench.GetJsonAsync(path);
        JsonElement whole = await bench.GetJsonAsync(path);

        Assert.Equal(("completed", 0), (bare.GetProperty("status").GetString(), bare.GetProperty("outputs").GetArrayLength()));
        Assert.Equal(1, whole.GetProperty("outputs").GetArrayLength());
        Assert.Equal(3, bench.Engine.Snapshot().FaultsFired.Values.Sum());
    }

    [Fact]
    public async Task Job_ScriptedToFail_EndsFailedAndIsRefunded()
    {
        using SimulatorBench bench = new("submit:1 job-fails out of memory");
        string id = await bench.SubmitMiniAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(3));

        JsonElement job = await bench.GetJsonAsync($"muapi/predictions/{id}/result");

        Assert.Equal(("failed", "out of memory"), (job.GetProperty("status").GetString(), job.GetProperty("error").GetString()));
        Assert.True(job.GetProperty("cost").GetProperty("refunded").GetBoolean());
        Assert.Equal(100, (await bench.GetJsonAsync("muapi/account/balance")).GetProperty("balance").GetDecimal());
    }

    [Fact]
    public async Task Requests_Recorded_AreTheBytesAsReceived()
    {
        using SimulatorBench bench = new(new SimulatorOptions { RecordRequests = true });

        await bench.PostAsync(SimulatorBench.Mini + "?webhook=https%3A%2F%2Fh.test%2Fm", SimulatorBench.MiniBody);

        RecordedRequest request = Assert.Single(bench.Engine.Requests);
        Assert.Equal("/" + SimulatorBench.Mini + "?webhook=https%3A%2F%2Fh.test%2Fm", request.PathAndQuery);
        Assert.Equal(SimulatorBench.MiniBody, System.Text.Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(SimulatorBench.MiniBody.Length.ToString(CultureInfo.InvariantCulture), request.Headers["content-length"]);
        Assert.Equal("https://h.test/m", bench.Engine.Tasks[0].Fields["webhook"]);
    }
}
