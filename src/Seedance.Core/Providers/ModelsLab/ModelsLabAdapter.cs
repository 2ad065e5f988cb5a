using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// The ModelsLab dialect: POST v7/video-fusion/{mode}, then POST the fetch route; the key is in every body. Messages in, messages out; no
/// I/O.
/// </summary>
internal sealed class ModelsLabAdapter : IProviderAdapter, IMarksJobs, IPollsSeveralRoutes, IReportsCredits, IUploadsMedia, IListsJobs,
IReadsCallbacks
{
    private const string TrackId = "track_id";

    public ProviderInfo Provider { get; } = new()
    {
        Name = ModelsLabModels.Provider,
        BaseUri = new Uri("https://modelslab.com/api"),
        IsOwnRefusal = static body => body["status"].Text is "error" or "failed" && ModelsLabErrors.Text(body) is not null,
        KeyVariable = "MODELSLAB_API_KEY",
        Concurrency = 5, // Pay as you go; 10 and 15 on the plans (rate limit page, read 2026-09).
        TooManyRequestsMeansNoSlot = true, // Its 429 says that the account's queue is full.
        PollFloor = TimeSpan.FromSeconds(10),
    };

    public IReadOnlyList<ModelCapability> Models => ModelsLabModels.Capabilities;

    public int IdsPerList => 0;

    public bool TellsJobsApart => true;

    /// <summary>Into a copy of the body: what is logged and what is signed again is the message without the key.</summary>
    public WireRequest Sign(WireRequest request, string key)
    {
        JsonObject body = request.Json?.DeepClone().AsObject() ?? [];
        body["key"] = key;
        return request with { Json = body };
    }

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        bool v6 = ModelsLabBody.IsV6(request);
        ModelsLabBody.RefuseWhatHasNoField(request, v6);
        return WireRequest.Post(ModelsLabBody.Route(request, v6), ModelsLabBody.Build(request, model.WireModel, v6));
    }

    public WireRequest Mark(WireRequest submit, string jobId)
    {
        JsonObject body = submit.Json?.DeepClone().AsObject() ?? [];
        if (!body.ContainsKey(TrackId))
        {
            body[TrackId] = jobId;
        }

        return submit with { Json = body };
    }

    public SubmitReading ReadSubmit(WireResponse response) => ModelsLabAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => Places(job)[0];

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => ModelsLabAnswers.Poll(job, response);

    public PollReading? AskElsewhere(ProviderJob job, int asked)
    {
        List<WireRequest> places = Places(job);
        return asked >= places.Count ? null : new PollReading { FollowUp = places[asked], Notes = WithFetch(job, places[asked].Route) };
    }

    public WireError ReadError(WireResponse response) => ModelsLabErrors.OfStatus(response);

    public WireRequest BuildCredits() => WireRequest.Post("wallet_balance", []);

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response)
    {
        WireNode wallet = response.Body["data"];
        return wallet["balance"].Number is { } balance
            ? [new CreditPool("wallet", balance, wallet["currency"].Text?.ToUpperInvariant() ?? "USD")]
            : [];
    }

    public long? UploadLimit(MediaType type) => null;

    public WireRequest BuildUpload(string path, string contentType) => new()
    {
        Method = HttpMethod.Post,
        Route = "v6/video/base64_to_url",
        Json = [],
        File = new WireFile(path, contentType, "init_obj"),
    };

    /// <summary>The page says that an address comes back and not where.</summary>
    public Uri? ReadUpload(WireResponse response)
    {
        WireNode body = response.Body;
        return body["output"].Address ?? body["output"][0].Address ?? body["url"].Address ?? body["link"].Address
            ?? body["data"]["url"].Address ?? body["data"].Address;
    }

    public WireRequest BuildList(ListQuery query) => ModelsLabListing.Build(query);

    public ListReading ReadList(ListQuery query, WireResponse response) => ModelsLabListing.Read(response);

    public string? ReadCallbackId(WireNode body) => ModelsLabAnswers.Status(body["status"].Text) is null ? null : body["id"].Text;

    /// <summary>Where the host said, else where v7 has it, then where the other documents have it.</summary>
    private static List<WireRequest> Places(ProviderJob job)
    {
        const string SeedanceFetch = "v6/video/seedance/fetch";
        string id = Uri.EscapeDataString(job.Id);
        string[] routes = ["v7/video-fusion/fetch/" + id, SeedanceFetch, "v6/video/fetch/" + id];
        IEnumerable<string> ordered = job.Notes.TryGetValue(ModelsLabAnswers.Fetch, out string? known) ? routes.Prepend(known) : routes;
        return [.. ordered.Distinct(StringComparer.Ordinal)
            .Select(route => WireRequest.Post(route, route == SeedanceFetch ? new JsonObject { ["task_id"] = job.Id } : []))];
    }

    private static Dictionary<string, string> WithFetch(ProviderJob job, string route)
    {
        Dictionary<string, string> notes = job.Notes.ToDictionary(note => note.Key, note => note.Value, StringComparer.Ordinal);
        notes[ModelsLabAnswers.Fetch] = route;
        return notes;
    }
}
