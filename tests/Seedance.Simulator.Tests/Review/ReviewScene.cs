using Seedance.Jobs.Review;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Review;

/// <summary>Saved clips in a folder and a server that shows them.</summary>
internal sealed class ReviewScene : IDisposable
{
    private static readonly Lazy<byte[]> s_clip = new(ReadClip);
    private readonly CancellationTokenSource _stop = new();

    public ReviewScene(int count, Func<int, SeedanceJob, SeedanceJob>? change = null)
    {
        Jobs = [.. Enumerable.Range(0, count).Select(i => change?.Invoke(i, Job(i)) ?? Job(i))];
        Page = new ReviewPage(
            [.. Jobs.Select(
            job => ReviewClip.Of(job, new FinalPrice(new SeedanceCost { Amount = 1.5m, Unit = "USD", IsEstimate = true }, "1080p")))]);
        Server = new ReviewServer(Page, RateAsync, TimeProvider.System);
        Choice = Server.RunAsync(_stop.Token);
    }

    /// <summary>What the simulator serves.</summary>
    public static byte[] Clip => s_clip.Value;

    public string Folder { get; } = Directory.CreateTempSubdirectory("seedance-review-").FullName;

    public SeedanceJob[] Jobs { get; }

    public ReviewPage Page { get; }

    public ReviewServer Server { get; }

    public Task<IReadOnlyList<string>?> Choice { get; }

    public List<(string Id, int? Rating)> Ratings { get; } = [];

    /// <summary>Returns when the server knows of that many.</summary>
    public Task TickedAsync(int count) => Outside.UntilAsync(() => Server.Ticked.Count == count);

    public string WriteFile()
    {
        string path = Path.Combine(Folder, "review.html");
        File.WriteAllBytes(path, Page.ForFolder(Folder, "review.html", DateTimeOffset.UnixEpoch));
        return new Uri(path).AbsoluteUri;
    }

    public void Dispose()
    {
        _stop.Cancel();
        Server.Dispose();
        _stop.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static byte[] ReadClip()
    {
        using Stream clip = typeof(SimulatorEngine).Assembly.GetManifestResourceStream("Seedance.Simulator.Media.clip.mp4")!;
        using MemoryStream bytes = new();
        clip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private SeedanceJob Job(int number)
    {
        string path = Path.Combine(Folder, number.ToString("000", CultureInfo.InvariantCulture) + ".mp4");
        File.WriteAllBytes(path, Clip);
        return new SeedanceJob
        {
            Id = "20261125-190000-" + number.ToString("x7", CultureInfo.InvariantCulture),
            Provider = "Muapi",
            Model = "seedance-2-mini",
            Prompt = number % 2 == 0 ? "a mug, soft morning light" : "a mug, neon dusk",
            State = JobStatus.Succeeded,
            Tag = "shot-" + (number / 4).ToString(CultureInfo.InvariantCulture),
            Take = (number % 4) + 1,
            Seed = number,
            ActualCost = new SeedanceCost { Amount = 0.32m, Unit = "USD" },
            Outputs = [new JobOutput { Path = path, DurationSeconds = 2 }],
        };
    }

    private Task RateAsync(string id, int? rating, CancellationToken stop)
    {
        lock (Ratings)
        {
            Ratings.Add((id, rating));
        }

        return Task.CompletedTask;
    }
}
