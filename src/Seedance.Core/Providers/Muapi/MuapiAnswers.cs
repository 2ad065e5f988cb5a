using Seedance.Wire;

namespace Seedance.Providers.Muapi;

/// <summary>
/// Reads jobs. The vendor's own documents disagree about the name of the id and the place of the video, so all of them are looked at.
/// </summary>
internal static class MuapiAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode data = body["data"];
        string? id = body["request_id"].Text ?? body["id"].Text ?? data["request_id"].Text ?? data["id"].Text;
        WireNode job = Job(body);
        if (id is not null)
        {
            return new SubmitReading { ProviderJobId = id, Update = Update(job, response, MuapiCost.OfSubmit(job, response)) };
        }

        return Refusal(body, job) is { } text
            ? new SubmitReading { Error = Error(ErrorWords.Judge(text, ErrorCode.InvalidRequest), text, body) }
            : new SubmitReading();
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode job = Job(body);
        if (!job["status"].Exists && (ErrorText.Of(job["error"]) ?? ErrorText.Of(job["detail"])) is { } text)
        {
            return new PollReading { Error = Error(ErrorCode.ProviderUnavailable, text, body) };
        }

        return new PollReading { Update = Update(job, response, MuapiCost.OfPoll(job, response)) };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "QUEUED" or "PENDING" => JobStatus.Queued,
        "PROCESSING" => JobStatus.Running,
        "COMPLETED" or "SUCCEEDED" => JobStatus.Succeeded,
        "FAILED" or "ERROR" => JobStatus.Failed,
        "CANCELLED" or "CANCELED" => JobStatus.Cancelled,
        _ => null,
    };

    private static WireError Error(ErrorCode code, string text, WireNode body) =>
        new(code) { ProviderCode = ErrorText.ProviderCode(body), Message = text };

    private static WireNode Job(WireNode body) => !body["status"].Exists && body["data"].IsObject ? body["data"] : body;

    private static JobUpdate Update(WireNode job, WireResponse response, SeedanceCost? cost)
    {
        string? word = job["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? [.. MuapiOutputs.Read(job)] : [], // Before the end, "url" may be anything.
            Cost = cost,
            Error = status == JobStatus.Failed ? Error(job, response) : null,
            NextPoll = response.RetryAfter,
        };
    }

    private static JobError Error(WireNode job, WireResponse response)
    {
        string? text = ErrorText.Read(job);
        bool flagged = job["has_nsfw_contents"].Items.Any(item => item.Flag == true);
        return new JobError
        {
            Code = (flagged ? ErrorCode.ContentRejected : ErrorWords.Judge(text, ErrorCode.JobFailed)).ToString(),
            ProviderCode = ErrorText.ProviderCode(job),
            Message = text ?? response.Excerpt(), // The 2.1 guide: read the whole payload of a failed job.
            RequestId = response.RequestId,
        };
    }

    /// <summary>
    /// An error that is named as one. A bare message is not enough, and neither is an error beside a status of a running job: the job may
    /// exist.
    /// </summary>
    private static string? Refusal(WireNode body, WireNode job)
    {
        string? word = job["status"].Text;
        string? text = ErrorText.Of(body["error"]) ?? ErrorText.Of(body["detail"]) ?? ErrorText.Of(job["error"]);
        return Status(word) switch
        {
            JobStatus.Failed => text ?? ErrorText.Read(body) ?? ErrorText.Read(job) ?? "Muapi answered with status " + word + " and no id.",
            null => text,
            _ => null,
        };
    }
}
