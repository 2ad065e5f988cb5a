namespace Seedance;

/// <summary>Why a job failed, in our words and in the provider's.</summary>
public sealed record JobError
{
    /// <summary>Our code, one of the names of <see cref="ErrorCode"/>.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>The provider's own code, as it spelled it.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The provider's own text, redacted and bounded.</summary>
    public string? Message { get; init; }

    /// <summary>The provider's name for the request, to quote to its support.</summary>
    public string? RequestId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Message) ? Code : Code + ": " + Message;
}
