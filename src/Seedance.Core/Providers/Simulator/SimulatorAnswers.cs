using Seedance.Wire;

namespace Seedance.Providers.Simulator;

/// <summary>Reads the simulator's jobs as strictly as any host's: it may be made to send broken ones.</summary>
internal static class SimulatorAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        return body["id"].Text is { } id ? new SubmitReading { ProviderJobId = id, Update = Update(body, response) }
            : body["error"].IsObject ? new SubmitReading { Error = Error(body["error"], ErrorCode.InvalidRequest) }
            : new SubmitReading();
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode body = response.Body;
        return !body["status"].Exists && body["error"].IsObject
            ? new PollReading { Error = Error(body["error"], ErrorCode.ProviderUnavailable) }
            : new PollReading { Update = Update(body, response) };
    }

    public static ErrorCode Judge(WireNode error, ErrorCode otherwise) => ErrorWords.IsPolicy(error["code"].Text)
        ? ErrorCode.ContentRejected
        : ErrorWords.Judge(ErrorText.Of(error), otherwise);

    private static JobStatus? Status(string? word) => word switch
    {
        "queued" => JobStatus.Queued,
        "running" => JobStatus.Running,
        "succeeded" => JobStatus.Succeeded,
        "failed" => JobStatus.Failed,
        "cancelled" => JobStatus.Cancelled,
        _ => null,
    };

    private static JobUpdate Update(WireNode job, WireResponse response)
    {
        JobStatus? status = Status(job["status"].Text);
        return new JobUpdate
        {
            Status = status,
            StatusWord = job["status"].Text,
            Progress = job["progress"].Integer is { } progress and >= 0 and <= 100 ? progress : null,
            Seed = job["seed"].Long,
            Outputs = status == JobStatus.Succeeded && Output(job["output"]) is { } output ? [output] : [],
            Cost = Cost(job["cost"]),
            Error = status == JobStatus.Failed ? Error(job["error"], response) : null,
            NextPoll = response.RetryAfter,
        };
    }

    private static JobOutput? Output(WireNode output) => output["url"].Address is { } url
        ? new JobOutput
        {
            Url = url,
            Width = output["width"].Integer,
            Height = output["height"].Integer,
            DurationSeconds = (double?)output["duration"].Number,
            ExpiresAt = output["expires_at"].Time,
        }
        : null;

    private static SeedanceCost? Cost(WireNode cost) => cost["amount"].Number is { } amount
        ? new SeedanceCost { Amount = amount, Unit = cost["unit"].Text ?? "credits", Source = "Simulator; nobody is charged" }
        : null;

    private static JobError Error(WireNode error, WireResponse response) => new()
    {
        Code = Judge(error, ErrorCode.JobFailed).ToString(),
        ProviderCode = error["code"].Text,
        Message = ErrorText.Of(error) ?? response.Excerpt(),
        RequestId = response.RequestId,
    };

    private static WireError Error(WireNode error, ErrorCode otherwise) =>
        new(Judge(error, otherwise)) { ProviderCode = error["code"].Text, Message = ErrorText.Of(error) };
}
