using Seedance.Wire;

namespace Seedance.Providers.Wireflow;

/// <summary>Reads executions in the forms of all three dialects, whichever was asked: nobody says which of them is live.</summary>
internal static class WireflowAnswers
{
    public static SubmitReading Submit(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        WireNode data = Execution(body);
        WireNode runs = data["executionRuns"].Exists ? data["executionRuns"] : body["executionRuns"];
        string? id = body["executionId"].Text ?? data["executionId"].Text ?? runs[0]["id"].Text ?? runs[0]["executionId"].Text
            ?? Created(response);
        if (id is not null)
        {
            return new SubmitReading { ProviderJobId = id, Update = Update(data, response), Notes = Others(runs) };
        }

        // Said once more, so that what is no JSON leaves as a protocol error.
        return ErrorText.Of(response.Body["error"]) is { } text
            ? new SubmitReading {
                Error = new WireError(ErrorWords.Judge(text, ErrorCode.InvalidRequest)) { ProviderCode = ErrorText.ProviderCode(body),
                Message = text } }
            : new SubmitReading();
    }

    public static PollReading Poll(WireResponse response)
    {
        WireNode execution = Execution(response.Body);
        return !execution["status"].Exists && ErrorText.Of(execution["error"]) is { } text
            ? new PollReading {
                Error = new WireError(ErrorCode.ProviderUnavailable) { ProviderCode = ErrorText.ProviderCode(execution), Message = text } }
            : new PollReading { Update = Update(execution, response) };
    }

    public static JobStatus? Status(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "QUEUED" or "PENDING" => JobStatus.Queued,
        "RUNNING" => JobStatus.Running,
        "COMPLETED" => JobStatus.Succeeded,
        "FAILED" => JobStatus.Failed,
        "CANCELLED" => JobStatus.Cancelled,
        _ => null,
    };

    public static IEnumerable<WireNode> Nodes(WireNode execution) =>
        execution["nodes"].Items.Concat(execution["nodeStates"].Items).Concat(execution["nodeResults"]["nodeRuns"].Items);

    /// <summary>The text with what a 402 adds: what the run needs and what there is.</summary>
    public static WireError WithBalance(WireError error, WireNode body)
    {
        WireNode figures = body["requiredCredits"].Exists ? body : body["error"];
        return figures["requiredCredits"].Number is { } required && figures["availableCredits"].Number is { } available
            ? error with {
                Message = string.Format(CultureInfo.InvariantCulture, "{0} ({1} needed, {2} available)", error.Message, required, available)
                .Trim() }
            : error;
    }

    private static WireNode Execution(WireNode body) => body["data"].IsObject ? body["data"] : body;

    /// <summary>A redirect has a Location as well, and its last word is no id: only a success that points at an execution counts.</summary>
    private static string? Created(WireResponse response)
    {
        if (!response.IsSuccess || !Uri.TryCreate(new Uri("https://host/"), response.Header("Location"), out Uri? location))
        {
            return null;
        }

        string[] segments = [.. location.Segments.Select(segment => Uri.UnescapeDataString(segment.TrimEnd('/')))];
        return segments.Length > 1 && segments[segments.Length - 2] == "executions" && segments[segments.Length - 1].Length > 0
            ? segments[segments.Length - 1]
            : null;
    }

    /// <summary>An iterator in the graph makes several runs of one submit. The first is the job; the others stay known.</summary>
    private static Dictionary<string, string>? Others(WireNode runs)
    {
        string[] ids = [.. runs.Items.Select(run => run["id"].Text ?? run["executionId"].Text).OfType<string>()];
        return ids.Length > 1 ? new Dictionary<string, string>(StringComparer.Ordinal) { ["runs"] = string.Join(",", ids) } : null;
    }

    private static JobUpdate Update(WireNode execution, WireResponse response)
    {
        string? word = execution["status"].Text;
        JobStatus? status = Status(word);
        return new JobUpdate
        {
            Status = status,
            StatusWord = word,
            Outputs = status == JobStatus.Succeeded ? [.. WireflowOutputs.Read(execution)] : [],
            Cost = Cost(execution),
            Error = status == JobStatus.Failed ? Error(execution, response) : null,
            NextPoll = response.RetryAfter,
        };
    }

    /// <summary>
    /// The guide prices a node at 0.42 and does not say of what; the estimate counts in credits, and a dollar is no credit.
    /// </summary>
    private static SeedanceCost? Cost(WireNode execution)
    {
        // A node may be listed in two forms, and costs once.
        (string Node, decimal Cost)[] nodes =
        [
            .. Nodes(execution)
                .Where(node => node["cost"].Number is not null)
                .GroupBy(node => node["nodeId"].Text ?? node["label"].Text ?? "?", StringComparer.Ordinal)
                .Select(node => (node.Key, node.First()["cost"].Number!.Value)),
        ];
        decimal? total = execution["totalCost"].Number ?? (nodes.Length > 0 ? nodes.Sum(node => node.Cost) : null);
        string parts = nodes.Length == 0
            ? string.Empty
            : ": " + string.Join(", ", nodes.Select(node => FormattableString.Invariant($"{node.Node} {node.Cost}")));
        return total is { } amount
            ? new SeedanceCost { Amount = amount, Unit = "Wireflow units",
                Source = "Wireflow, cost of the execution, which may be in credits or in USD" + parts }
            : null;
    }

    private static JobError Error(WireNode execution, WireResponse response)
    {
        IEnumerable<string> ofNodes = Nodes(execution)
            .Select(node => ErrorText.Of(node["error"]) is { } text ? (node["label"].Text ?? node["nodeId"].Text) + ": " + text : null)
            .OfType<string>();
        string nodes = string.Join("; ", ofNodes);
        string? text = ErrorText.Of(execution["error"]) ?? (nodes.Length > 0 ? nodes : null);
        return new JobError
        {
            Code = ErrorWords.Judge(text, ErrorCode.JobFailed).ToString(),
            ProviderCode = ErrorText.ProviderCode(execution),
            Message = text ?? response.Excerpt(),
            RequestId = response.RequestId,
        };
    }
}
