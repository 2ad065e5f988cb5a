using Seedance.Accounts;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Transport;

namespace Seedance.Benchmarks;

/// <summary>B3: a large file to disk, checked, hashed and moved into place, against programs that only fetch.</summary>
internal static class DownloadBenchmark
{
    public const long Size = 256L * 1024 * 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        using MediaServer server = await MediaServer.StartAsync(Size);
        Uri video = await server.MakeVideoAsync();
        string folder = bench.Folder();
        string? curl = Bench.Find("curl");
        string? pwsh = Bench.Find("pwsh");
        List<double> ours = [], curls = [], webs = [];
        await SaveAsync(video, folder, "warm");
        for (int round = 0; round < Bench.Rounds; round++)
        {
            ours.Add(Mebibytes(await Bench.SecondsAsync(() => SaveAsync(video, folder, "ours"))));
            if (curl is not null)
            {
                string file = Path.Combine(folder, "curl.mp4");
                curls.Add(Mebibytes(await Bench.SecondsAsync(() => Bench.RunAsync(curl, "-s", "--noproxy", "*", "-o", file, video.AbsoluteUri))));
                File.Delete(file);
            }

            if (pwsh is not null && round < 3)
            {
                webs.Add(Mebibytes(await WebRequestAsync(pwsh, video, Path.Combine(folder, "web.mp4"))));
            }
        }

        return
        [
            curl is null
                ? Measurement.NotRun("throughput / curl", "curl is not there", Limit.Least(0.7), Limit.Least(1))
                : new Measurement("throughput / curl", Bench.Median(ours) / Bench.Median(curls), Limit.Least(0.7), Limit.Least(1))
                {
                    Samples = [("MiB/s ours", ours), ("MiB/s curl", curls)],
                },
            pwsh is null
                ? Measurement.NotRun("throughput / Invoke-WebRequest", "pwsh is not there")
                : new Measurement("throughput / Invoke-WebRequest", Bench.Median(ours) / Bench.Median(webs)) { Samples = [("MiB/s Invoke-WebRequest", webs)] },
        ];
    }

    public static async Task SaveAsync(Uri video, string folder, string name)
    {
        using HttpClients clients = new(_ => null);
        SeedanceJob job = new()
        {
            Id = JobId.Create(TimeProvider.System.GetUtcNow()),
            Provider = "Simulator",
            ProviderJobId = "bench",
            Status = JobStatus.Succeeded,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Outputs = [new JobOutput { Url = video }],
        };
        SeedanceJob saved = await new SaveOutputs(clients, TimeProvider.System).RunAsync(
            new SaveRequest
            {
                Job = job,
                Network = new NetworkSettings { NoProxy = true },
                Destination = folder,
                NameTemplate = name,
                Force = true,
                Sidecar = false,
                Refresh = static _ => Task.FromResult<SeedanceJob?>(null),
            },
            SilentOutput.Instance,
            CancellationToken.None);
        File.Delete(saved.Outputs[0].Path!);
    }

    private static double Mebibytes(double seconds) => Size / 1048576.0 / seconds;

    /// <summary>Timed inside the engine: its start is not the download's.</summary>
    private static async Task<double> WebRequestAsync(string pwsh, Uri video, string file)
    {
        string script = $"$ProgressPreference='SilentlyContinue'; (Measure-Command {{ Invoke-WebRequest -NoProxy -Uri '{video}' -OutFile '{file}' }}).TotalSeconds.ToString([cultureinfo]::InvariantCulture)";
        double seconds = double.Parse((await Bench.RunAsync(pwsh, "-NoProfile", "-NonInteractive", "-Command", script)).Trim(), CultureInfo.InvariantCulture);
        File.Delete(file);
        return seconds;
    }
}
