using System.Security.Cryptography;
using Seedance.Accounts;
using Seedance.Downloads;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B3: large files to disk, checked, hashed and moved into place, against programs that only fetch. What each made is deleted after its
/// time is taken: a delete costs a fifth of a download here. Over a link of 1 Gbit/s nothing may be lost to curl. Loopback itself is faster
/// than SHA-256 is on many processors, and bytes of one file are hashed one after the other: there the hash alone is shown beside.
/// </summary>
internal static class DownloadBenchmark
{
    public const long Size = 256 * Mebibyte;
    private const long Mebibyte = 1024 * 1024;
    private const int AtOnce = 16;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench) =>
    [
        .. await CompareAsync(bench, PacedLink.Name, isPaced: true, Size, files: 1, rounds: 3),
        .. await CompareAsync(bench, PacedLink.Name + "16 at once: ", isPaced: true, bench.Times(32) * Mebibyte, AtOnce, rounds: 2),
        .. await CompareAsync(bench, string.Empty, isPaced: false, Size, files: 1, Bench.Rounds),
        .. await CompareAsync(bench, "2 GiB: ", isPaced: false, bench.Times(2048) * Mebibyte, files: 1, rounds: 3),
        .. await CompareAsync(bench, "16 at once: ", isPaced: false, bench.Times(64) * Mebibyte, AtOnce, rounds: 5),
    ];

    private static async Task<IReadOnlyList<Measurement>> CompareAsync(
        Bench bench, string what, bool isPaced, long size, int files, int rounds)
    {
        using MediaServer server = await MediaServer.StartAsync(size);
        using PacedLink link = new(server.Address);
        List<Uri> videos = [];
        for (int file = 0; file < files; file++)
        {
            Uri video = await server.MakeVideoAsync();
            videos.Add(isPaced ? link.Over(video) : video);
        }

        string folder = bench.Folder();
        string? curl = Bench.Find("curl");
        List<double> ours = [], curls = [], webs = [], hashes = [];
        await FetchAsync(videos, folder);
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await FetchAsync(videos, folder));
            hashes.Add(await HashAsync(size, files));
            if (curl is not null)
            {
                curls.Add(await CurlAsync(curl, videos, folder));
            }

            if (files == 1 && !isPaced && round < 3)
            {
                webs.Add(await WebRequestAsync(videos[0], Path.Combine(folder, "web.mp4")));
            }
        }

        List<Measurement> measured = [Compare("curl", curls, isPaced ? Limit.Least(0.9) : null)];
        if (webs.Count > 0)
        {
            measured.Add(Compare("Invoke-WebRequest", webs, Limit.Least(1)));
        }

        return measured;

        Measurement Compare(string other, List<double> theirs, Limit? gate)
        {
            string name = what + "throughput / " + other;
            Limit goal = Limit.Least(1);
            return theirs.Count == 0
                ? Measurement.NotRun(name, other + " is not there", gate, goal)
                : new Measurement(name, Bench.Median(theirs) / Bench.Median(ours), gate, goal)
                {
                    Samples = [("MiB/s ours", Rates(ours)), ("MiB/s " + other, Rates(theirs)), ("MiB/s SHA-256 alone", Rates(hashes))],
                };
        }

        double[] Rates(List<double> seconds) => [.. seconds.Select(each => (double)size * files / Mebibyte / each)];
    }

    /// <summary>Seconds until all are in place.</summary>
    private static async Task<double> FetchAsync(IReadOnlyList<Uri> videos, string folder)
    {
        string[] saved = [];
        using HttpClients clients = new(_ => null);
        double seconds =
            await Bench.SecondsAsync(
            async () => saved = await Task.WhenAll(videos.Select((video, index) => SaveAsync(clients, video, folder, "ours" + index))));
        Array.ForEach(saved, File.Delete);
        return seconds;
    }

    /// <summary>Seconds that the hashes alone take, of bytes in the processor's cache; as many at once as there are files.</summary>
    public static Task<double> HashAsync(long size, int files) => Bench.SecondsAsync(() => Task.WhenAll(
        Enumerable.Range(0, files).Select(_ => Task.Run(() =>
        {
            byte[] block = new byte[BodyCopy.BlockSize];
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (long left = size; left > 0; left -= block.Length)
            {
                hash.AppendData(block, 0, (int)Math.Min(left, block.Length));
            }

            hash.GetHashAndReset();
        }))));

    private static async Task<double> CurlAsync(string curl, IReadOnlyList<Uri> videos, string folder)
    {
        string[] files = [.. videos.Select((_, index) => Path.Combine(folder, "curl" + index + ".mp4"))];
        string[] each = [.. videos.SelectMany((video, index) => new[] { "-o", files[index], video.AbsoluteUri })];
        string[] all = videos.Count > 1 ? ["-Z", "--parallel-max", AtOnce.ToString(CultureInfo.InvariantCulture), .. each] : each;
        double seconds = await Bench.SecondsAsync(() => Bench.RunAsync(curl, ["-s", "--noproxy", "*", .. all]));
        Array.ForEach(files, File.Delete);
        return seconds;
    }

    /// <returns>Where it is.</returns>
    public static async Task<string> SaveAsync(HttpClients clients, Uri video, string folder, string name)
    {
        SeedanceJob job = new()
        {
            Id = JobId.Create(TimeProvider.System.GetUtcNow()),
            Provider = "Simulator",
            ProviderJobId = "bench",
            State = JobStatus.Succeeded,
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
            NullOutput.Instance,
            CancellationToken.None);
        return saved.Outputs[0].Path!;
    }

    /// <summary>Timed inside the engine: its start is not the download's.</summary>
    private static async Task<double> WebRequestAsync(Uri video, string file)
    {
        string script =
            $"$ProgressPreference='SilentlyContinue'; (Measure-Command {{ Invoke-WebRequest -NoProxy -Uri '{video}' -OutFile '{file}' }}).TotalSeconds.ToString([cultureinfo]::InvariantCulture)";
        double seconds = double.Parse(
            (await Bench.EngineAsync("-Command", script)).Trim(), CultureInfo.InvariantCulture);
        File.Delete(file);
        return seconds;
    }
}
