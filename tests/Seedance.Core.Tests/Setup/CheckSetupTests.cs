using System.Net.Sockets;
using Seedance.Accounts;
using Seedance.Records;
using Seedance.Setup;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Setup;

public sealed class CheckSetupTests
{
    private static readonly Version s_engine = new(7, 6, 9);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_NewMachine_SaysThatThereIsNoKeyAndFailsNothing()
    {
        using TestServices scene = new(new ScriptedHandler());

        IReadOnlyDictionary<string, SeedanceCheck> checks = await RunAsync(scene, []);

        Assert.DoesNotContain(checks.Values, check => check.Outcome == CheckResult.Failed);
        Assert.Equal(CheckResult.Warning, checks["Keys"].Outcome);
        Assert.Contains("-Provider Simulator", checks["Keys"].RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(CheckResult.Passed, checks["State folder"].Outcome);
        Assert.Empty(Directory.GetFiles(scene.Home));
    }

    [Fact]
    public async Task RunAsync_HostWithAnotherClock_WarnsOfTheClock()
    {
        using ScriptedHandler network = new();
        using TestServices scene = new(network);
        network.Otherwise = _ => ScriptedHandler.Response(404, "{}", ("Date", scene.Time.GetUtcNow().AddMinutes(-10).ToString("R")));

        IReadOnlyDictionary<string, SeedanceCheck> checks = await RunAsync(scene, [new SetupAccount("Acme", TestServices.Account(), null)]);

        Assert.Equal(CheckResult.Passed, checks["Host Acme"].Outcome);
        Assert.Equal(CheckResult.Skipped, checks["Key Acme"].Outcome);
        Assert.Equal((CheckResult.Warning, "Is 600 s ahead of acme.example."), (checks["Clock"].Outcome, checks["Clock"].Message));
        Assert.All(network.Requests, request => Assert.DoesNotContain(TestServices.Key, request.Headers, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_HostThatCannotBeReached_FailsWithTheReasonAndGoesOn()
    {
        using ScriptedHandler network =
            new() { Otherwise = _ => throw new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused)) };
        using TestServices scene = new(network);

        IReadOnlyDictionary<string, SeedanceCheck> checks = await RunAsync(scene, [new SetupAccount("Acme", TestServices.Account(), null)]);

        Assert.Equal(CheckResult.Failed, checks["Host Acme"].Outcome);
        Assert.Contains("acme.example cannot be reached", checks["Host Acme"].Message, StringComparison.Ordinal);
        Assert.Equal(CheckResult.Skipped, checks["Key Acme"].Outcome);
        Assert.Contains("Stuck jobs", checks.Keys);
    }

    [Fact]
    public async Task RunAsync_JobsThatNeedSomebody_AreCountedWithTheCommandToRun()
    {
        using TestServices scene = new(new ScriptedHandler());
        DateTimeOffset now = scene.Time.GetUtcNow();
        await AddAsync(scene, new SeedanceJob { Id = JobId.Create(now), State = JobStatus.Unconfirmed, CreatedAt = now });
        await AddAsync(scene,
            new SeedanceJob { Id = JobId.Create(now.AddDays(-2)), State = JobStatus.Running, ProviderJobId = "a",
            CreatedAt = now.AddDays(-2) });
        JobOutput soonGone = new() { Url = new Uri("https://cdn.acme.example/v.mp4"), ExpiresAt = now.AddHours(1) };
        await AddAsync(scene,
            new SeedanceJob { Id = JobId.Create(now), State = JobStatus.Succeeded, ProviderJobId = "b", CreatedAt = now,
            CompletedAt = now.AddHours(-23), Outputs = [soonGone] });

        IReadOnlyDictionary<string, SeedanceCheck> checks = await RunAsync(scene, []);

        Assert.StartsWith("1 jobs may have been paid", checks["Jobs in doubt"].Message, StringComparison.Ordinal);
        Assert.Equal(CheckResult.Warning, checks["Stuck jobs"].Outcome);
        Assert.Equal("Get-SeedanceJob -ExpiringWithin 6:00 | Save-SeedanceVideo", checks["Expiring videos"].RecommendedAction);
    }

    [Theory]
    [InlineData("5.1.26100.1", CheckResult.Passed)]
    [InlineData("7.2.0", CheckResult.Failed)]
    [InlineData("7.4.0", CheckResult.Passed)]
    public void EngineCheck_KnowsWhatItRunsIn(string version, CheckResult expected) =>
        Assert.Equal(expected, EngineCheck.Run(new Version(version)).Outcome);

    private static Task AddAsync(TestServices scene, SeedanceJob job) =>
        scene.Services.Store.AddAsync(
            new StoredJob(job with { Provider = "Acme", Model = "m", WireModel = "m", Request = new VideoRequest() }), Stop);

    private static async Task<IReadOnlyDictionary<string, SeedanceCheck>> RunAsync(TestServices scene, IReadOnlyList<SetupAccount> accounts)
    {
        await new CheckSetup(scene.Services, accounts, new SetupOptions(s_engine, Offline: false)).RunAsync(scene.Output, Stop);
        return scene.Output.Of("output").Cast<SeedanceCheck>().ToDictionary(check => check.Name, StringComparer.Ordinal);
    }
}
