using Microsoft.Win32.SafeHandles;

namespace Seedance.Benchmarks;

/// <summary>
/// B4: the product's save against the same pipeline written here without its hash and its checks: two buffers of the same size, writing while the network
/// fills the other, flushing ahead, a flush at the end and a rename. There is no switch in the product to turn integrity off.
/// </summary>
internal static class IntegrityBenchmark
{
    private const int BufferSize = 256 * 1024;
    private const int FlushEvery = 16 * 1024 * 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        using MediaServer server = await MediaServer.StartAsync(DownloadBenchmark.Size);
        Uri video = await server.MakeVideoAsync();
        string folder = bench.Folder();
        List<double> with = [], without = [];
        await DownloadBenchmark.SaveAsync(video, folder, "warm");
        await FetchAsync(video, folder);
        for (int round = 0; round < Bench.Rounds; round++)
        {
            with.Add(await Bench.SecondsAsync(() => DownloadBenchmark.SaveAsync(video, folder, "with")));
            without.Add(await Bench.SecondsAsync(() => FetchAsync(video, folder)));
        }

        return
        [
            new Measurement("speed with SHA-256 and checks / without", Bench.Median(without) / Bench.Median(with), Limit.Least(0.6), Limit.Least(0.9))
            {
                Samples = [("s with", with), ("s without", without)],
            },
        ];
    }

    private static async Task FetchAsync(Uri video, string folder)
    {
        string part = Path.Combine(folder, "plain.part");
        string target = Path.Combine(folder, "plain.mp4");
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using (HttpResponseMessage answer = await client.GetAsync(video, HttpCompletionOption.ResponseHeadersRead))
        using (Stream body = await answer.Content.ReadAsStreamAsync())
        using (FileStream file = new(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1))
        {
            SafeFileHandle handle = file.SafeFileHandle;
            byte[][] buffers = [new byte[BufferSize], new byte[BufferSize]];
            Task pending = Task.CompletedTask;
            Task flushing = Task.CompletedTask;
            long unflushed = 0;
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
                    unflushed += filled;
                    if (unflushed >= FlushEvery && flushing.IsCompleted)
                    {
                        unflushed = 0;
                        flushing = Task.Run(() => RandomAccess.FlushToDisk(handle));
                    }
                });
            }

            await flushing;
            file.Flush(flushToDisk: true);
        }

        File.Move(part, target, overwrite: true);
        File.Delete(target);
    }
}
