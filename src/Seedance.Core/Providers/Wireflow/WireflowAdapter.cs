using System.Text.RegularExpressions;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Wireflow;

/// <summary>
/// The Wireflow dialects: POST workflows/{id}/execute with named inputs, or workflows/{id}/run with inputs by node; then GET the execution,
/// at one of three places. Messages in, messages out; no I/O.
/// </summary>
internal sealed class WireflowAdapter : IProviderAdapter, IAsksBeforeSubmit, IPollsSeveralRoutes, IEstimatesCost, IUploadsMedia
{
    private const string Place = "place";

    /// <summary>The Seedance 2.1 guide, the run page, the API index: each names another, and none was seen live.</summary>
    private static readonly (string Before, string After)[] s_places =
        [("executions/", string.Empty), ("workflows/executions/", "/poll"), ("workflows/executions/", string.Empty)];

    public ProviderInfo Provider { get; } = new()
    {
        Name = WireflowModels.Provider,
        BaseUri = new Uri("https://www.wireflow.ai/api/v1"), // The bare domain redirects, and a redirected POST loses its body.
        IsOwnRefusal = static body => ErrorText.Of(body["error"]) is not null,
        KeyVariable = "WIREFLOW_API_KEY",
        PollFloor = TimeSpan.FromSeconds(6), // The free plan has 10 requests a minute, and polls count.

        // The vendor's skill, 2026: the CDN answers the usual agents of HTTP libraries with 403.
        MediaUserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",

        // Ids have no documented form. These are none: an address, a model's name, an execution, or the key in the wrong place.
        UserModelId = new Regex(
            "^(?!seedance|bytedance|exec_|wf_live_|wf_test_|sk-)[A-Za-z0-9][A-Za-z0-9_-]{1,127}$",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(30)),
    };

    public bool PricesMedia => true;

    public IReadOnlyList<ModelCapability> Models => WireflowModels.Capabilities;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest? BuildQuestion(VideoRequest request, SeedanceModel model) =>
        WireflowOptions.Read(request).IsRun ? WireRequest.Get(Workflow(model) + "/run") : null;

    public VideoRequest ReadAnswer(VideoRequest request, SeedanceModel model, WireResponse response)
    {
        WireNode body = response.Body;
        return WireflowDiscovery.Tie(request, body["data"].IsObject ? body["data"] : body);
    }

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        WireflowOptions options = WireflowOptions.Read(request);
        return WireRequest.Post(Workflow(model) + (options.IsRun ? "/run" : "/execute"), WireflowBody.Build(request, options));
    }

    public SubmitReading ReadSubmit(WireResponse response) => WireflowAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => Ask(job, First(job));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => WireflowAnswers.Poll(response);

    public PollReading? AskElsewhere(ProviderJob job, int asked)
    {
        if (asked >= s_places.Length)
        {
            return null;
        }

        int place = Enumerable.Range(0, s_places.Length).Where(other => other != First(job)).ElementAt(asked - 1);
        Dictionary<string, string> notes = job.Notes.ToDictionary(note => note.Key, note => note.Value, StringComparer.Ordinal);
        notes[Place] = s_places[place].Before + "{id}" + s_places[place].After;
        return new PollReading { FollowUp = Ask(job, place), Notes = notes };
    }

    public WireError ReadError(WireResponse response)
    {
        WireError error = HttpErrors.Read(response);
        return error.Code == ErrorCode.InvalidRequest ? error with { Code = ErrorWords.Judge(error.Message, ErrorCode.InvalidRequest) }
            : WireflowAnswers.WithBalance(error, response.BodyOrMissing);
    }

    public WireRequest BuildEstimate(VideoRequest request, SeedanceModel model) =>
        WireRequest.Post(Workflow(model) + "/estimate", WireflowBody.BuildForEstimate(request, WireflowOptions.Read(request)));

    /// <summary>
    /// An incomplete estimate is a lower bound (API index), and a price that may be higher is no price to hold a budget against.
    /// </summary>
    public SeedanceCost? ReadEstimate(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode estimate = body["data"].IsObject ? body["data"] : body;
        return estimate["estimateComplete"].Flag != false && estimate["estimatedCredits"].Number is { } credits
            ? new SeedanceCost { Amount = credits, Unit = "credits", IsEstimate = true, Source = "Wireflow's estimate of the workflow" }
            : null;
    }

    public long? UploadLimit(MediaType type) => null;

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = HttpMethod.Post, Route = "media/upload", File = new WireFile(path, contentType, "file") };

    public Uri? ReadUpload(WireResponse response) => response.Body["data"]["url"].Address ?? response.Body["url"].Address;

    private static string Workflow(SeedanceModel model) => "workflows/" + Uri.EscapeDataString(model.WireModel);

    private static WireRequest Ask(ProviderJob job, int place) =>
        WireRequest.Get(s_places[place].Before + Uri.EscapeDataString(job.Id) + s_places[place].After);

    private static int First(ProviderJob job) =>
        job.Notes.TryGetValue(Place, out string? known)
            ? Math.Max(0, Array.FindIndex(s_places, place => place.Before + "{id}" + place.After == known))
            : 0;
}
