using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Core.Tests.Providers;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>
/// A host that answers a submit with every status from 400 to 999, in its own words, as a web page and empty, whether it took the job or
/// not: what it took never exceeds the records and the ledger.
/// </summary>
public sealed class EveryStatusTests
{
    private const string Words = """{"detail":"Internal error","error":{"message":"Internal error","code":"E1"}}""";

    private const string Page = "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>";
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-2-mini" };
    private static readonly string[] s_bodies = [Words, Page, string.Empty];

    /// <summary>By these alone a gateway or a host turns a request away before anything behind it could take it (RFC 9110, 6585).</summary>
    private static readonly HashSet<int> s_turnedAway = [401, 403, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 429, 431];

    /// <summary>
    /// By these a host says that it took nothing, where it says so in its own JSON. One that takes the job and refuses it in its own words
    /// all the same cannot be told from one that took nothing; that much is left to trust.
    /// </summary>
    private static readonly HashSet<int> s_refusals = [400, 402, 406, 410, 412, 416, 418, 422, 423, 424, 428, 451];

    private static readonly TimeSpan s_longerThanAPause = TimeSpan.FromSeconds(10); // After a 429 nobody asks for a while.

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Send_AnyStatusThatIsNoRefusal_IsSentOnceAndNeverTakenForNotTaken(string provider)
    {
        ScriptedHandler host = new();
        using TestServices kit = new(host, store: _ => OneRecord.Store()); // One on disk would tell of a pause after the clock was moved.
        Account account = TestServices.Account(ProviderRegistry.Find(provider)!);
        SubmitSender sender = new(kit.Services.Client);
        SubmitOptions hasty = new() { SlotTimeout = TimeSpan.Zero };
        WireRequest request = WireRequest.Post("tasks", new JsonObject { ["prompt"] = "a fox" });
        string own = WireText.Lines(provider, "refusals.jsonl")[0];
        List<string> wrong = [];
        for (int status = 400; status <= 999; status++)
        {
            foreach (string body in (string[])[own, Page, string.Empty])
            {
                int before = host.Requests.Count;
                host.Otherwise = _ => ScriptedHandler.Response(status, body);
                SubmitIntent intent = new(OneRecord.Store(), "job");

                Task<SubmitAttempt> sending = sender.SendAsync(
                    account, request, new SeedanceJob { Id = "job" }, intent, hasty, kit.Output, Stop);
                await TurnAsync(sending, kit);
                SubmitAttempt attempt = await sending;
                kit.Time.Advance(s_longerThanAPause);

                SubmitOutcome[] expected = IsRefusal(status, body == own)
                    ? [SubmitOutcome.Rejected, SubmitOutcome.Throttled]
                    : [SubmitOutcome.Ambiguous];
                if (!expected.Contains(attempt.Outcome) || host.Requests.Count != before + 1)
                {
                    wrong.Add(FormattableString.Invariant(
                        $"{status}: {attempt.Outcome}, sent {host.Requests.Count - before} times, {body}"));
                }
            }

            host.Forget();
        }

        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} statuses; is {own} a refusal by IsOwnRefusal of {provider}?\n" + string.Join('\n', wrong.Take(5)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_HostTookIt_IsOnRecordAndInTheLedgerWhateverItSays(bool failover)
    {
        ScriptedHandler host = new();
        using TestServices kit = new(host);
        int accepted = 0;
        foreach (int status in (int[])[400, 402, 404, 406, 408, 409, 410, 418, 422, 424, 420, 425, 429, 444, 451, 460, 463, 499, 500, 501,
            502, 503, 504, 505, 507, 520, 522, 524, 530, 598, 599, 600, 999])
        {
            foreach (string body in s_bodies)
            {
                host.Otherwise = _ =>
                {
                    accepted += IsRefusal(status, body == Words) ? 0 : 1;
                    return ScriptedHandler.Response(status, body);
                };
                SubmitOptions options = new() { ContinueUnconfirmed = true, SlotTimeout = TimeSpan.Zero };

                await TurnAsync(
                    new SubmitVideo(kit.Services)
                    .RunAsync(new SubmitRow(s_request, failover ? [Muapi, Fal] : [Muapi], options), kit.Output, Stop), kit);
                kit.Output.Clear();
                kit.Time.Advance(s_longerThanAPause);
            }
        }

        List<StoredJob> records = [];
        await foreach (StoredJob record in kit.Services.Store.ListAsync(JobScope.All, error => Assert.Fail(error.Message), Stop))
        {
            records.Add(record);
        }

        Assert.NotEqual(0, accepted);
        Assert.Equal(accepted, records.Count);
        Assert.Equal(accepted, (await kit.Services.Store.SumSpendAsync(null, null, Stop)).Sum(day => day.Amount.Jobs));
        Assert.All(records, record => Assert.Equal(JobStatus.Unconfirmed, record.Job.State));
    }

    [Fact]
    public async Task Submit_OverARealConnection_IsOnRecordOnceForEachTheHostTook()
    {
        using RawHost host = new(["500 Oops", "522 ", "598 Timeout", "999 No", "499 Gone", "409 Conflict", string.Empty]);
        using TestServices kit = new(new SocketsHttpHandler(), TimeProvider.System);
        IProviderAdapter muapi = ProviderRegistry.Find("Muapi")!;
        Account account = new(muapi, host.Address, TestServices.Key) { Concurrency = 100 };
        while (host.Left > 0)
        {
            await new SubmitVideo(kit.Services)
                .RunAsync(PrepareSubmit.Run(account, s_request), new SubmitOptions { ContinueUnconfirmed = true }, kit.Output, Stop);
        }

        Assert.Equal(7, host.Accepted);
        Assert.Equal(7, kit.Output.Errors.Count(error => error.Code == ErrorCode.SubmitUnconfirmed));
        Assert.Equal(7, (await kit.Services.Store.SumSpendAsync(null, null, Stop)).Sum(day => day.Amount.Jobs));
    }

    private static bool IsRefusal(int status, bool isOwn) => s_turnedAway.Contains(status) || (isOwn && s_refusals.Contains(status));

    private static SubmitCandidate Muapi => Candidate("Muapi", "seedance-2-mini");

    private static SubmitCandidate Fal => Candidate("Fal", "seedance-2.0");

    /// <summary>One that waits to send again does so now, and is found out.</summary>
    private static Task TurnAsync(Task run, TestServices kit) => kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(40));

    private static SubmitCandidate Candidate(string provider, string model)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        Account account = new(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 1000 };
        return SubmitCandidate.Of(new AccountChoice(null, provider) { Account = account }, s_request with { Model = model });
    }

    /// <summary>A store of one record that is being submitted, without a disk.</summary>
    public class OneRecord : DispatchProxy
    {
        private StoredJob _record = new(new SeedanceJob { Id = "job", State = JobStatus.Submitting }) { IsUnsent = true };

        internal static IJobStore Store() => Create<IJobStore, OneRecord>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name is nameof(IJobStore.PauseAsync) or nameof(IJobStore.PauseOfAsync))
            {
                return Task.FromResult<HostPause?>(null);
            }

            Assert.Equal(nameof(IJobStore.UpdateAsync), targetMethod.Name);
            _record = ((Func<StoredJob, StoredJob>)args![1]!)(_record);
            return Task.FromResult<StoredJob?>(_record);
        }
    }

    /// <summary>
    /// Takes each job that it is sent in full and answers with the next status line; an empty one is a connection that ends without an
    /// answer.
    /// </summary>
    private sealed class RawHost : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly ConcurrentQueue<string> _lines;

        public RawHost(string[] lines)
        {
            _lines = new ConcurrentQueue<string>(lines);
            _listener.Start();
            Address = new Uri("http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)
                + "/");
            _ = ServeAsync();
        }

        public Uri Address { get; }

        public int Accepted { get; private set; }

        public int Left => _lines.Count;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (_lines.TryPeek(out string? line))
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(Stop);
                NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[65536];
                string request = string.Empty;
                while (!request.Contains("a fox", StringComparison.Ordinal))
                {
                    request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, Stop));
                }

                Accepted++;
                _lines.TryDequeue(out _);
                if (line.Length > 0)
                {
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes("HTTP/1.1 " + line
                        + "\r\nContent-Length: 2\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}"), Stop);
                }
            }
        }
    }
}
