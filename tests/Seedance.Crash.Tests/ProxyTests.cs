using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Simulator;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Crash.Tests;

/// <summary>A proxy that drops connections, for real.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-proxy-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Proxy_DropsConnections_NothingIsPaidTwiceAndEachEndsWithItsVideoOrItsOneError(bool onServer)
    {
        using PostgresBench? database = onServer ? new PostgresBench(mayBeUsed: true) : null;
        SimulatorEngine host = new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 200_000 });
        using SimulatorServer server = SimulatorServer.Start(host);
        using DroppingProxy proxy = new((method, count) =>
            method == "POST"
                ? (count % 5) switch { 1 => DroppingProxy.Drop.BeforeTheHost, 3 => DroppingProxy.Drop.AfterTheHost,
                _ => DroppingProxy.Drop.No }
            : count % 3 == 1 ? DroppingProxy.Drop.BeforeTheHost : DroppingProxy.Drop.No);
        new ProfileStore(_home)
            .Save(new SeedanceProfile { Name = "behind", Provider = "Simulator", BaseUri = new Uri(server.BaseUri, "simulator"),
            Proxy = proxy.Address, Concurrency = 100 });
        using SeedanceServices services = new(
            name => name == "SEEDANCE_HOME" ? _home : name == StoreChoice.Variable ? database?.ConnectionString : null,
            new FastClock(TimeProvider.System.GetUtcNow(), hasty: false),
            _ => null);
        Account account = services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Profile = "behind" });
        RecordingOutput submitted = new();
        for (int i = 0; i < 20; i++)
        {
            PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest { Prompt = FormattableString.Invariant($"kite {i}") });
            await new SubmitVideo(services).RunAsync(prepared, new SubmitOptions { ContinueUnconfirmed = true }, submitted, Stop);
        }

        RecordingOutput ended = new();
        JobLookup lookup = new(services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(services, lookup, new WaitOptions());
        foreach (SeedanceJob job in submitted.Jobs)
        {
            await wait.AddAsync(new JobReference(job.Id), ended, Stop);
        }

        await wait.FinishAsync(ended, Stop);
        RecordingOutput saved = new();
        foreach (SeedanceJob job in ended.Jobs)
        {
            await new SaveJobs(services, lookup)
                .RunAsync(new JobReference(job.Id), new SaveJobOptions { Destination = Path.Combine(_home, "videos") }, saved, Stop);
        }

        Assert.True(proxy.DroppedBefore > 10 && proxy.DroppedAfter >= 4,
            FormattableString.Invariant($"{proxy.DroppedBefore} and {proxy.DroppedAfter} were dropped"));
        Assert.Equal(20, submitted.Jobs.Count + submitted.Errors.Count);
        Assert.Equal(submitted.Jobs.Count, ended.Jobs.Count);
        Assert.Empty(ended.Errors);
        Assert.Empty(saved.Errors);
        Assert.Equal(submitted.Jobs.Count, Directory.GetFiles(Path.Combine(_home, "videos"), "*.mp4").Length);
        Assert.Equal(host.Tasks.Count, host.Tasks.Select(task => task.Prompt).Distinct().Count());
        HashSet<string?> known = [.. submitted.Jobs.Select(job => job.ProviderJobId)];
        int unknown = submitted.Errors.Count(error => error.Code == ErrorCode.SubmitUnconfirmed);
        Assert.True(
            host.Tasks.Count(task => !known.Contains(task.Id)) <= unknown, "a task that is paid for is known or on record as unconfirmed");
    }
}
