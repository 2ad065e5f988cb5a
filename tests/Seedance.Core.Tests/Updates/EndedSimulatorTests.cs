using System.Net.Sockets;
using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Updates;

/// <summary>
/// A simulator that listened on a port and has ended takes its jobs with it: nobody waits for them, and nobody's key is asked for or sent.
/// </summary>
public sealed class EndedSimulatorTests
{
    private static readonly Uri s_port = new("http://127.0.0.1:4711/acme");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_NobodyListensThereAnyMore_ExpiresAtTheFirstPoll()
    {
        using WaitScene scene = new(network: Refusing());
        StoredJob job = await AddAsync(scene, s_port);

        await RunAsync(scene, job, TimeSpan.FromMinutes(2));

        SeedanceJob ended = Assert.Single(scene.Output.Jobs);
        Assert.Equal(JobStatus.Expired, ended.State);
        Assert.Equal(ErrorCode.JobExpired, Assert.Single(scene.Output.Errors).Code);
        Assert.Contains("127.0.0.1:4711 has ended", ended.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Expired, (await scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Wait_ARealHostRefusesConnections_WarnsOnceWithTheReasonAndGoesOn()
    {
        using WaitScene scene = new(network: Refusing());
        StoredJob job = scene.Make();
        await scene.Services.Store.AddAsync(job, Stop);

        await scene.TurnAsync(scene.RunAsync([job], TimeSpan.FromMinutes(5), stop: Stop));

        Assert.Equal(ErrorCode.WaitTimeout, Assert.Single(scene.Output.Errors).Code);
        string warning = Assert.Single(scene.Output.Warnings);
        Assert.Contains(job.Job.Endpoint!.Authority, warning, StringComparison.Ordinal);
        Assert.Contains("3 polls in a row", warning, StringComparison.Ordinal);
        Assert.Contains("could not be reached", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("may have arrived", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_TheHostIsBackBetweenTwoSilences_WarnsOfEach()
    {
        int asked = 0;
        using ScriptedHandler network = new() { Otherwise = _ => ++asked == 5
            ? ScriptedHandler.Response(200, """{"status":"running"}""")
            : throw Refusal() };
        using WaitScene scene = new(network: network);
        StoredJob job = scene.Make();
        await scene.Services.Store.AddAsync(job, Stop);

        await scene.TurnAsync(scene.RunAsync([job], TimeSpan.FromMinutes(10), stop: Stop));

        Assert.True(asked > 8);
        Assert.Equal(2, scene.Output.Warnings.Count);
    }

    [Fact]
    public void AccountOf_JobOfASimulator_NeedsAndUsesNoRealKey()
    {
        using TestServices scene = new(Refusing());
        SeedanceJob job = new() { Id = "j", Provider = "Muapi", Endpoint = s_port, IsSimulated = true };
        JobLookup lookup = new(scene.Services, (_, _) => null, apiKey: null);

        Assert.True(lookup.AccountOf(job).IsSimulated);

        scene.Variables["MUAPI_API_KEY"] = "a-real-key-of-somebody";
        Assert.True(new JobLookup(scene.Services, (_, _) => null, apiKey: null).AccountOf(job).IsSimulated);
    }

    [Fact]
    public void AccountOf_JobOfASimulatorThatIsSetUp_IsAskedWithTheKeyThatMadeIt()
    {
        using TestServices scene = new(Refusing());
        scene.Variables["MUAPI_API_KEY"] = "own-key";
        scene.Variables["SEEDANCE_MUAPI_URL"] = s_port.AbsoluteUri;
        SeedanceJob job = new() { Id = "j", Provider = "Muapi", Endpoint = s_port, IsSimulated = true };

        Account account = new JobLookup(scene.Services, (_, _) => null, apiKey: null).AccountOf(job);

        WireRequest signed = account.Sign(account.Adapter.BuildPoll(new ProviderJob { Id = "p1", WireModel = "m" }));
        Assert.Contains(signed.Headers, header => header.Value.Contains("own-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EndSimulatedJobs_ExpiresWhatWasThereAndNothingElse()
    {
        using WaitScene scene = new();
        StoredJob there = await AddAsync(scene, s_port);
        StoredJob elsewhere = await AddAsync(scene, new Uri("http://127.0.0.1:4712/acme"));
        StoredJob real = scene.Make(job => job with { Endpoint = s_port });
        await scene.Services.Store.AddAsync(real, Stop);

        await new EndSimulatedJobs(scene.Services).RunAsync(new Uri("http://127.0.0.1:4711/"), scene.Output, Stop);

        Assert.Equal(JobStatus.Expired, await StatusOfAsync(scene, there));
        Assert.Equal(JobStatus.Running, await StatusOfAsync(scene, elsewhere));
        Assert.Equal(JobStatus.Running, await StatusOfAsync(scene, real));
        Assert.Contains(there.Job.Id, Assert.Single(scene.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void StoppedWait_SaysWhatGoesOnWhatItCostsAndHowToGoOn()
    {
        SeedanceJob one = new() { Id = "20261125-191228-951ax9p", Provider = "Muapi",
            EstimatedCost = new SeedanceCost { Amount = 0.32m, Unit = "USD", IsEstimate = true } };

        Assert.Null(StoppedWait.Describe([]));
        Assert.Equal(
            "20261125-191228-951ax9p goes on at Muapi, for about 0.32 USD. Go on with: Get-SeedanceJob -Id 20261125-191228-951ax9p | Wait-SeedanceJob | Save-SeedanceVideo",
            StoppedWait.Describe([one]));
        Assert.StartsWith("2 jobs go on at Muapi, Fal, for about 0.64 USD. Go on with: Get-SeedanceJob -Unfinished |",
            StoppedWait.Describe([one, one with { Provider = "Fal" }]), StringComparison.Ordinal);
        Assert.Contains("simulated", StoppedWait.Describe([one with { IsSimulated = true }]), StringComparison.Ordinal);
    }

    private static ScriptedHandler Refusing() => new() { Otherwise = _ => throw Refusal() };

    private static HttpRequestException Refusal() => new("refused", new SocketException((int)SocketError.ConnectionRefused));

    private static async Task<StoredJob> AddAsync(WaitScene scene, Uri endpoint)
    {
        StoredJob job = scene.Make(made => made with { IsSimulated = true, Endpoint = endpoint });
        await scene.Services.Store.AddAsync(job, Stop);
        return job;
    }

    private static async Task RunAsync(WaitScene scene, StoredJob job, TimeSpan timeout)
    {
        Account account = new(scene.Adapter, job.Job.Endpoint!, TestServices.Key);
        using WaitForJobs wait = new(
            scene.Services, new JobLookup(scene.Services, (_, _) => null, apiKey: null, [account]), new WaitOptions { Timeout = timeout });
        await wait.AddAsync(new JobReference(job.Job.Id), scene.Output, Stop);
        await scene.TurnAsync(scene.FinishAsync(wait, scene.Output, Stop));
    }

    private static async Task<JobStatus> StatusOfAsync(WaitScene scene, StoredJob job) =>
        (await scene.Services.Store.FindAsync(job.Job.Id, Stop))!.Job.State;
}
