using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Fal;

/// <summary>
/// The dialect of fal.ai's queue: POST {model}, then GET the status and the result at the addresses that the submit's answer names: fal
/// drops a part of the model's path in them, and may name another app than the one that was asked (OpenAPI of 2026-08).
/// </summary>
internal sealed class FalAdapter : IProviderAdapter, IInlinesMedia, ICancelsJobs, IReadsCallbacks
{
    private const long LargestFile = 30L * 1000 * 1000;

    public ProviderInfo Provider { get; } = new()
    {
        Name = FalModels.Provider,
        BaseUri = new Uri("https://queue.fal.run"),
        IsOwnRefusal = static body => ErrorText.Of(body["detail"]) is not null,
        KeyVariable = "FAL_KEY",
    };

    public IReadOnlyList<ModelCapability> Models => FalModels.Capabilities;

    /// <summary>After a cancel the queue goes on to report; nothing is erased.</summary>
    public bool OnlyWhileQueued => false;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Key " + key); // Not Bearer.

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        FalFields fields = FalFields.Of(model.WireModel);
        FalBody.RefuseWhatHasNoField(request, fields);
        string route = string.Join("/", model.WireModel.Split('/').Select(Uri.EscapeDataString));
        if (request.CallbackUri is { } callback)
        {
            route += "?fal_webhook=" + Uri.EscapeDataString(callback.AbsoluteUri);
        }

        return WireRequest.Post(route, FalBody.Build(request, fields));
    }

    public SubmitReading ReadSubmit(WireResponse response) => FalAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => FalAnswers.Ask(job, FalAnswers.StatusNote);

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => FalAnswers.Poll(job, response, ReadError);

    public WireError ReadError(WireResponse response)
    {
        // Its client tries 409 again.
        WireError error = HttpErrors.Read(response, response.Status == 409 ? ErrorCode.ProviderUnavailable : null);
        WireNode body = response.BodyOrMissing;

        // The queue's errors have a type beside the detail, a model's errors one in each finding (errors pages, 2026-11).
        string? type = response.Header("x-fal-error-type") ?? body["error_type"].Text ?? body["detail"][0]["type"].Text;
        ErrorCode code = response.Status is 400 or 403 or 422 ? FalAnswers.Judge(type, error.Message, error.Code) : error.Code;
        return error with { Code = code, ProviderCode = type ?? error.ProviderCode };
    }

    /// <summary>The figure that the model pages give for an image; they give none for other media (2026-08).</summary>
    public long InlineLimit(MediaType type) => LargestFile;

    public WireRequest BuildCancel(ProviderJob job) => FalAnswers.Ask(job, FalAnswers.CancelNote) with { Method = HttpMethod.Put };

    /// <summary>The queue page answers with a status word, the OpenAPI with <c>success</c>; a job that is done already is a 400.</summary>
    public WireError? ReadCancel(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        return body["success"].Flag == false || body["status"].Text is "ALREADY_COMPLETED"
            ? new WireError(ErrorCode.InvalidRequest) { Message = "The job has ended already." }
            : null;
    }

    public string? ReadCallbackId(WireNode body) => body["status"].Text is "OK" or "ERROR" ? body["request_id"].Text : null;
}
