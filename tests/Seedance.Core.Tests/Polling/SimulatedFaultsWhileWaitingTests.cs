using System.Text.Json;
using Seedance.Providers.Simulator;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>
/// Every fault that the simulator can put into an answer to a poll: no wait ends by it, and the job is written with its file.
/// </summary>
public sealed class SimulatedFaultsWhileWaitingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatorFaultKind.Delay, 2, 3, 3)]
    [InlineData(SimulatorFaultKind.Delay, 2, 1, 45)]
    [InlineData(SimulatorFaultKind.ResetBeforeAccept, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.ResetAfterAccept, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.RateLimitSeconds, 2, 3, 3)]
    [InlineData(SimulatorFaultKind.RateLimitSeconds, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.RateLimitDate, 2, 3, 3)]
    [InlineData(SimulatorFaultKind.ServerErrorBeforeAccept, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.ServerErrorAfterAccept, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.HtmlBody, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.TruncatedBody, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.InvalidUtf8Body, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.EmptyBody, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.UnknownStatus, 2, 3, 0)]
    [InlineData(SimulatorFaultKind.NotFoundAfterCreate, 1, 1, 0)]
    [InlineData(SimulatorFaultKind.SuccessWithoutUrl, 1, 2, 0)]
    public async Task Wait_FaultInThePollPhase_EndsWithTheJobAllTheSame(SimulatorFaultKind kind, int request, int count, int seconds)
    {
        SimulatorFault fault = new()
        {
            Kind = kind,
            On = SimulatorRequestKind.Poll,
            Request = request,
            Count = count,
            Delay = TimeSpan.FromSeconds(seconds),
            Text = kind == SimulatorFaultKind.UnknownStatus ? "marinating" : null,
        };
        ManualTimeProvider time = new();
        SimulatorEngine engine =
            new(new SimulatorOptions { Time = time, QueueTime = TimeSpan.FromSeconds(5), RunTime = TimeSpan.FromSeconds(15),
            Faults = [fault] });
        using SimulatorHandler door = new(engine);
        using WaitScene scene = new(new SimulatorAdapter(), door, time) { MayHang = kind == SimulatorFaultKind.Delay };
        StoredJob job = scene.Make(made => made with
        {
            Model = "seedance-sim",
            WireModel = "seedance-sim",
            IsSimulated = true,
            State = JobStatus.Queued,
            ProviderJobId = SubmitAsync(door, scene).GetAwaiter().GetResult(),
        });
        await scene.Services.Store.AddAsync(job, Stop);

        await scene.TurnAsync(scene.RunAsync([job], TimeSpan.FromMinutes(10), stop: Stop));

        Assert.Equal(fault.Count, engine.Snapshot().FaultsFired[kind]);
        SeedanceJob ended = Assert.Single(scene.Output.Jobs);
        Assert.Equal((JobStatus.Succeeded, true), (ended.State, ended.Outputs.Any(output => output.Url is not null)));
        Assert.Empty(scene.Output.Errors);
    }

    [Theory]
    [InlineData(SimulatorFaultKind.JobFails, ErrorCode.JobFailed)]
    [InlineData(SimulatorFaultKind.JobNeverEnds, ErrorCode.WaitTimeout)]
    public async Task Wait_JobGoesWrong_IsOneError(SimulatorFaultKind kind, ErrorCode code)
    {
        ManualTimeProvider time = new();
        SimulatorEngine engine =
            new(new SimulatorOptions { Time = time, Faults = [new SimulatorFault { Kind = kind, Request = 1, Text = "it broke" }] });
        using SimulatorHandler door = new(engine);
        using WaitScene scene = new(new SimulatorAdapter(), door, time);
        string id = await SubmitAsync(door, scene);
        StoredJob job = scene.Make(made => made with { WireModel = "seedance-sim", IsSimulated = true, ProviderJobId = id });
        await scene.Services.Store.AddAsync(job, Stop);

        await scene.TurnAsync(scene.RunAsync([job], TimeSpan.FromSeconds(30), stop: Stop));

        Assert.Equal(1, engine.Snapshot().FaultsFired[kind]);
        Assert.Equal(code, Assert.Single(scene.Output.Errors).Code);
    }

    private static async Task<string> SubmitAsync(SimulatorHandler door, WaitScene scene)
    {
        using HttpMessageInvoker host = new(door, disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Post, scene.Account.BaseUri + "/jobs");
        request.Content = new StringContent("""{"model":"seedance-sim","prompt":"a kite"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await host.SendAsync(request, Stop);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return body.RootElement.GetProperty("id").GetString()!;
    }
}
