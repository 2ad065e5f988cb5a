using Seedance.Wire;

namespace Seedance.Providers.Replicate;

/// <summary>Reads predictions: alone, in a list, or as a callback's body.</summary>
internal static class ReplicateAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        return body["id"].Text is { } id
            ? new SubmitReading { ProviderJobId = id, Update = body["status"].IsString ? Update(body, response) : null }
            : ErrorText.Of(body["detail"]) is { } text
            ? new SubmitReading {
                Error = new WireError(ErrorWords.Judge(text, ErrorCode.InvalidRequest)) { ProviderCode = body["title"].Text,
                Message = text } }
            : new SubmitReading();
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode body = response.Body;
        return !body["status"].IsString && ErrorText.Of(body["detail"]) is { } text
            ? new PollReading { Error = new WireError(ErrorCode.ProviderUnavailable) { ProviderCode = body["title"].Text, Message = text } }
            : new PollReading { Update = Update(body, response) };
    }

    public static ListReading List(WireResponse response)
    {
        WireNode body = response.Body;
        IEnumerable<ListedJob> jobs = body["results"].Items
            .Where(item => item["id"].Text is not null)
            .Select(item => new ListedJob(item["id"].Text!, Update(item, response))
            {
                WireModel = item["model"].Text,
                Prompt = item["input"]["prompt"].Text,
                CreatedAt = item["created_at"].Time,
            });
        return new ListReading([.. jobs], body["next"].Address?.AbsoluteUri);
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "STARTING" => JobStatus.Queued,
        "PROCESSING" => JobStatus.Running,
        "SUCCEEDED" => JobStatus.Succeeded,
        "FAILED" => JobStatus.Failed,
        "CANCELED" or "CANCELLED" or "ABORTED" => JobStatus.Cancelled,
        _ => null,
    };

    private static JobUpdate Update(WireNode body, WireResponse response)
    {
        string? word = body["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? Outputs(body["output"]) : [],
            Error = status == JobStatus.Failed ? Error(body, response) : null,
            StartedAt = body["started_at"].Time,
            CompletedAt = status >= JobStatus.Succeeded ? body["completed_at"].Time : null,
            NextPoll = response.RetryAfter,
        };
    }

    /// <summary>An address for Seedance; other models answer with a list.</summary>
    private static IReadOnlyList<JobOutput> Outputs(WireNode output)
    {
        IEnumerable<Uri?> addresses = output.Address is { } single
            ? [single]
            : output.Items.Select(item => item.Address ?? item["url"].Address);
        return [.. addresses.OfType<Uri>().Select(url => new JobOutput { Url = url })];
    }

    private static JobError Error(WireNode body, WireResponse response)
    {
        string? text = ErrorText.Of(body["error"]) ?? ErrorText.Of(body["detail"]);
        return new JobError
        {
            Code = ErrorWords.Judge(text, ErrorCode.JobFailed).ToString(),
            Message = text ?? response.Excerpt(),
            RequestId = response.RequestId,
        };
    }
}
