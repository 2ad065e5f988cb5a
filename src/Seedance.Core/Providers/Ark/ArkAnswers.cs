using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>Reads tasks (create and get pages of both houses, read 2026-09). Resellers of the same API pass them on unchanged.</summary>
internal static class ArkAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        return body["id"].Text is { } id ? new SubmitReading { ProviderJobId = id }
            // Errors come with their own status; one inside a 2xx counts only where its code surely means that there is no task.
            : ArkErrors.Judge(body["error"]["code"].Text) is { } code ? new SubmitReading { Error = ArkErrors.Read(response, code) }
            : new SubmitReading();
    }

    public static PollReading Poll(string wireModel, WireResponse response)
    {
        WireNode task = response.Body;
        return !task["status"].Exists && task["error"].Exists
            ? new PollReading { Error = ArkErrors.Read(response, ErrorCode.ProviderUnavailable) }
            : new PollReading { Update = Update(task, wireModel, response) };
    }

    public static JobUpdate Update(WireNode task, string wireModel, WireResponse response)
    {
        string? word = task["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? Outputs(task, wireModel) : [],
            Seed = task["seed"].Long is { } seed and >= 0 ? seed : null, // -1 is the wish for a random one, not the one that was drawn.
            Cost = Cost(task),
            Error = status is JobStatus.Failed or JobStatus.Expired or JobStatus.Cancelled ? Error(task, status.Value, response) : null,
            CompletedAt = status >= JobStatus.Succeeded ? task["updated_at"].Time : null,
            NextPoll = response.RetryAfter,
        };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "QUEUED" => JobStatus.Queued,
        "RUNNING" => JobStatus.Running,
        "SUCCEEDED" => JobStatus.Succeeded,
        "FAILED" => JobStatus.Failed,
        "CANCELLED" => JobStatus.Cancelled,
        "EXPIRED" => JobStatus.Expired,
        _ => null,
    };

    private static List<JobOutput> Outputs(WireNode task, string wireModel)
    {
        WireNode content = task["content"];
        List<JobOutput> outputs = [];
        (int Width, int Height)? size = ArkPixels.Find(task["model"].Text ?? wireModel, task["resolution"].Text, task["ratio"].Text);
        if (content["video_url"].Address is { } video)
        {
            outputs.Add(new JobOutput { Url = video, Width = size?.Width, Height = size?.Height, DurationSeconds = Seconds(task) });
        }

        if (content["last_frame_url"].Address is { } frame)
        {
            outputs.Add(new JobOutput { Kind = "LastFrame", Url = frame, Width = size?.Width, Height = size?.Height });
        }

        if (content["file_url"].Address is { } file)
        {
            outputs.Add(new JobOutput { Kind = "Other", Url = file });
        }

        return outputs;
    }

    private static double? Seconds(WireNode task)
    {
        if (task["duration"].Number is { } seconds and > 0)
        {
            return (double)seconds;
        }

        return task["frames"].Number is { } frames and > 0
            ? (double)(frames / (task["framespersecond"].Number is { } rate and > 0 ? rate : 24))
            : null;
    }

    /// <summary>The bill counts completion tokens; what a token costs depends on model, house and contract.</summary>
    private static SeedanceCost? Cost(WireNode task) => task["usage"]["completion_tokens"].Number is { } tokens and > 0
        ? new SeedanceCost { Amount = tokens, Unit = "tokens", Source = "usage.completion_tokens" }
        : null;

    private static JobError Error(WireNode task, JobStatus status, WireResponse response)
    {
        WireNode error = task["error"];
        string? code = error["code"].Text;
        ErrorCode plain = status switch
        {
            JobStatus.Cancelled => ErrorCode.JobCancelled,
            JobStatus.Expired => ErrorCode.JobExpired,
            _ => ErrorCode.JobFailed,
        };
        bool refused = status == JobStatus.Failed && ArkErrors.Judge(code) == ErrorCode.ContentRejected;
        return new JobError
        {
            Code = (refused ? ErrorCode.ContentRejected : plain).ToString(),
            ProviderCode = code,
            Message = ErrorText.Of(error) ?? (status == JobStatus.Failed ? response.Excerpt() : null),
            RequestId = response.RequestId,
        };
    }
}
