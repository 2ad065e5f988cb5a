using Seedance.Downloads;
using Seedance.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B4: the product's save against the same pipeline written here without its hash and its checks: two buffers of the same size, writing
/// while the network fills the other, the product's own flushing, and a rename. There is no switch in the product to turn integrity off.
/// Where loopback is faster than SHA-256, the hash alone is the measure, since one file's bytes are hashed one after the other.
/// </summary>
internal static class IntegrityBenchmark
{
    private const int BufferSize = 256 * 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        using MediaServer server = await MediaServer.StartAsync(DownloadBenchmark.Size);
        Uri video = await server.MakeVideoAsync();
        string folder = bench.Folder();
        List<double> with = [], without = [], hashes = [];
        using HttpClients clients = new(_ => null);
        for (int round = -1; round < Bench.Rounds; round++)
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

        return
        [
            new Measurement(
                "speed with SHA-256 and checks / without, or SHA-256 alone where that is slower",
                Math.Max(Bench.Median(without), Bench.Median(hashes)) / Bench.Median(with), Limit.Least(0.85), Limit.Least(0.97))
            {
                Samples = [("s with", with), ("s without", without), ("s SHA-256 alone", hashes)],
            },
            new Measurement(
                "speed with SHA-256 and checks / without", Bench.Median(without) / Bench.Median(with), Goal: Limit.Least(0.97)),
        ];
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
