using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>A machine that was not heard of while it submitted: the others take it for gone, and it comes back.</summary>
public sealed class LostLeaseTests : IDisposable
{
    private static readonly ProcessMark s_slow = StoreBench.Elsewhere("slow");
    private readonly HookedHost _host = new();
    private readonly TestServices _slow;
    private readonly TestServices _other;

    public LostLeaseTests()
    {
        ManualTimeProvider time = new();
        _slow = new TestServices(_host, time, store: home => new SqlJobStore(new SqliteEngine(home, time) { Self = s_slow }));
        _other = new TestServices(_host, time, _slow.Home);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _other.Services.Dispose();
        _slow.Dispose();
    }

    [Fact]
    public async Task Submit_LeaseEndsWhileItIsSent_IsUnconfirmedAndItsReceiptStillCounts()
    {
        JobStatus? seen = null;
        _host.AfterBody = () =>
        {
            _other.Rows.EndLease(s_slow);
            seen = ListAtOther().State;
        };

        await SubmitAsync(_slow);

        Assert.Equal(JobStatus.Unconfirmed, seen);
        Assert.Equal(("task-1", JobStatus.Queued), (Assert.Single(_slow.Output.Jobs).ProviderJobId, _slow.Output.Jobs[0].State));
        Assert.Equal("task-1", ListAtOther().ProviderJobId);
        Assert.Equal(1, _host.Received);
    }

    [Fact]
    public async Task Submit_GivenUpByAnotherMachineWhileItIsSent_StaysSoAndTheErrorNamesTheJob()
    {
        _host.AfterBody = () =>
        {
            _other.Rows.EndLease(s_slow);
            new ResolveJobs(_other.Services, Lookup())
                .RunAsync(new JobReference(ListAtOther().Id), new ResolveOptions { Abandon = true }, _other.Output, Stop).GetAwaiter()
                .GetResult();
        };

        await SubmitAsync(_slow);

        SeedanceException error = Assert.Single(_slow.Output.Errors);
        Assert.Contains("task-1", error.Message, StringComparison.Ordinal);
        Assert.Equal((JobStatus.Cancelled, null), (ListAtOther().State, ListAtOther().ProviderJobId));
    }

    [Fact]
    public async Task Submit_LeaseEndsBeforeItLeaves_OthersGoOnAndItSendsNothing()
    {
        _host.BeforeBody = () =>
        {
            _host.BeforeBody = static () => { };
            _other.Rows.EndLease(s_slow);
            SubmitAsync(_other).GetAwaiter().GetResult();
        };

        await SubmitAsync(_slow);

        Assert.Contains("Nothing was sent", Assert.Single(_slow.Output.Errors).Message, StringComparison.Ordinal);
        Assert.Equal("task-1", Assert.Single(_other.Output.Jobs).ProviderJobId);
        Assert.Equal(1, _host.Received);
        Assert.Equal(1, Assert.Single(await _other.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    private static Task SubmitAsync(TestServices machine) => new SubmitVideo(machine.Services).RunAsync(
        PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" }), new SubmitOptions(),
        machine.Output, Stop);

    private SeedanceJob ListAtOther()
    {
        RecordingOutput output = new();
        new GetJobs(_other.Services, Lookup()).ByQueryAsync(new JobQuery(), refresh: false, output, Stop).GetAwaiter().GetResult();
        return Assert.Single(output.Jobs);
    }

    private JobLookup Lookup() => new(_other.Services, static (_, _) => null, apiKey: null, [TestServices.Account()]);

    private sealed class HookedHost : HttpMessageHandler
    {
        public Action BeforeBody { get; set; } = static () => { };

        public Action AfterBody { get; set; } = static () => { };

        public int Received { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            BeforeBody();
            await (request.Content?.LoadIntoBufferAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            Received += request.Content is null ? 0 : 1;
            AfterBody();
            return ScriptedHandler.Response(200, """{"id":"task-1"}""");
        }
    }
}
