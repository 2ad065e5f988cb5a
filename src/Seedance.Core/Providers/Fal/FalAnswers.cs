using Seedance.Wire;

namespace Seedance.Providers.Fal;

/// <summary>Reads the queue's answers: the receipt with its addresses, the status, and behind a completed one the result.</summary>
internal static class FalAnswers
{
    public const string StatusNote = "status_url";
    public const string ResponseNote = "response_url";
    public const string CancelNote = "cancel_url";

    private static readonly string[] s_notes = [StatusNote, ResponseNote, CancelNote];

    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        if (body["request_id"].Text is { } id)
        {
            return new SubmitReading
            {
                ProviderJobId = id,
                Update = body["status"].Exists
                    ? new JobUpdate { Status = Status(body["status"].Text), StatusWord = body["status"].Text }
                    : null,
                Notes = s_notes.Where(name => body[name].Address is not null)
                    .ToDictionary(name => name, name => body[name].Address!.AbsoluteUri, StringComparer.Ordinal),
            };
        }

        return Refusal(body) is { } text
            ? new SubmitReading {
                Error = new WireError(Judge(body["error_type"].Text, text, ErrorCode.InvalidRequest)) {
                ProviderCode = body["error_type"].Text, Message = text } }
            : new SubmitReading();
    }

    public static PollReading Poll(ProviderJob job, WireResponse response, Func<WireResponse, WireError> readError)
    {
        WireNode body = response.IsSuccess ? response.Body : response.BodyOrMissing;
        string? word = body["status"].Text;
        if (!response.IsSuccess && Status(word) is null)
        {
            return Unfetchable(job, response, readError(response));
        }

        if (word is null && IsResult(body))
        {
            return new PollReading { Update = Succeeded(body) };
        }

        if (Status(word) is not JobStatus.Succeeded)
        {
            return new PollReading { Update = new JobUpdate { Status = Status(word), StatusWord = word, NextPoll = response.RetryAfter } };
        }

        return Refusal(body) is { } text
            ? new PollReading { Update = Failed(job, body["error_type"].Text, text, response) }
            : new PollReading { FollowUp = Result(job, body), FollowUpMayRefuse = true };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "IN_QUEUE" => JobStatus.Queued,
        "IN_PROGRESS" => JobStatus.Running,
        "COMPLETED" => JobStatus.Succeeded,
        "CANCELLED" or "CANCELED" => JobStatus.Cancelled,
        _ => null,
    };

    /// <summary>
    /// The address that the submit's answer named; else where fal's own clients ask, below the first two parts of the model's path (fal-js
    /// and fal_client, 2026-08).
    /// </summary>
    public static WireRequest Ask(ProviderJob job, string note)
    {
        if (job.Notes.TryGetValue(note, out string? text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
        {
            return new WireRequest { Address = address };
        }

        string[] model = job.WireModel.Split('/');
        return model.Length < 2 ? throw Unaddressed(job) : WireRequest.Get(
            Uri.EscapeDataString(model[0]) + "/" + Uri.EscapeDataString(model[1]) + "/requests/" + Uri.EscapeDataString(job.Id)
                + note switch
            {
                StatusNote => "/status",
                CancelNote => "/cancel",
                _ => string.Empty,
            });
    }

    public static ErrorCode Judge(string? type, string? text, ErrorCode otherwise) =>
        ErrorWords.IsPolicy(type) ? ErrorCode.ContentRejected
        : type == "validation_error" ? otherwise
        : text?.IndexOf("balance", StringComparison.OrdinalIgnoreCase) >= 0 ? ErrorCode.InsufficientCredits
        : ErrorWords.Judge(text, otherwise);

    private static string? Refusal(WireNode body) => ErrorText.Of(body["error"]) ?? ErrorText.Of(body["detail"]) ?? body["error_type"].Text;

    /// <summary>A status has its word; what has none and names a video or a seed is the result, even where the video is null.</summary>
    private static bool IsResult(WireNode body) => body.Properties.Any(property => property.Key is "video" or "seed");

    private static WireRequest Result(ProviderJob job, WireNode status) =>
        !job.Notes.ContainsKey(ResponseNote) && status["response_url"].Address is { } named
            ? new WireRequest { Address = named }
            : Ask(job, ResponseNote);

    private static SeedanceException Unaddressed(ProviderJob job) => new(
        ErrorCode.InvalidRequest,
        "Fal is asked for a job below its model's path, and the model of " + job.Id + " is not known here. Nothing was sent.")
    {
        Provider = FalModels.Provider,
        RecommendedAction = "Name the model as well: Get-SeedanceJob -Provider Fal -ProviderJobId " + job.Id
            + " -WireModel bytedance/seedance-2.0/text-to-video, with the path that the job was submitted to.",
    };

    /// <summary>
    /// A completed job whose result is an error has failed; what its client would ask again, and a wrong key, is no word about the job.
    /// </summary>
    private static PollReading Unfetchable(ProviderJob job, WireResponse response, WireError error) =>
        response.Status is 401 or 403 or 404 or 408 or 409 or 429 or < 400 || (response.Status is 502 or 503 or 504 && !IsOfFal(response))
            ? new PollReading { Error = error }
            : new PollReading { Update = Failed(job, error.ProviderCode, error.Message ?? response.Excerpt(), response) };

    /// <summary>
    /// fal has tried again before it completes a request with 502, 503 or 504, so its own word is final; that of the ingress in front of it
    /// is not, and has neither a type nor a request id (request-errors page, 2026-11; <c>_is_ingress_error</c> of fal_client, 2026-08).
    /// </summary>
    private static bool IsOfFal(WireResponse response) =>
        response.Header("x-fal-request-id") is not null || response.Header("x-fal-error-type") is not null
            || response.BodyOrMissing["error_type"].Text is not null;

    private static JobUpdate Failed(ProviderJob job, string? type, string text, WireResponse response) =>
        IsCancelled(job, type, text) ? new() { Status = JobStatus.Cancelled, StatusWord = type } : new()
    {
        Status = JobStatus.Failed,
        StatusWord = "COMPLETED",
        Error = new JobError
        {
            Code = Judge(type, text, ErrorCode.JobFailed).ToString(),
            ProviderCode = type,
            Message = text,
            RequestId = response.RequestId,
        },
    };

    /// <summary>The queue completes a cancelled job with an error, which has this type where it has one.</summary>
    private static bool IsCancelled(ProviderJob job, string? type, string text) =>
        type == "client_cancelled"
        || (!ErrorWords.IsPolicy(type)
            && (job.Notes.ContainsKey(ProviderJob.CancelAccepted)
            || (type is null && text.IndexOf("cancel", StringComparison.OrdinalIgnoreCase) >= 0)));

    private static JobUpdate Succeeded(WireNode body) => new()
    {
        Status = JobStatus.Succeeded,
        StatusWord = "COMPLETED",
        Outputs = (body["video"]["url"].Address ?? body["video"].Address) is { } url ? [new JobOutput { Url = url }] : [],
        Seed = body["seed"].Long,
    };
}
