using System.Security.Cryptography;
using Seedance.Accounts;
using Seedance.Core.Tests.Downloads;
using Seedance.Jobs.Save;
using Seedance.TestKit;
using Seedance.Transport;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>A finished job, a media host and a folder. Each <see cref="SaveAsync"/> is what a new process would do.</summary>
internal sealed class SaveScene : IDisposable
{
    public const string CanaryKey = "sk-canary-0123456789";

    public SaveScene()
    {
        Folder = Directory.CreateTempSubdirectory("seedance-save-").FullName;
        Job = new SeedanceJob
        {
            Id = "20260301-120000-abc1234",
            Provider = "Muapi",
            ProviderJobId = "p-77",
            Endpoint = new Uri("https://api.example/v1"),
            Model = "seedance-2.1",
            WireModel = "seedance-v2.1-t2v",
            Prompt = "A fox",
            Request = new VideoRequest { Prompt = "A fox", Model = "seedance-2.1", Seed = 42 },
            State = JobStatus.Succeeded,
            CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Seed = 42,
            Outputs = [new JobOutput { Url = new Uri("https://cdn.example/v/clip.mp4?sig=" + CanaryKey) }],
        };
    }

    public MediaHost Host { get; } = new();

    public SkippingTimeProvider Time { get; } = new();

    public RecordingOutput Output { get; } = new();

    public string Folder { get; }

    public SeedanceJob Job { get; set; }

    public Func<CancellationToken, Task<SeedanceJob?>>? Refresh { get; set; }

    public int Refreshes { get; private set; }

    public string Target => Path.Combine(Folder, Job.Id + ".mp4");

    public string Part => Target + ".part";

    public string Note => Part + ".json";

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public SaveRequest Request() => new()
    {
        Job = Job,
        Network = new NetworkSettings(),
        Destination = Folder,
        Refresh = async stop =>
        {
            Refreshes++;
            return Refresh is null ? null : await Refresh(stop);
        },
    };

    public Task<SeedanceJob> SaveAsync() => SaveAsync(Request());

    public Task<SeedanceJob> SaveAsync(SaveRequest request) => SaveUntilAsync(request, TestContext.Current.CancellationToken);

    public async Task<SeedanceJob> SaveUntilAsync(SaveRequest request, CancellationToken stop)
    {
        using HttpClients clients = new(_ => new Lent(Host));
        return await new SaveOutputs(clients, Time).RunAsync(request, Output, stop);
    }

    public async Task<SeedanceException> FailAsync(SaveRequest? request = null) =>
        await Assert.ThrowsAsync<SeedanceException>(() => SaveAsync(request ?? Request()));

    /// <summary>Leaves a part of this many bytes, the way a cancelled save does.</summary>
    public async Task CancelAfterAsync(int bytes)
    {
        using CancellationTokenSource stop = new();
        StalledStream stalled = new(Host.Content[..bytes]);
        Host.Next(request =>
        {
            HttpResponseMessage answer = Host.Serve(request, out _);
            Host.BytesSent += bytes;
            answer.Content = MediaHost.Body(answer, stalled);
            return answer;
        });
        Task<SeedanceJob> saving = SaveUntilAsync(Request(), stop.Token);
        await stalled.Stalled;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
    }

    public void AssertSaved(SeedanceJob saved, byte[] content)
    {
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(Target, saved.Outputs[0].Path);
        Assert.Equal(Sha256(content), saved.Outputs[0].Sha256);
        Assert.Equal(content.Length, saved.Outputs[0].Length);
        Assert.False(File.Exists(Part));
        Assert.False(File.Exists(Note));
        Assert.Equal(0, Host.Unfired);
    }

    public void Dispose()
    {
        Host.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Clients own their handlers; the host outlives each.</summary>
    private sealed class Lent(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _inner.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
