using Seedance.Wire;

namespace Seedance.Providers.Seedance2Ai;

/// <summary>
/// Reads tasks: plain, as the host's page has them, or in the <c>{code, data}</c> wrapper and with the states of its operator's sibling
/// site (seedance2-pro.com, read 2026-09), which may be the same server.
/// </summary>
internal static class Seedance2AiAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode task = Task(body);
        return task["taskId"].Text is { } id ? new SubmitReading { ProviderJobId = id, Update = Update(task, response) }
            : Refusal(body, response) is { } error && error.Code != ErrorCode.ProviderUnavailable ? new SubmitReading { Error = error }
            : new SubmitReading(); // A wrapped 500 is a 500: the task may exist.
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode task = Task(body);
        return !task["status"].Exists && !task["state"].Exists && Refusal(body, response) is { } error
            ? new PollReading { Error = error }
            : new PollReading { Update = Update(task, response) };
    }

    public static WireNode Task(WireNode body) => body["data"].IsObject ? body["data"] : body;

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "PENDING" or "WAITING" => JobStatus.Queued,
        "PROCESSING" or "GENERATING" => JobStatus.Running,
        "COMPLETED" or "SUCCESS" => JobStatus.Succeeded,
        "FAILED" or "FAIL" => JobStatus.Failed,
        _ => null,
    };

    /// <summary>The text with what the sibling's 402 adds: what the job needs and what there is.</summary>
    public static WireError WithBalance(WireError error, WireNode body)
    {
        WireNode figures = body["required"].Exists ? body : body["data"];
        return figures["required"].Number is { } required && figures["available"].Number is { } available
            ? error with {
                Message = string.Format(CultureInfo.InvariantCulture, "{0} ({1} needed, {2} available)", error.Message, required, available)
                .Trim() }
            : error;
    }

    /// <summary>
    /// A wrapper's code that is not its success, or an error named as one. A bare message proves nothing: the task may exist.
    /// </summary>
    private static WireError? Refusal(WireNode body, WireResponse response)
    {
        int code = body["code"].Integer ?? 0;
        string? text = ErrorText.Read(body);
        string? error = ErrorText.Of(body["error"]) ?? ErrorText.Of(Task(body)["error"]);
        if (code is 0 or (>= 200 and < 300))
        {
            return error is null ? null : Error(ErrorWords.Judge(error, ErrorCode.InvalidRequest), error);
        }

        ErrorCode meaning = HttpErrors.Code(code);
        bool vague = meaning is ErrorCode.ProtocolError or ErrorCode.InvalidRequest;
        return WithBalance(Error(vague ? ErrorWords.Judge(text, ErrorCode.InvalidRequest) : meaning, text), body);

        WireError Error(ErrorCode judged, string? words) =>
            new(judged) { ProviderCode = ErrorText.ProviderCode(body), Message = words, RetryAfter = response.RetryAfter };
    }

    private static JobUpdate Update(WireNode task, WireResponse response)
    {
        string? word = task["status"].Text ?? task["state"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? [.. task["output"].Items.Select(Output).OfType<JobOutput>()] : [],
            Cost = Cost(task, status),
            Error = status == JobStatus.Failed ? Error(task, response) : null,
            CompletedAt = status >= JobStatus.Succeeded ? task["completeTime"].Time : null,
            NextPoll = response.RetryAfter,
        };
    }

    /// <summary>The page does not say whether the size is that before or after upscaling; it is passed on as it is.</summary>
    private static JobOutput? Output(WireNode item) => (item["url"].Address ?? item.Address) is { } url
        ? new JobOutput { Url = url, Width = item["width"].Integer, Height = item["height"].Integer }
        : null;

    /// <summary>A zero before the end says that nothing is charged yet, not that the job is free.</summary>
    private static SeedanceCost? Cost(WireNode task, JobStatus? status)
    {
        if (task["creditsUsed"].Number is not { } credits || (credits == 0 && status is not >= JobStatus.Succeeded))
        {
            return null;
        }

        string source = status == JobStatus.Failed
            ? "creditsUsed of a failed task; whether those are refunded is not documented"
            : "creditsUsed";
        return new SeedanceCost { Amount = credits, Unit = "credits", Source = source };
    }

    private static JobError Error(WireNode task, WireResponse response)
    {
        string? text = ErrorText.Of(task["error"]) ?? ErrorText.Read(task);
        return new JobError
        {
            Code = ErrorWords.Judge(text, ErrorCode.JobFailed).ToString(),
            ProviderCode = ErrorText.ProviderCode(task),
            Message = text ?? response.Excerpt(),
            RequestId = response.RequestId,
        };
    }
}
