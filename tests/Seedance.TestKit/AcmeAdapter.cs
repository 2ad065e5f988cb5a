using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.TestKit;

/// <summary>A host that exists in tests only: POST tasks, GET tasks/{id}.</summary>
internal class AcmeAdapter : IProviderAdapter, IUploadsMedia
{
    public ProviderInfo Provider { get; init; } = new()
    {
        Name = "Acme",
        BaseUri = new Uri("https://acme.example/api"),
        KeyVariable = "ACME_KEY",
        TooManyRequestsPause = TimeSpan.FromSeconds(5),
    };

    public IReadOnlyList<ModelCapability> Models { get; init; } =
    [
        new(
            new SeedanceModel
            {
                Name = "seedance-acme",
                Provider = "Acme",
                WireModel = "acme-1",
                StartsFrom = GenerationMode.TextToVideo,
                MinDuration = 4,
                MaxDuration = 12,
                DefaultDuration = 5,
                Resolutions = ["480p", "720p"],
                DefaultResolution = "720p",
                AspectRatios = ["16:9", "9:16"],
                DefaultAspectRatio = "16:9",
                MaxPromptLength = 2000,
                Features = ["Seed"],
                TypicalSeconds = 60,
                Source = "Acme's page",
                SourceDate = "2026-03-01",
            },
            new PriceRule
            {
                Unit = "USD",
                Source = "Acme's list",
                PerSecond = new Dictionary<string, decimal> { ["480p"] = 0.1m, ["720p"] = 0.2m },
            }),
        new(new SeedanceModel
        {
            Name = "seedance-acme",
            Provider = "Acme",
            WireModel = "acme-1-ref",
            StartsFrom = GenerationMode.Reference,
            MaxReferenceImages = 2,
            Source = "Acme's page",
            SourceDate = "2026-03-01",
        }),
    ];

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model) => WireRequest.Post(
        "tasks", new JsonObject { ["model"] = model.WireModel, ["prompt"] = request.Prompt, ["seconds"] = request.DurationSeconds });

    public SubmitReading ReadSubmit(WireResponse response) => new() { ProviderJobId = response.Body["id"].Text };

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get("tasks/" + job.Id);

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => new() { Update = Update(response.Body) };

    public WireError ReadError(WireResponse response) => Error(response);

    public long? UploadLimit(MediaType type) => 1_000_000;

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = System.Net.Http.HttpMethod.Post, Route = "files", File = new WireFile(path, contentType, "file") };

    public Uri? ReadUpload(WireResponse response) => response.Body["url"].Address;

    protected static JobUpdate Update(WireNode task)
    {
        string? word = task["status"].Text;
        return new JobUpdate
        {
            StatusWord = word,
            Status = word switch
            {
                "queued" => JobStatus.Queued,
                "running" => JobStatus.Running,
                "done" => JobStatus.Succeeded,
                "failed" => JobStatus.Failed,
                _ => null,
            },
            Outputs = task["url"].Address is { } url ? [new JobOutput { Url = url }] : [],
            Error = task["reason"].Text is { } reason ? new JobError { Code = nameof(ErrorCode.JobFailed), Message = reason } : null,
            NextPoll = task["retry"].Integer is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    private static WireError Error(WireResponse response) => new(response.Status switch
    {
        401 => ErrorCode.AuthenticationFailed,
        402 => ErrorCode.InsufficientCredits,
        403 => ErrorCode.AccessDenied,
        404 => ErrorCode.JobNotFound,
        429 => ErrorCode.RateLimited,
        >= 500 => ErrorCode.ProviderUnavailable,
        _ => ErrorCode.InvalidRequest,
    })
    {
        Message = response.BodyOrMissing["message"].Text,
    };
}
