using Seedance.Wire;

namespace Seedance.Providers.AtlasCloud;

/// <summary>
/// Reads predictions, with the <c>{code, message, data}</c> envelope of 2.5's schema or without it, as 2.0's and 1.5's have them (2026-08).
/// </summary>
internal static class AtlasCloudAnswers
{
    public const string RouteNote = "route";
    public const string Prediction = "model/prediction";
    public const string Result = "model/result";

    private static readonly string[] s_pictures = [".png", ".jpg", ".jpeg", ".webp"];

    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode job = Job(body);
        string? id = job["id"].Text ?? job["predictionId"].Text ?? body["id"].Text ?? body["predictionId"].Text;
        return id is not null
            ? new SubmitReading { ProviderJobId = id, Update = job["status"].Exists ? Update(job, response) : null,
                Notes = Route(job["urls"]["get"].Address) }
            : new SubmitReading { Error = Refusal(body, job) };
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode job = Job(body);
        return !job["status"].Exists && Refusal(body, job) is { } error
            ? new PollReading { Error = error with { RetryAfter = response.RetryAfter } }
            : new PollReading { Update = Update(job, response) };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "CREATED" or "STARTING" or "QUEUED" or "PENDING" => JobStatus.Queued,
        "PROCESSING" => JobStatus.Running,
        "COMPLETED" or "SUCCEEDED" or "SUCCESS" => JobStatus.Succeeded,
        "FAILED" or "ERROR" => JobStatus.Failed, // The vendor's MCP server 1.7.0 takes "success" and "error" for ends as well.
        "TIMEOUT" => JobStatus.Expired, // Whether it is billed as failed or as expired is not documented.
        "CANCELED" or "CANCELLED" => JobStatus.Cancelled,
        _ => null,
    };

    public static ErrorCode Judge(string? text, ErrorCode otherwise) =>
        text?.IndexOf("balance", StringComparison.OrdinalIgnoreCase) >= 0
            ? ErrorCode.InsufficientCredits
            : ErrorWords.Judge(text, otherwise);

    public static JobUpdate Update(WireNode job, WireResponse response)
    {
        string? word = job["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? Outputs(job["outputs"].Exists ? job["outputs"] : job["output"]) : [],
            Cost = Cost(job, status),
            Error = status is JobStatus.Failed or JobStatus.Expired ? Error(job, status.Value, response) : null,
            CompletedAt = status >= JobStatus.Succeeded ? job["completed_at"].Time : null,
            NextPoll = response.RetryAfter,
        };
    }

    private static WireNode Job(WireNode body) => body["data"].IsObject ? body["data"] : body;

    /// <summary>
    /// Which of its two spellings the host answers this job by. Its address is not followed itself: an overridden base must hold.
    /// </summary>
    private static Dictionary<string, string>? Route(Uri? address)
    {
        string? route = Array.Find(
            [Prediction, Result], known => address?.AbsolutePath.IndexOf("/" + known + "/", StringComparison.Ordinal) >= 0);
        return route is null ? null : new(StringComparer.Ordinal) { [RouteNote] = route };
    }

    /// <summary>A code that is no success, or an error named as one. A bare message proves nothing: the prediction may exist.</summary>
    private static WireError? Refusal(WireNode body, WireNode job)
    {
        int code = body["code"].Integer ?? 0;
        string? text = ErrorText.Read(body) ?? ErrorText.Read(job);
        string? error = ErrorText.Of(body["error"]) ?? ErrorText.Of(job["error"]);
        bool named = code is >= 400 and < 600;
        if (!named && error is null)
        {
            return null;
        }

        ErrorCode meaning = named ? HttpErrors.Code(code) : ErrorCode.InvalidRequest;
        bool vague = meaning is ErrorCode.InvalidRequest or ErrorCode.AccessDenied;
        return new WireError(vague ? Judge(text, meaning) : meaning) { ProviderCode = ErrorText.ProviderCode(body), Message = text };
    }

    /// <summary>
    /// The last frame is one more entry, in an order that no document fixes: the extension tells it from the video, which goes first.
    /// </summary>
    private static IReadOnlyList<JobOutput> Outputs(WireNode outputs)
    {
        IEnumerable<Uri?> named = outputs.Address is { } single
            ? [single]
            : outputs.Items.Select(item => item.Address ?? item["url"].Address);
        IEnumerable<JobOutput> found = named
            .OfType<Uri>()
            .Select(url => new JobOutput { Url = url, Kind = IsPicture(url) ? "LastFrame" : "Video" });
        return [.. found.OrderBy(output => output.Kind == "Video" ? 0 : 1)];
    }

    private static bool IsPicture(Uri url)
    {
        int dot = url.AbsolutePath.LastIndexOf('.');
        return dot >= 0 && s_pictures.Contains(url.AbsolutePath.Substring(dot), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The price that the prediction names once it has ended, which the vendor's client shows in dollars (MCP server 1.7.0, verified there
    /// against live answers). Without it the tokens: what one costs is published without a unit.
    /// </summary>
    private static SeedanceCost? Cost(WireNode job, JobStatus? status) =>
        status >= JobStatus.Succeeded && job["price"].Number is { } price && (price > 0 || status != JobStatus.Succeeded)
        ? new SeedanceCost { Amount = price, Unit = "USD", Source = "AtlasCloud price of the prediction" }
        : Tokens(job);

    private static SeedanceCost? Tokens(WireNode job) =>
        (job["total_tokens"].Number ?? job["completion_tokens"].Number) is { } tokens and > 0
        ? new SeedanceCost { Amount = tokens, Unit = "tokens", Source = "AtlasCloud total_tokens" }
        : null;

    private static JobError Error(WireNode job, JobStatus status, WireResponse response)
    {
        string? text = ErrorText.Of(job["error"]) ?? ErrorText.Read(job);
        bool flagged = job["has_nsfw_contents"].Items.Any(item => item.Flag == true);
        ErrorCode otherwise = status == JobStatus.Expired ? ErrorCode.JobExpired : ErrorCode.JobFailed;
        return new JobError
        {
            Code = (flagged ? ErrorCode.ContentRejected : ErrorWords.Judge(text, otherwise)).ToString(),
            ProviderCode = ErrorText.ProviderCode(job),
            Message = text ?? response.Excerpt(),
            RequestId = response.RequestId,
        };
    }
}
