using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Simulator;

/// <summary>The simulator's own dialect: POST jobs, then GET jobs/{id}. Messages in, messages out; no I/O.</summary>
internal sealed class SimulatorAdapter : IProviderAdapter, ICancelsJobs, IReportsCredits, IUploadsMedia
{
    public ProviderInfo Provider { get; } = new()
    {
        Name = SimulatorModels.Provider,
        BaseUri = new Uri("http://simulator.invalid/simulator"), // Never resolves: only the in-process handler answers to it.
        IsOwnRefusal = static body => body["error"]["message"].Text is not null,
        DefaultModel = "seedance-sim",
        Concurrency = 10,
        PollFloor = TimeSpan.FromMilliseconds(200),
        PollCeiling = TimeSpan.FromMilliseconds(750), // Its jobs take seconds, and asking costs nobody anything.
        TooManyRequestsPause = TimeSpan.FromSeconds(1),
        NotFoundGrace = TimeSpan.FromSeconds(2),
    };

    public IReadOnlyList<ModelCapability> Models => SimulatorModels.Capabilities;

    public WireRequest Sign(WireRequest request, string key) => request; // It has no accounts, and a real key must not reach it.

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        PricedOptions.Refuse(
            Provider.Name,
            request,
            ("duration", PricedOptions.Duration),
            ("resolution", PricedOptions.Resolution),
            ("audio", PricedOptions.NoAudio),
            ("reference_videos", PricedOptions.ReferenceVideo));
        RequestPlaces.Refuse(
            Provider.Name,
            ("Upscale", request.Upscale is not null),
            ("CallbackUri", request.CallbackUri is not null),
            ("the option 'model' (use -Model)", PricedOptions.Has(request, "model")));
        JsonObject body = new() { ["model"] = model.WireModel };
        body.Set("prompt", request.Prompt);
        body["mode"] = Mode(request);
        body.Set("duration", request.DurationSeconds);
        body.Set("resolution", request.Resolution);
        body.Set("aspect_ratio", request.AspectRatio);
        body.Set("audio", request.GenerateAudio);
        body.Set("seed", request.Seed);
        body.Set("image", request.Image);
        body.Set("last_frame", request.LastFrame);
        body.Set("reference_images", request.ReferenceImages);
        body.Set("reference_videos", request.ReferenceVideos);
        body.Set("reference_audios", request.ReferenceAudios);
        JsonValues.Merge(body, request.Options);
        return WireRequest.Post("jobs", body);
    }

    public SubmitReading ReadSubmit(WireResponse response) => SimulatorAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get("jobs/" + Uri.EscapeDataString(job.Id));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => SimulatorAnswers.Poll(response);

    public WireError ReadError(WireResponse response)
    {
        WireError error = HttpErrors.Read(response);
        return error.Code == ErrorCode.InvalidRequest
            ? error with { Code = SimulatorAnswers.Judge(response.BodyOrMissing["error"], ErrorCode.InvalidRequest) }
            : error;
    }

    public bool OnlyWhileQueued => false;

    public WireRequest BuildCancel(ProviderJob job) => new() { Method = HttpMethod.Delete, Route = "jobs/" + Uri.EscapeDataString(job.Id) };

    public WireError? ReadCancel(WireResponse response) => null;

    public WireRequest BuildCredits() => WireRequest.Get("credits");

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response) => response.Body["credits"].Number is { } credits
        ? [new CreditPool("credits", credits, "credits")]
        : [];

    public long? UploadLimit(MediaType type) => null;

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = HttpMethod.Post, Route = "uploads", File = new WireFile(path, contentType, Field: null) };

    public Uri? ReadUpload(WireResponse response) => response.Body["url"].Address;

    private static string Mode(VideoRequest request) =>
        request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0 ? "reference"
        : request.LastFrame is not null ? "first-last-frame"
        : request.Image is not null ? "image-to-video"
        : "text-to-video";
}
