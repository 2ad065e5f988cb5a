using Seedance.Downloads;
using Seedance.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B4: the product's save against the same pipeline written here without its hash and its checks: two buffers of the same size, writing
/// while the network fills the other, the product's own flushing, and a rename. There is no switch in the product to turn integrity off.
/// Over a link of 1 Gbit/s integrity may cost next to nothing. Loopback itself is faster than SHA-256 is on many processors, and bytes of
/// one file are hashed one after the other: there the hash alone is shown beside.
/// </summary>
internal static class IntegrityBenchmark
{
    private const int BufferSize = 256 * 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        using MediaServer server = await MediaServer.StartAsync(DownloadBenchmark.Size);
        using PacedLink link = new(server.Address);
        Uri video = await server.MakeVideoAsync();
        return
        [
            await CompareAsync(bench, PacedLink.Name, link.Over(video), Limit.Least(0.97), rounds: 3),
            await CompareAsync(bench, string.Empty, video, gate: null, Bench.Rounds),
        ];
    }

    private static async Task<Measurement> CompareAsync(Bench bench, string what, Uri video, Limit? gate, int rounds)
    {
        string folder = bench.Folder();
        List<double> with = [], without = [], hashes = [];
        using HttpClients clients = new(_ => null);
        for (int round = -1; round < rounds; round++)
        {
            double checkedSeconds = await TimedAsync(() => DownloadBenchmark.SaveAsync(clients, video, folder, "with"));
            double plainSeconds = await TimedAsync(() => FetchAsync(video, folder));
            double hashSeconds = await DownloadBenchmark.HashAsync(DownloadBenchmark.Size, files: 1);
            if (round >= 0) // The one before warms up.
            {
                with.Add(checkedSeconds);
                without.Add(plainSeconds);
                hashes.Add(hashSeconds);
            }
        }

        double ratio = Bench.Median(without) / Bench.Median(with);
        return new Measurement(what + "speed with SHA-256 and checks / without", ratio, gate, Limit.Least(0.97))
        {
            Samples = [("s with", with), ("s without", without), ("s SHA-256 alone", hashes)],
        };
    }

    /// <summary>Seconds until the file is in place; its end is not timed.</summary>
    private static async Task<double> TimedAsync(Func<Task<string>> fetch)
    {
        string file = string.Empty;
        double seconds = await Bench.SecondsAsync(async () => file = await fetch());
        File.Delete(file);
        return seconds;
    }

    private static async Task<string> FetchAsync(Uri video, string folder)
    {
        string part = Path.Combine(folder, "plain.part");
        string target = Path.Combine(folder, "plain.mp4");
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using (HttpResponseMessage answer = await client.GetAsync(video, HttpCompletionOption.ResponseHeadersRead))
        using (Stream body = await answer.Content.ReadAsStreamAsync())
        using (FileStream file = new(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1))
        {
            DiskFlush disk = new(file);
            byte[][] buffers = [new byte[BufferSize], new byte[BufferSize]];
            Task pending = Task.CompletedTask;
            for (int turn = 0; ; turn ^= 1)
            {
                byte[] buffer = buffers[turn];
                int filled = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
                await pending;
                if (filled == 0)
                {
                    break;
                }

                pending = Task.Run(() =>
                {
                    file.Write(buffer, 0, filled);
                    disk.Begin(filled);
                });
            }

            disk.Finish();
        }

        File.Move(part, target, overwrite: true);
        return target;
    }
}
