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
                Update = body["status"].Exists ? new JobUpdate { Status = Status(body["status"].Text), StatusWord = body["status"].Text } : null,
                Notes = s_notes.Where(name => body[name].Address is not null).ToDictionary(name => name, name => body[name].Address!.AbsoluteUri, StringComparer.Ordinal),
            };
        }

        return Refusal(body) is { } text
            ? new SubmitReading { Fault = new WireFault(Judge(body["error_type"].Text, text, ErrorCode.InvalidRequest)) { ProviderCode = body["error_type"].Text, Message = text } }
            : new SubmitReading();
    }

    public static PollReading Poll(ProviderJob job, WireResponse response, Func<WireResponse, WireFault> readFault)
    {
        if (!response.IsSuccess)
        {
            return Unfetchable(response, readFault(response));
        }

        WireNode body = response.Body;
        string? word = body["status"].Text;
        if (word is null && body["video"].Exists)
        {
            return new PollReading { Update = Succeeded(body) };
        }

        if (Status(word) is not JobStatus.Succeeded)
        {
            return new PollReading { Update = new JobUpdate { Status = Status(word), StatusWord = word, NextPoll = response.RetryAfter } };
        }

        return Refusal(body) is { } text
            ? new PollReading { Update = Failed(body["error_type"].Text, text, response) }
            : new PollReading { FollowUp = new WireRequest { Address = Address(job, ResponseNote) }, FollowUpMayRefuse = true };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "IN_QUEUE" => JobStatus.Queued,
        "IN_PROGRESS" => JobStatus.Running,
        "COMPLETED" => JobStatus.Succeeded,
        "CANCELLED" or "CANCELED" => JobStatus.Cancelled,
        _ => null,
    };

    public static Uri Address(ProviderJob job, string note) =>
        job.Notes.TryGetValue(note, out string? text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : throw new SeedanceException(
            ErrorCode.NotSupportedByProvider, "Fal's " + note + " of the job " + job.Id + " is not on record here, and it cannot be told from the id.")
        {
            Provider = FalModels.Provider,
            RecommendedAction = "Fal names a job's addresses once, and the state folder that submitted it keeps them: wait for the job there, or copy that folder and point SEEDANCE_HOME to it. "
                + "The job is not lost; fal's dashboard shows it as well.",
        };

    public static ErrorCode Judge(string? type, string? text, ErrorCode otherwise) =>
        FaultWords.IsPolicy(type) ? ErrorCode.ContentRejected
        : text?.IndexOf("balance", StringComparison.OrdinalIgnoreCase) >= 0 ? ErrorCode.InsufficientCredits
        : FaultWords.Judge(text, otherwise);

    private static string? Refusal(WireNode body) => FaultText.Of(body["error"]) ?? FaultText.Of(body["detail"]) ?? body["error_type"].Text;

    /// <summary>A completed job whose result is an error has failed; what its client would ask again, and a wrong key, is no word about the job.</summary>
    private static PollReading Unfetchable(WireResponse response, WireFault fault) => response.Status is 401 or 403 or 404 or 408 or 409 or 429 or 502 or 503 or 504 or < 400
        ? new PollReading { Fault = fault }
        : new PollReading { Update = Failed(fault.ProviderCode, fault.Message ?? response.Excerpt(), response) };

    /// <summary>The queue completes a cancelled job with this type of error.</summary>
    private static JobUpdate Failed(string? type, string text, WireResponse response) => type == "client_cancelled" ? new() { Status = JobStatus.Cancelled, StatusWord = type } : new()
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

    private static JobUpdate Succeeded(WireNode body) => new()
    {
        Status = JobStatus.Succeeded,
        StatusWord = "COMPLETED",
        Outputs = (body["video"]["url"].Address ?? body["video"].Address) is { } url ? [new JobOutput { Url = url }] : [],
        Seed = body["seed"].Long,
    };
}
