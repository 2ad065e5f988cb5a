namespace Seedance;

/// <summary>
/// The one failure type. The message says what happened and then what to do; it never holds a key, a signed address or an unbounded body.
/// </summary>
public sealed class SeedanceException : Exception
{
    /// <summary>A failure with its code and message.</summary>
    public SeedanceException(ErrorCode code, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException) => Code = code;

    /// <summary>The same failure, some of it said in another way. What is not named stays; this one is the cause of the copy.</summary>
    public SeedanceException Copy(
        ErrorCode? code = null, string? message = null, string? recommendedAction = null, string? provider = null, SeedanceJob? job = null,
        object? target = null) =>
        new(code ?? Code, message ?? Message, this)
        {
            RecommendedAction = recommendedAction ?? RecommendedAction,
            Provider = provider ?? Provider,
            HttpStatus = HttpStatus,
            ProviderCode = ProviderCode,
            RequestId = RequestId,
            ResponseExcerpt = ResponseExcerpt,
            RetryAfter = RetryAfter,
            Job = job ?? Job,
            Target = target ?? Target,
        };

    /// <summary>The cause; its name is the ErrorId.</summary>
    public ErrorCode Code { get; }

    /// <summary>What to do next, without the description of what happened.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The provider that was asked.</summary>
    public string? Provider { get; init; }

    /// <summary>The HTTP status of its answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Its own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Its name for the request, to quote to its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Its answer, redacted and bounded to 2,000 characters.</summary>
    public string? ResponseExcerpt { get; init; }

    /// <summary>When it said that another try may work.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The job that failed, as it stands.</summary>
    public SeedanceJob? Job { get; init; }

    /// <summary>What was being worked on where there is no job: a prompt, an id, a path.</summary>
    public object? Target { get; init; }
}
