using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Traces;

/// <summary>What a reader without the source learns of a job from its trace.</summary>
public sealed class TraceRecorderTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;
    private readonly JobLookup _lookup;

    public TraceRecorderTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
        _lookup = new JobLookup(_kit.Services, (_, _) => null, TestServices.Key, [TestServices.Account()]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Trace_FailedJob_TellsWhyAndWhoSaidSo()
    {
        SeedanceJob job = await SubmitAsync();
        await PollAsync(job);
        _host.Set("task-1", """{"status":"failed","reason":"the lion looks at you"}""");
        await PollAsync(job);

        List<SeedanceTraceEntry> trace = await TraceAsync(job);

        Assert.Equal(["Submit", "Result", "Poll", "Result", "Poll", "Result"], Shape(trace));
        Assert.Equal(("POST", 201, "Acme", 1), (trace[0].Route.Split(' ')[0], trace[0].HttpStatus, trace[0].SaidBy, trace[0].Try));
        Assert.Equal("Acme took it as task-1.", trace[1].Text);
        Assert.Contains("the lion looks at you", trace[^2].Text, StringComparison.Ordinal);
        Assert.Equal(("Acme", nameof(ErrorCode.JobFailed)), (trace[^1].SaidBy, trace[^1].Code));
        Assert.StartsWith("Running -> Failed: the lion looks at you", trace[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cdn.example/v.mp4?X-Credential=AK\\u0026X-Signature=signed-42")]
    [InlineData(@"https:\/\/cdn.example\/v.mp4?X-Credential=AK&X-Signature=signed-42")]
    public async Task Trace_SignedAddressAsJsonEscapesIt_IsShownWithoutItsSignature(string address)
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", """{"status":"running","preview":"ADDRESS"}""".Replace("ADDRESS", address, StringComparison.Ordinal));
        await PollAsync(job);

        List<SeedanceTraceEntry> trace = await TraceAsync(job);

        Assert.Contains(trace, entry => entry.Text?.Contains("preview", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(trace, entry => entry.Text?.Contains("signed-42", StringComparison.Ordinal) == true);
    }

    /// <summary>The answer that decides has the status and the form of those before it, and must not be counted away.</summary>
    [Fact]
    public async Task Trace_EndBehindEqualPolls_ShowsTheAnswerThatToldIt()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", """{"status":"queued"}""");
        for (int i = 0; i < 5; i++)
        {
            await PollAsync(job);
        }

        _host.Set("task-1", """{"status":"failed","reason":"the lion looks at you"}""");
        await PollAsync(job);

        List<SeedanceTraceEntry> trace = await TraceAsync(job);

        Assert.Equal(["Submit", "Result", "Poll", "Poll", "Poll", "Result"], Shape(trace));
        Assert.Equal((4, 0), (trace[3].Repeats, trace[4].Repeats));
        Assert.Contains("the lion looks at you", trace[4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_SamePollOverAndOver_IsCounted()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1", """{"status":"queued"}""");
        for (int i = 0; i < 40; i++)
        {
            await PollAsync(job);
        }

        List<SeedanceTraceEntry> trace = await TraceAsync(job);

        Assert.Equal(["Submit", "Result", "Poll", "Poll"], Shape(trace));
        Assert.Equal(39, trace[^1].Repeats);
    }

    [Fact]
    public async Task Trace_LostAnswer_SaysThatNobodyKnows()
    {
        _network.Otherwise = _ => throw new HttpRequestException("the line was cut", new IOException("the line was cut"));
        RecordingOutput output = new();
        await new SubmitVideo(_kit.Services).RunAsync(
            PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "acme-1" }), new SubmitOptions(),
            output, Stop);
        SeedanceJob job = output.Errors[0].Job!;

        List<SeedanceTraceEntry> trace = await TraceAsync(job);

        Assert.Equal(("network", (int?)null), (trace[0].SaidBy, trace[0].HttpStatus));
        Assert.Contains("the line was cut", trace[0].Text, StringComparison.Ordinal);
        Assert.Equal("Nobody knows whether Acme took it: the job is Unconfirmed.", trace[1].Text);
    }

    [Fact]
    public async Task Trace_KeysAndSignedAddresses_AreNotInIt()
    {
        SeedanceJob job = await SubmitAsync();
        _host.Set("task-1",
            $$"""{"status":"done","url":"https://cdn.ex.org/v.mp4?Signature=c2lnbmVk&Key={{TestServices.Key}}","echo":"Bearer {{TestServices.Key}}"}""");
        await PollAsync(job);

        string all = string.Concat((await TraceAsync(job)).Select(entry => entry.ToString()));

        Assert.Contains("https://cdn.ex.org/v.mp4?...", all, StringComparison.Ordinal);
        Assert.DoesNotContain("c2lnbmVk", all, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServices.Key, all, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Shape(List<SeedanceTraceEntry> trace) => trace.Select(entry => entry.Step);

    private async Task<SeedanceJob> SubmitAsync()
    {
        await new SubmitVideo(_kit.Services).RunAsync(
            PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "acme-1" }), new SubmitOptions(),
            _kit.Output, Stop);
        return Assert.Single(_kit.Output.Jobs);
    }

    private async Task PollAsync(SeedanceJob job)
    {
        StoredJob stored = (await _kit.Services.Store.FindAsync(job.Id, Stop))!;
        await _kit.Services.Poller.PollAsync(stored, TestServices.Account(), _kit.Output, Stop);
    }

    private async Task<List<SeedanceTraceEntry>> TraceAsync(SeedanceJob job)
    {
        RecordingOutput output = new();
        await new TraceJobs(_kit.Services, _lookup).RunAsync(new JobReference(job.Id), output, Stop);
        Assert.Empty(output.Errors);
        return [.. output.Of("output").Cast<SeedanceTraceEntry>()];
    }
}
