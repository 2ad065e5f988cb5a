using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>Reads jobs; submit and fetch share a shape (docs.modelslab.com and the guide of Seedance 2.0, read 2026-09).</summary>
internal static class ModelsLabAnswers
{
    /// <summary>The note that holds where the host said it answers for a job.</summary>
    public const string Fetch = "fetch";

    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.Body;
        string? fetch = FetchRoute(body);
        if ((body["id"].Text ?? IdIn(fetch)) is { } id)
        {
            return new SubmitReading { ProviderJobId = id, Update = Update(body, response), Notes = fetch is null ? null : Note(fetch) };
        }

        return Status(body["status"].Text) switch
        {
            // The result is here and no id came with it: what there is to know is known.
            JobStatus.Succeeded when Update(body, response) is { Outputs.Count: > 0 } done => new SubmitReading { Update = done },
            JobStatus.Failed => new SubmitReading { Error = Refusal(response) },
            _ => new SubmitReading(),
        };
    }

    public static PollReading Poll(ProviderJob job, WireResponse response)
    {
        WireNode body = response.Body;
        if (IsWord(body, "error"))
        {
            // The word is the same for a job that failed and for a question that went wrong; a wrong guess here would lose a paid job.
            WireError error = ModelsLabErrors.OfBody(response, ErrorCode.JobFailed);
            if (!response.IsSuccess || error.Code is not (ErrorCode.JobFailed or ErrorCode.ContentRejected))
            {
                return new PollReading { Error = error };
            }
        }

        string? fetch = FetchRoute(body);
        bool news = fetch is not null && !job.Notes.ContainsKey(Fetch);
        return new PollReading { Update = Update(body, response), Notes = news ? Note(fetch!) : null };
    }

    public static JobUpdate Update(WireNode body, WireResponse response)
    {
        string? word = body["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? [.. Outputs(body)] : [],
            Seed = body["meta"]["seed"].Long,
            Error = status == JobStatus.Failed ? Error(body, response) : null,
            NextPoll = response.RetryAfter,
        };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "QUEUED" => JobStatus.Queued,
        "PROCESSING" => JobStatus.Running,
        "SUCCESS" or "COMPLETED" => JobStatus.Succeeded,
        "FAILED" or "ERROR" or "GENERATION_FAILED" => JobStatus.Failed,
        _ => null,
    };

    /// <summary>What the job made. <c>future_links</c> are addresses at which nothing is yet, so they are never among them.</summary>
    public static IEnumerable<JobOutput> Outputs(WireNode body)
    {
        Uri[] direct = Addresses(body["output"]);
        WireNode meta = body["meta"];
        return (direct.Length > 0 ? direct : Addresses(body["proxy_links"]))
            .Select(address => new JobOutput { Url = address, Width = meta["width"].Integer, Height = meta["height"].Integer });
    }

    private static Uri[] Addresses(WireNode place) =>
        place.Address is { } single ? [single] : [.. place.Items.Select(item => item.Address).OfType<Uri>()];

    private static bool IsWord(WireNode body, string word) =>
        string.Equals(body["status"].Text?.Trim(), word, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The path of <c>fetch_result</c> from its version on: asked at the account's own base address, since the key goes nowhere else.
    /// </summary>
    private static string? FetchRoute(WireNode body)
    {
        if (body["fetch_result"].Address is not { } address)
        {
            return null;
        }

        string[] segments = address.AbsolutePath.Trim('/').Split('/');
        int version = Array.FindIndex(
            segments, segment => segment.Length is 2 or 3 && segment[0] == 'v' && segment.Skip(1).All(char.IsDigit));
        return version < 0 || segments[segments.Length - 1].Length == 0 ? null : string.Join("/", segments.Skip(version));
    }

    private static string? IdIn(string? fetch) =>
        fetch is null ? null : Uri.UnescapeDataString(fetch.Substring(fetch.LastIndexOf('/') + 1));

    private static Dictionary<string, string> Note(string fetch) => new(StringComparer.Ordinal) { [Fetch] = fetch };

    private static WireError Refusal(WireResponse response)
    {
        WireError error = ModelsLabErrors.OfBody(response, ErrorCode.InvalidRequest);
        // There is no job yet: a model, or a reference.
        return error.Code == ErrorCode.JobNotFound ? error with { Code = ErrorCode.InvalidRequest } : error;
    }

    private static JobError Error(WireNode body, WireResponse response)
    {
        string? text = ModelsLabErrors.Text(body);
        return new JobError
        {
            Code = ErrorWords.Judge(text, ErrorCode.JobFailed).ToString(),
            ProviderCode = ErrorText.ProviderCode(body),
            Message = text ?? response.Excerpt(),
            RequestId = response.RequestId,
        };
    }
}
