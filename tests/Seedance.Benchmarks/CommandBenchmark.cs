using System.Text.Json;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Transport;
using Seedance.Store;

namespace Seedance.Benchmarks;

/// <summary>
/// B2: asking for one job, again and again: the operation against a bare HttpClient; and for many by the cmdlet against Invoke-RestMethod.
/// </summary>
internal static class CommandBenchmark
{
    private const int Jobs = 10; // More than are asked about at once.

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        int each = bench.Times(2000);
        SimulatorEngine engine = new(new SimulatorOptions { RunTime = TimeSpan.FromHours(1) });
        using SimulatorServer server = SimulatorServer.Start(engine);
        string home = bench.Folder();
        using SeedanceServices services = Bench.Services(home, server.BaseUri);
        (string id, Uri address) = await SubmitAsync(services, server.BaseUri);
        for (int more = 1; more < Jobs; more++)
        {
            await SubmitAsync(services, server.BaseUri);
        }

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

        return
        [
            await CmdletAsync(home, server.BaseUri, id, address, each),
            new Measurement("operation / bare HttpClient, requests per second",
                Bench.Median(ours) / Bench.Median(bare)) { Samples = [("operation", ours), ("HttpClient", bare)] },
        ];
    }

    private static async Task<Measurement> CmdletAsync(string home, Uri simulator, string id, Uri address, int each)
    {
        const string What = "Get-SeedanceJob -Refresh / Invoke-RestMethod, requests per second";
        if (Bench.Module() is not { } module)
        {
            return Measurement.NotRun(What, "the module is not built (out/Seedance.PowerShell)", Limit.Least(2), Limit.Least(3));
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
        return new Measurement(What, Bench.Median(ours) / Bench.Median(theirs), Limit.Least(2),
            Limit.Least(3)) { Samples = [("cmdlet", ours), ("Invoke-RestMethod", theirs)] };
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
