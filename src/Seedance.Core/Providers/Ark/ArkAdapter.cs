using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>
/// ByteDance's own API, which two houses serve alike: POST contents/generations/tasks, then GET the task. Messages in, messages out; no
/// I/O.
/// </summary>
internal sealed class ArkAdapter(ProviderInfo provider, IReadOnlyList<ModelCapability> models)
    : IProviderAdapter, IMarksJobs, IInlinesMedia, ICancelsJobs, IListsJobs, ICallsAtEachChange
{
    private const long Megabyte = 1024 * 1024;

    public ProviderInfo Provider => provider;

    public IReadOnlyList<ModelCapability> Models => models;

    public int IdsPerList => ArkList.IdsPerPage;

    /// <summary>The task object has no prompt; it has the identifier that was sent (get page, read 2026-09).</summary>
    public bool TellsJobsApart => true;

    /// <summary>The same DELETE that cancels a queued task erases the record of a finished one (V4, read 2026-09).</summary>
    public bool OnlyWhileQueued => true;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        ArkBody.RefuseWhatHasNoField(provider.Name, request, model);
        return WireRequest.Post(ArkRoutes.Tasks, ArkBody.Build(request, model));
    }

    /// <summary>
    /// The official SDKs send a fresh id with every create (volcengine-python-sdk, 2026-07-23), which support can search for. The list
    /// shows another one: who the clip is for, hashed, in up to 64 characters (create and get pages, 2026-09), unless the user says that.
    /// </summary>
    public WireRequest Mark(WireRequest submit, string jobId)
    {
        JsonObject body = submit.Json?.DeepClone().AsObject() ?? [];
        if (!body.ContainsKey(ArkList.Identifier))
        {
            body[ArkList.Identifier] = ArkList.Mark + jobId;
        }

        return (submit with { Json = body }).WithHeader("X-Client-Request-Id", jobId);
    }

    public SubmitReading ReadSubmit(WireResponse response) => ArkAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get(ArkRoutes.Task(job.Id));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => ArkAnswers.Poll(job.WireModel, response);

    public WireError ReadError(WireResponse response) => ArkErrors.Read(response);

    /// <summary>Create page, read 2026-08: images below 30 MB, audio up to 15, videos never inside the message.</summary>
    public long InlineLimit(MediaType type) => type switch
    {
        MediaType.Image => (30 * Megabyte) - 1,
        MediaType.Audio => 15 * Megabyte,
        _ => 0,
    };

    public WireRequest BuildCancel(ProviderJob job) => new() { Method = HttpMethod.Delete, Route = ArkRoutes.Task(job.Id) };

    public WireError? ReadCancel(WireResponse response) =>
        response.BodyOrMissing["error"].Exists ? ArkErrors.Read(response, ErrorCode.ProviderUnavailable) : null; // The success is {}.

    public WireRequest BuildList(ListQuery query) => ArkList.Build(query);

    public ListReading ReadList(ListQuery query, WireResponse response) => ArkList.Read(query, response);

    public bool IsProgress(WireNode body) => body["status"].Text is "queued" or "running";

    /// <summary>A callback has the body of a poll (create page, read 2026-08).</summary>
    public string? ReadCallbackId(WireNode body) =>
        body["status"].IsString && body["model"].IsString && body["id"].IsString ? body["id"].Text : null;
}
