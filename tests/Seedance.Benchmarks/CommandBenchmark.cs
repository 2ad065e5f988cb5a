using System.Text.Json;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Transport;
using Seedance.Store;

namespace Seedance.Benchmarks;

/// <summary>
/// B2: asking for one job, again and again: the operation against a bare HttpClient; and for many by the cmdlet against Invoke-RestMethod,
/// at a host as near as a host can be, and at one that answers at once, where only the processor counts: how much of it both use depends on
/// how long they have run, since the runtime compiles them better by and by.
/// </summary>
internal static class CommandBenchmark
{
    private const int Jobs = 10; // More than are asked about at once.
    private static readonly TimeSpan s_away = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        int each = bench.Times(2000);
        SimulatorEngine engine = new(new SimulatorOptions { RunTime = TimeSpan.FromHours(1) });
        using SimulatorServer server = SimulatorServer.Start(engine);
        string home = bench.Folder();
        using SeedanceServices services = Bench.Services(home, server.BaseUri);
        (string id, Uri address) = await FillAsync(services, server.BaseUri);

        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        GetJobs jobs = new(services, new JobLookup(services, static (_, _) => null, apiKey: null));
        List<double> ours = [], bare = [];
        for (int round = 0; round < Bench.Rounds; round++)
        {
            int count = each / Bench.Rounds;
            bare.Add(count / await Bench.SecondsAsync(async () =>
            {
                for (int i = 0; i < count; i++)
                {
                    using JsonDocument _ = JsonDocument.Parse(await client.GetByteArrayAsync(address));
                }
            }));
            ours.Add(count / await Bench.SecondsAsync(async () =>
            {
                for (int i = 0; i < count; i++)
                {
                    await jobs.ByIdAsync(new JobReference(id), refresh: true, NullOutput.Instance, CancellationToken.None);
                }
            }));
        }

        SimulatorEngine remote = new(new SimulatorOptions
        {
            RunTime = TimeSpan.FromHours(1),
            Faults = [SimulatorFault.Parse(FormattableString.Invariant($"poll:* delay {s_away.TotalSeconds}"))],
        });
        using SimulatorServer away = SimulatorServer.Start(remote);
        string elsewhere = bench.Folder();
        using SeedanceServices others = Bench.Services(elsewhere, away.BaseUri);
        (string far, Uri farAddress) = await FillAsync(others, away.BaseUri);

        return
        [
            await CmdletAsync("host 20 ms away", Limit.Least(2), elsewhere, away.BaseUri, far, farAddress, each / 2),
            await CmdletAsync("host answers at once", gate: null, home, server.BaseUri, id, address, each),
            new Measurement("operation / bare HttpClient, requests per second",
                Bench.Median(ours) / Bench.Median(bare)) { Samples = [("operation", ours), ("HttpClient", bare)] },
        ];
    }

    private static async Task<Measurement> CmdletAsync(
        string where, Limit? gate, string home, Uri simulator, string id, Uri address, int each)
    {
        string what = "Get-SeedanceJob -Refresh / Invoke-RestMethod, requests per second, " + where;
        if (Bench.Module() is not { } module)
        {
            return Measurement.NotRun(what, "the module is not built (out/Seedance.PowerShell)", gate, Limit.Least(3));
        }

        string script = FormattableString.Invariant($$"""
            $env:SEEDANCE_HOME = '{{home}}'; $env:SEEDANCE_SIMULATOR_URL = '{{new Uri(simulator, "simulator")}}'
            Import-Module '{{module}}'
            $ids = @((Get-SeedanceJob).Id) * {{Math.Max(1, each / Bench.Rounds / Jobs)}}; $n = $ids.Count
            $null = Get-SeedanceJob -Id '{{id}}' -Refresh; $null = Invoke-RestMethod '{{address}}' -NoProxy -SessionVariable web
            1..{{Bench.Rounds}} | ForEach-Object {
                $a = (Measure-Command { $ids | Get-SeedanceJob -Refresh }).TotalSeconds
                $b = (Measure-Command { foreach ($i in $ids) { $null = Invoke-RestMethod '{{address}}' -NoProxy -WebSession $web } }).TotalSeconds
                [string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $n / $a, $n / $b)
            }
            """);
        string[] lines = (await Bench.EngineAsync("-Command", script))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        double[][] pairs =
            [.. lines.Select(line => line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        double[] ours = [.. pairs.Select(pair => pair[0])];
        double[] theirs = [.. pairs.Select(pair => pair[1])];
        return new Measurement(what, Bench.Median(ours) / Bench.Median(theirs), gate, Limit.Least(3))
        {
            Samples = [("cmdlet", ours), ("Invoke-RestMethod", theirs)],
        };
    }

    /// <summary>The first of the jobs that are asked about.</summary>
    private static async Task<(string Id, Uri Address)> FillAsync(SeedanceServices services, Uri simulator)
    {
        var first = await SubmitAsync(services, simulator);
        for (int more = 1; more < Jobs; more++)
        {
            await SubmitAsync(services, simulator);
        }

        return first;
    }

    private static async Task<(string Id, Uri Address)> SubmitAsync(SeedanceServices services, Uri simulator)
    {
        var account = services.Accounts(static (_, _) => null).Resolve(new Accounts.AccountSelection { Provider = "Simulator" });
        await new SubmitVideo(services)
            .RunAsync(PrepareSubmit.Run(account, new VideoRequest { Prompt = "a kite" }), new SubmitOptions(), NullOutput.Instance,
            CancellationToken.None);
        await foreach (StoredJob job in services.Store.ListAsync(JobScope.All, static error => throw error, CancellationToken.None))
        {
            return (job.Job.Id, new Uri(simulator, "simulator/jobs/" + job.Job.ProviderJobId));
        }

        throw new InvalidOperationException("The submit left no record.");
    }
}
