using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Muapi;

/// <summary>The Muapi dialect: POST {endpoint}, then GET predictions/{id}/result. Messages in, messages out; no I/O.</summary>
internal sealed class MuapiAdapter : IProviderAdapter, IReportsCredits, IUploadsMedia, IReadsCallbacks, IEstimatesCost
{
    private const long Megabyte = 1024 * 1024;

    public ProviderInfo Provider { get; } = new()
    {
        Name = MuapiSources.Provider,
        BaseUri = new Uri("https://api.muapi.ai/api/v1"), // API reference, CLI and SDK; the guides write muapi.ai, with the same paths.
        IsOwnRefusal = static body => ErrorText.Of(body["detail"]) is not null || ErrorText.Of(body["error"]) is not null,
        KeyVariable = "MUAPI_API_KEY",
        Concurrency = 5, // Mini guide: stay at 5 to 10 a key.
        ServerErrorWithoutIdCreatesNothing = true, // Mini guide: a 5xx without an id may be sent again, three times at most.
    };

    public bool PricesMedia => false;

    public IReadOnlyList<ModelCapability> Models => MuapiModels.Capabilities;

    /// <summary>
    /// Both headers: four of the vendor's documents say x-api-key, the Mini guide says Bearer only. It is the same key to the same host, so
    /// whichever document is out of date, the account works.
    /// </summary>
    public WireRequest Sign(WireRequest request, string key) =>
        request.WithHeader("x-api-key", key).WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        RefuseCatalogueName(model.WireModel);
        MuapiFields fields = MuapiModels.FieldsOf(model.WireModel);
        MuapiBody.RefuseWhatHasNoField(request, model, fields);
        string route = Uri.EscapeDataString(model.WireModel);
        if (request.CallbackUri is { } callback)
        {
            // Both guides and the webhook page use the query; only the CLI sends webhook_url in the body.
            route += "?webhook=" + Uri.EscapeDataString(callback.AbsoluteUri);
        }

        return WireRequest.Post(route, MuapiBody.Build(request, fields));
    }

    public SubmitReading ReadSubmit(WireResponse response) => MuapiAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get("predictions/" + Uri.EscapeDataString(job.Id) + "/result");

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => MuapiAnswers.Poll(response);

    public WireError ReadError(WireResponse response) =>
        HttpErrors.Read(response, response.Status is 422 or 400 ? Rejection(response) : null);

    /// <summary>
    /// Third-party clients, read 2026-09: the length and the resolution are all it takes.
    /// </summary>
    public WireRequest BuildEstimate(VideoRequest request, SeedanceModel model)
    {
        JsonObject body = [];
        body.Set("duration", request.DurationSeconds);
        body.Set("resolution", request.Resolution);
        return WireRequest.Post("models/" + Uri.EscapeDataString(model.WireModel) + "/estimate-cost", body);
    }

    /// <summary>The answer names no unit; the lists of the same clients are in dollars.</summary>
    public SeedanceCost? ReadEstimate(WireResponse response)
    {
        WireNode body = response.Body;
        return (body["cost"].Number ?? body["data"]["cost"].Number) is { } dollars and >= 0
            ? new SeedanceCost { Amount = dollars, Unit = "USD", IsEstimate = true,
                Source = "Muapi's estimate of the endpoint; the unit is inferred" }
            : null;
    }

    public WireRequest BuildCredits() => WireRequest.Get("account/balance");

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode account = body["balance"].Exists ? body : body["data"];
        return account["balance"].Number is { } balance
            ? [new CreditPool("balance", balance, account["currency"].Text?.ToUpperInvariant() ?? "USD")]
            : [];
    }

    /// <summary>File upload page, read 2026-09.</summary>
    public long? UploadLimit(MediaType type) => type == MediaType.Video ? 50 * Megabyte : 10 * Megabyte;

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = HttpMethod.Post, Route = "upload_file", File = new WireFile(path, contentType, "file") };

    public Uri? ReadUpload(WireResponse response) => response.Body["url"].Address ?? response.Body["data"]["url"].Address;

    /// <summary>The body of a poll's answer (webhook page, read 2026-09); sent once, at the end, and not signed.</summary>
    public string? ReadCallbackId(WireNode body) =>
        MuapiAnswers.Status(body["status"].Text) is null ? null : body["id"].Text ?? body["request_id"].Text;

    /// <summary>The Mini guide has 422 for policy; the stack below also answers a malformed field with it, as a list of places.</summary>
    private static ErrorCode Rejection(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        bool list = body["detail"].Raw is { } raw && raw.StartsWith("[", StringComparison.Ordinal);
        string? text = ErrorText.Read(body);
        return list ? ErrorCode.InvalidRequest
            : ErrorWords.IsPolicy(text) ? ErrorCode.ContentRejected
            : response.Status == 400 || ErrorWords.IsValidation(text) ? ErrorCode.InvalidRequest
            : ErrorCode.ContentRejected;
    }

    private static void RefuseCatalogueName(string name)
    {
        if (MuapiModels.EndpointOfCatalogueName(name) is { } endpoint && MuapiModels.Find(name) is null)
        {
            throw new SeedanceException(
                ErrorCode.ModelNotFound, "'" + name + "' is a name in Muapi's catalogue, not an endpoint; nothing was sent.")
            {
                Provider = MuapiSources.Provider,
                RecommendedAction = "Use -Model " + endpoint + ", the endpoint behind it.",
                Target = name,
            };
        }
    }
}
