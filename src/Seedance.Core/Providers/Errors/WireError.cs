namespace Seedance.Providers;

/// <summary>A host's refusal in neutral terms. Texts are as the host sent them; whoever shows them redacts.</summary>
internal sealed record WireError(ErrorCode Code)
{
    public string? ProviderCode { get; init; }

    public string? Message { get; init; }

    public TimeSpan? RetryAfter { get; init; }
}
