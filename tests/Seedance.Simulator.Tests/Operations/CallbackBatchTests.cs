using Seedance.Accounts;
using Seedance.Jobs.Callbacks;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Providers;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>A batch whose host calls: a quarter of the calls is lost, a quarter comes twice, and strangers call in between.</summary>
public sealed class CallbackBatchTests : IDisposable
{
    private const int Jobs = 50;
    private const int Forged = 1000;
    private readonly ManualTimeProvider _time = new();
    private readonly SimulatorEngine _host;
    private readonly TestServices _kit;
    private readonly CallbackListener _listener;
    private readonly HttpClient _stranger = new();
    private readonly Account _account;

    public CallbackBatchTests()
    {
        _host = new SimulatorEngine(new SimulatorOptions
        {
            Time = _time,
            QueueTime = TimeSpan.FromSeconds(1),
            RunTime = TimeSpan.FromSeconds(2),
            RecordRequests = true,
            Faults = [SimulatorFault.Parse("callback:1-13 lost"), SimulatorFault.Parse("callback:14-26 twice")],
        });
        _kit = new TestServices(new SimulatorHandler(_host), _time);
        _kit.Services.Scheduler.Rested = _time.Changed.Beat;
        _listener = new CallbackListener(0, "/hook", _time);
        _account = new Account(
            ProviderRegistry.Find("Muapi")!, new Uri("http://127.0.0.1:1/muapi/"), TestServices.Key) { Concurrency = Jobs };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobLookup Lookup => new(_kit.Services, (_, _) => null, apiKey: null, [_account]);

    public void Dispose()
    {
        _listener.Dispose();
        _stranger.Dispose();
        _kit.Dispose();
    }

    [Fact]
    public async Task Batch_CallsLostDoubledAndForged_HasEveryRightEndForAtMostThreePolls()
    {
        List<SeedanceJob> jobs = await SubmitAsync();
        RecordingOutput told = new();
        using CancellationTokenSource stop = new();
        ReceiveCallbacks receive = new(_kit.Services, Lookup);
        Task receiving = receive.RunAsync(_listener, new ReceiveOptions(), told, stop.Token);
        RecordingOutput ended = new();
        using WaitForJobs wait = new(_kit.Services, Lookup, new WaitOptions { Timeout = TimeSpan.FromHours(1) });
        foreach (SeedanceJob job in jobs)
        {
            await wait.AddAsync(new JobReference(job.Id), ended, Stop);
        }

        Task waiting = wait.FinishAsync(ended, Stop);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await ForgeAsync(jobs, 0);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ForgeAsync(jobs, Forged / 2);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await Outside.UntilAsync(() => _host.Callbacks.Count == Jobs); // 13 of 50 were lost, 13 came twice.
        // And are dealt with.
        await Outside.UntilAsync(() => told.Jobs.Where(job => job.IsFinished).Select(job => job.Id).Distinct().Count() >= Jobs - 13);
        while (!waiting.IsCompleted)
        {
            Task change = _time.Changed.Next;
            if (_kit.Services.Scheduler.Busy == 0)
            {
                _time.AdvanceToNext(TimeSpan.FromSeconds(1));
            }

            await Pulse.WaitAsync(Task.WhenAny(waiting, change));
        }

        await waiting;
        Assert.Equal(Jobs,
            ended.Jobs.Count(job => job.State == JobStatus.Succeeded
            && job.Outputs[0].Url!.AbsolutePath.StartsWith("/media/", StringComparison.Ordinal)));
        Assert.Empty(ended.Errors);
        IEnumerable<IGrouping<string, RecordedRequest>> polls = _host.Requests.Where(request => request.Kind == SimulatorRequestKind.Poll)
            .GroupBy(request => request.PathAndQuery);
        Assert.Equal(Jobs, polls.Count());
        Assert.All(polls, asked => Assert.InRange(asked.Count(), 1, 3));
        SimulatorCounts counts = _host.Snapshot();
        Assert.Equal((13, 13), (counts.Fired(SimulatorFaultKind.CallbackLost), counts.Fired(SimulatorFaultKind.CallbackTwice)));
        Assert.Equal(Jobs, counts.AcceptedTotal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        receive.Dispose();
    }

    /// <summary>Most name nobody's job, some one of ours with an end that is a lie.</summary>
    private async Task ForgeAsync(List<SeedanceJob> jobs, int from)
    {
        for (int i = from; i < from + (Forged / 2); i++)
        {
            string body = i % 10 == 0
                ? $$"""{"id":"{{jobs[i / 10 % Jobs].ProviderJobId}}","status":"failed","error":"forged","outputs":[]}"""
                : $$"""{"id":"req_{{i}}","status":"completed","outputs":["https://evil.example/v.mp4"]}""";
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await _stranger.PostAsync(_listener.Address, content, Stop);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task<List<SeedanceJob>> SubmitAsync()
    {
        RecordingOutput output = new();
        for (int i = 0; i < Jobs; i++)
        {
            VideoRequest request = new() { Prompt = FormattableString.Invariant($"kite {i}"), Model = "seedance-2-mini",
                CallbackUri = _listener.Address };
            await new SubmitVideo(_kit.Services).RunAsync(PrepareSubmit.Run(_account, request), new SubmitOptions(), output, Stop);
        }

        Assert.Empty(output.Errors);
        return [.. output.Jobs];
    }
}
