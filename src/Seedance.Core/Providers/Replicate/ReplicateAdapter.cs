using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Replicate;

/// <summary>
/// The Replicate dialect: POST v1/models/{owner}/{name}/predictions, then GET v1/predictions/{id}. Never <c>Prefer: wait</c>: a submit that
/// is held open for a minute may be cut off, and then nobody knows whether it was taken.
/// </summary>
internal sealed class ReplicateAdapter : IProviderAdapter, IUploadsMedia, ICancelsJobs, IListsJobs, ICallsAtEachChange, IVerifiesCallbacks
{
    public ProviderInfo Provider { get; } = new()
    {
        Name = ReplicateModels.Provider,
        BaseUri = new Uri("https://api.replicate.com"),
        IsOwnRefusal = static body => ErrorText.Of(body["detail"]) is not null,
        KeyVariable = "REPLICATE_API_TOKEN",
        UrlLifetime = TimeSpan.FromHours(1), // Outputs of API runs are removed about then (inferred).
    };

    public IReadOnlyList<ModelCapability> Models => ReplicateModels.Capabilities;

    public bool OnlyWhileQueued => false;

    public int IdsPerList => 0;

    public bool TellsJobsApart => true;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        ReplicateBody.RefuseWhatHasNoField(request, model.WireModel);
        string name = string.Join("/", model.WireModel.Split('/').Select(Uri.EscapeDataString));
        return WireRequest.Post("v1/models/" + name + "/predictions", ReplicateBody.Build(request, model.WireModel));
    }

    public SubmitReading ReadSubmit(WireResponse response) => ReplicateAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get("v1/predictions/" + Uri.EscapeDataString(job.Id));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => ReplicateAnswers.Poll(response);

    /// <summary>RFC 7807: <c>{title, detail, status, type}</c>.</summary>
    public WireError ReadError(WireResponse response)
    {
        WireError error = HttpErrors.Read(response);
        string? title = response.BodyOrMissing["title"].Text;
        return error with
        {
            Code = error.Code == ErrorCode.InvalidRequest ? ErrorWords.Judge(error.Message, error.Code) : error.Code,
            ProviderCode = title ?? error.ProviderCode,
            Message = error.Message ?? title,
        };
    }

    /// <summary>The HTTP reference names no limit of its own.</summary>
    public long? UploadLimit(MediaType type) => null;

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = HttpMethod.Post, Route = "v1/files", File = new WireFile(path, contentType, "content") };

    public Uri? ReadUpload(WireResponse response) => response.Body["urls"]["get"].Address;

    public WireRequest BuildCancel(ProviderJob job) =>
        new() { Method = HttpMethod.Post, Route = "v1/predictions/" + Uri.EscapeDataString(job.Id) + "/cancel" };

    /// <summary>The answer is the prediction; one that had ended before stays as it was.</summary>
    public WireError? ReadCancel(WireResponse response) =>
        ReplicateAnswers.Status(response.BodyOrMissing["status"].Text) is JobStatus.Succeeded or JobStatus.Failed
            ? new WireError(ErrorCode.InvalidRequest) { Message = "The prediction has ended already." }
            : null;

    public WireRequest BuildList(ListQuery query) =>
        query.Cursor is { } cursor && Uri.TryCreate(cursor, UriKind.Absolute, out Uri? next)
            ? new WireRequest { Address = next }
            : WireRequest.Get("v1/predictions");

    public ListReading ReadList(ListQuery query, WireResponse response) => ReplicateAnswers.List(response);

    public bool IsProgress(WireNode body) => body["status"].Text is "starting" or "processing";

    public string? ReadCallbackId(WireNode body) => body["input"].IsObject || body["urls"]["cancel"].Exists ? body["id"].Text : null;

    public string? FindForgery(IReadOnlyDictionary<string, string> headers, byte[] body, string secret, DateTimeOffset now) =>
        ReplicateSignature.FindForgery(headers, body, secret, now);
}
