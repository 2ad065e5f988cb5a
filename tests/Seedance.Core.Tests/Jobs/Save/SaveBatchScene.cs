using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Seedance.Core.Tests.Downloads;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>Jobs on record whose videos one call saves. Each video is another, and the host gives it out when the test lets it.</summary>
internal sealed class SaveBatchScene : IDisposable
{
    private readonly MovieHost _host = new();
    private readonly TestServices _kit;
    private int _made;

    public SaveBatchScene() => _kit = new TestServices(_host);

    public string Home => _kit.Home;

    public string Folder => Path.Combine(_kit.Home, "videos");

    public SeedanceServices Services => _kit.Services;

    public ManualTimeProvider Time => _kit.Time;

    public RecordingOutput Output => _kit.Output;

    /// <summary>Paths that were asked for, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _host.Asked];

    public int MostAtOnce => _host.MostAtOnce;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static byte[] MovieOf(SeedanceJob job) => MovieHost.BytesOf(job.Outputs[0].Url!.AbsolutePath);

    /// <summary>Called for each request; the answer waits for it.</summary>
    public void Before(Func<string, Task> hold) => _host.Hold = hold;

    /// <summary>Awaited after each third of a body.</summary>
    public void AfterEachThird(Func<Task> pause) => _host.Pause = pause;

    public void Fail(SeedanceJob job, Func<HttpResponseMessage> answer) => _host.Instead[job.Outputs[0].Url!.AbsolutePath] = answer;

    public async Task<SeedanceJob> AddAsync()
    {
        int number = Interlocked.Increment(ref _made);
        SeedanceJob job = new()
        {
            Id = "20260301-120000-" + number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture),
            Provider = "Acme",
            Endpoint = new Uri("https://acme.example/api"),
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = "p",
            ProviderJobId = FormattableString.Invariant($"task-{number}"),
            State = JobStatus.Succeeded,
            CreatedAt = _kit.Time.GetUtcNow(),
            Outputs = [new JobOutput { Url = new Uri(FormattableString.Invariant($"https://cdn.acme.example/{number}.mp4")) }],
        };
        await Services.Store.AddAsync(new StoredJob(job), Stop);
        return job;
    }

    public SaveBatch Saving(string name = "{id}", bool force = false, int most = 4, bool sidecar = true) => new(
        Services,
        new JobLookup(Services, (_, _) => null, apiKey: null, [TestServices.Account()]),
        new SaveJobOptions { Destination = Folder, NameTemplate = name, Force = force, Sidecar = sidecar },
        most);

    /// <summary>A whole call.</summary>
    public async Task SaveAsync(IEnumerable<SeedanceJob> jobs, string name = "{id}", bool force = false, int most = 4, bool sidecar = true)
    {
        using SaveBatch saving = Saving(name, force, most, sidecar);
        foreach (SeedanceJob job in jobs)
        {
            await saving.AddAsync(new JobReference(job.Id), Output, Stop);
        }

        await saving.FinishAsync(Output, Stop);
    }

    public void Dispose() => _kit.Dispose();

    private sealed class MovieHost : HttpMessageHandler
    {
        private int _atOnce;
        private int _mostAtOnce;

        public ConcurrentQueue<string> Asked { get; } = new();

        public ConcurrentDictionary<string, Func<HttpResponseMessage>> Instead { get; } = new(StringComparer.Ordinal);

        public Func<string, Task>? Hold { get; set; }

        public Func<Task>? Pause { get; set; }

        public int MostAtOnce => _mostAtOnce;

        public static byte[] BytesOf(string path) => Movie.Make(50_000, path.Sum(letter => letter));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.AbsolutePath;
            Asked.Enqueue(path);
            int now = Interlocked.Increment(ref _atOnce);
            InterlockedMax(now);
            try
            {
                if (Hold is { } hold)
                {
                    await hold(path).WaitAsync(cancellationToken);
                }

                if (Instead.TryGetValue(path, out var instead))
                {
                    return instead();
                }

                byte[] bytes = BytesOf(path);
                HttpContent content = Pause is null ? new ByteArrayContent(bytes) : new StreamContent(new ThirdsStream(bytes, Pause));
                content.Headers.ContentLength = bytes.Length;
                content.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
                return new HttpResponseMessage { Content = content };
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
            }
        }

        private void InterlockedMax(int now)
        {
            for (int most = _mostAtOnce; now > most; most = _mostAtOnce)
            {
                Interlocked.CompareExchange(ref _mostAtOnce, now, most);
            }
        }
    }

    private sealed class ThirdsStream(byte[] bytes, Func<Task> pause) : PassingStream
    {
        private int _at;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at > 0 && _at < bytes.Length)
            {
                await pause().WaitAsync(cancellationToken);
            }

            int count = Math.Min(Math.Min(buffer.Length, (bytes.Length + 2) / 3), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            return count;
        }
    }
}
