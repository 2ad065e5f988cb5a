namespace Seedance;

/// <summary>
/// One exchange of a job with its provider, or what came of it, as it was noted at that moment. It holds no key and no signed address.
/// </summary>
public sealed record SeedanceTraceEntry
{
    /// <summary>The job's own id.</summary>
    public string JobId { get; init; } = string.Empty;

    /// <summary>When the request left, or the result was known.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>
    /// What it was for: <c>Submit</c>, <c>Poll</c>, <c>Cancel</c>, <c>List</c> or <c>Upload</c>; <c>Result</c> is what was concluded.
    /// </summary>
    public string Step { get; init; } = string.Empty;

    /// <summary>Method and address without query; empty for a conclusion.</summary>
    public string Route { get; init; } = string.Empty;

    /// <summary>The answer's HTTP status; null where none came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The provider's name for the request, to quote to its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Which try of the call it was, from 1.</summary>
    public int Try { get; init; }

    /// <summary>After what pause it was tried again; null where it was not.</summary>
    public TimeSpan? RetryIn { get; init; }

    /// <summary>Our code for a refusal or a failure, one of the names of <see cref="ErrorCode"/>.</summary>
    public string? Code { get; init; }

    /// <summary>Whose words the text is: the provider's, those of the network, or the module's own.</summary>
    public string SaidBy { get; init; } = string.Empty;

    /// <summary>What was said, redacted and bounded.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>How often the same answer came again behind the one before this; 0 for an answer of its own.</summary>
    public int Repeats { get; init; }
}
