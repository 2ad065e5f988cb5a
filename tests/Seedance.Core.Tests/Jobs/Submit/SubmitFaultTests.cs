using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Whole batches under faults: every item ends with its job or its one error.</summary>
public sealed class SubmitFaultTests : IDisposable
{
    private readonly FaultyHost _host = new();
    private readonly WaitScene _scene;

    public SubmitFaultTests()
    {
        AcmeAdapter wide = new() { Provider = new AcmeAdapter().Provider with { Concurrency = 1000 } };
        _scene = new WaitScene(wide, _host);
        _host.Inner = new HttpMessageInvoker(_scene.Host, disposeHandler: false);
        _host.Take = number => _scene.Host.Add("task-" + number, TimeSpan.FromSeconds(20 + (number % 37)), number % 9 == 1 ? "no" : null);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _host.Dispose();
        _scene.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Submit_WallClockJumpsAnHourWhileTheHostThrottles_IsSentWhenItsPauseIsOver(int hours)
    {
        int asked = 0;
        _host.BeforeBody = _ => ++asked == 1 ? ScriptedHandler.Response(429, "{}", ("Retry-After", "7")) : null;
        long begun = _scene.Time.GetTimestamp();
        Task run = SubmitAsync(2);
        await _scene.Time.Changed.UntilAsync(() => asked > 0 && _scene.Time.Waiting > 0);

        _scene.Time.SetWallClock(TimeSpan.FromHours(hours));
        await TurnAsync(run);

        Assert.InRange(_scene.Time.GetElapsedTime(begun).TotalSeconds, 7, 9);
        Assert.Equal("task-2", Assert.Single(_scene.Output.Jobs).ProviderJobId);
        Assert.Equal(2, asked);
        Assert.Empty(_scene.Output.Errors);
    }

    [Fact]
    public async Task Submit_DnsFailsForAMinute_EachIsSentOnceOrOneErrorAndNothingIsLost()
    {
        DateTimeOffset until = _scene.Now.AddMinutes(1);
        int failed = 0;
        _host.BeforeBody = _ =>
        {
            if (_scene.Now >= until)
            {
                return null;
            }

            failed++;
            throw new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound));
        };

        for (int i = 0; i < 40; i++)
        {
            await TurnAsync(SubmitAsync(i));
        }

        int errors = _scene.Output.Errors.Count;
        Assert.Equal(40, _scene.Output.Jobs.Count + errors);
        Assert.InRange(errors, 10, 30);
        Assert.InRange(failed, 3 * errors, (3 * errors) + 2); // Three tries each, and none of an unknown outcome.
        Assert.All(_scene.Output.Errors, error => Assert.Equal(ErrorCode.ProviderUnavailable, error.Code));
        Assert.Equal(_host.Taken.Order(), _scene.Output.Jobs.Select(job => job.ProviderJobId).Order());
        Assert.Equal(_scene.Output.Jobs.Count, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task SubmitAndWait_FiveHundredWithRefusalsTimeoutsAndThrottling_EachEndsWithItsJobOrItsOneError()
    {
        ConcurrentDictionary<int, int> tries = new();
        Dictionary<string, int> fired = new() { ["refused"] = 0, ["throttled"] = 0, ["timeout"] = 0, ["reset"] = 0, ["unreached"] = 0 };
        _host.BeforeBody = number =>
        {
            int attempt = tries.AddOrUpdate(number, 1, (_, before) => before + 1);
            switch (number % 25)
            {
                case 3 or 16:
                    fired["refused"]++;
                    return ScriptedHandler.Response(400, ScriptedHandler.Refusal);
                case 8 when attempt == 1:
                    fired["throttled"]++;
                    return ScriptedHandler.Response(429, "{}", ("Retry-After", "1"));
                case 12 when attempt == 1:
                    fired["unreached"]++;
                    throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
                default:
                    return null;
            }
        };
        _host.AfterTaken = number =>
        {
            if (number % 25 == 5)
            {
                fired["timeout"]++;
                throw new OperationCanceledException("no answer in time");
            }

            if (number % 25 == 20)
            {
                fired["reset"]++;
                throw new HttpRequestException("reset", new SocketException((int)SocketError.ConnectionReset));
            }
        };
        int polls = 0;
        _scene.Host.KeepsLog = false;
        _scene.Host.Fault = _ => ++polls % 50 == 0 ? ScriptedHandler.Response(429, "{}", ("Retry-After", "2")) : null;
        RecordingOutput submitted = new();
        using WaitForJobs wait = _scene.Wait(TimeSpan.FromHours(10));
        for (int i = 0; i < 500; i++)
        {
            int before = submitted.Jobs.Count;
            await TurnAsync(SubmitAsync(i, submitted));
            foreach (SeedanceJob job in submitted.Jobs.Skip(before))
            {
                await wait.AddAsync(new JobReference(job.Id), _scene.Output, Stop);
            }

            await _scene.PassAsync(TimeSpan.FromSeconds(1));
        }

        await _scene.TurnAsync(_scene.FinishAsync(wait, _scene.Output, Stop));

        int succeeded = _scene.Output.Jobs.Count(job => job.State == JobStatus.Succeeded);
        Assert.Equal(500, succeeded + submitted.Errors.Count + _scene.Output.Errors.Count);
        Assert.Equal(
            500 - submitted.Errors.Count, _scene.Output.Jobs.Select(job => job.Id).Distinct().Count());
        Assert.Equal(40, submitted.Errors.Count(error => error.Code == ErrorCode.InvalidRequest));
        Assert.Equal(40, submitted.Errors.Count(error => error.Code == ErrorCode.SubmitUnconfirmed));
        Assert.Equal(80, submitted.Errors.Count);
        Assert.All(_scene.Output.Errors, error => Assert.Equal(ErrorCode.JobFailed, error.Code));
        Assert.Equal(460, _host.Taken.Count); // None twice: what was refused cost nothing, what has no answer was not sent again.
        Assert.Equal([40, 20, 20, 20, 20], fired.Values);
        Assert.True(_scene.Host.FaultsFired > 20, "the polls must be throttled");
    }

    private async Task SubmitAsync(int number, RecordingOutput? output = null)
    {
        _host.Expected = number;
        PreparedSubmit prepared = PrepareSubmit.Run(
            _scene.Account, new VideoRequest { Prompt = number.ToString(CultureInfo.InvariantCulture), Model = "seedance-acme" });
        await new SubmitVideo(_scene.Services)
            .RunAsync(prepared, new SubmitOptions { ContinueUnconfirmed = true }, output ?? _scene.Output, Stop);
    }

    private Task TurnAsync(Task run) => _scene.Time.PassAsync(run, within: TimeSpan.FromSeconds(20));

    private async Task<List<StoredJob>> RecordsAsync()
    {
        List<StoredJob> records = [];
        await foreach (StoredJob record in _scene.Services.Store.ListAsync(JobScope.All, error => throw error, Stop))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>Takes tasks named after their prompts, and fails before the body or after it as told.</summary>
    private sealed class FaultyHost : HttpMessageHandler
    {
        public HttpMessageInvoker? Inner { get; set; }

        /// <summary>Which prompt comes next, known before its body is read.</summary>
        public int Expected { get; set; }

        public Func<int, HttpResponseMessage?>? BeforeBody { get; set; }

        public Action<int>? AfterTaken { get; set; }

        public Action<int>? Take { get; set; }

        public ConcurrentQueue<string> Taken { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post)
            {
                return await Inner!.SendAsync(request, cancellationToken);
            }

            int number = Expected;
            if (BeforeBody?.Invoke(number) is { } refusal)
            {
                return refusal;
            }

            string body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
            Assert.Equal(number, int.Parse(JsonNode.Parse(body)!["prompt"]!.GetValue<string>(), CultureInfo.InvariantCulture));
            Taken.Enqueue("task-" + number);
            Take?.Invoke(number);
            AfterTaken?.Invoke(number);
            return ScriptedHandler.Response(201, $$"""{"id":"task-{{number}}"}""");
        }

        protected override void Dispose(bool disposing)
        {
            Inner?.Dispose();
            base.Dispose(disposing);
        }
    }
}
