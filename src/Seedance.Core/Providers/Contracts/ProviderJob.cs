namespace Seedance.Providers;

/// <summary>A job as its host knows it.</summary>
internal sealed record ProviderJob
{
    /// <summary>The note of a job whose host has accepted the wish to cancel it.</summary>
    public const string CancelAccepted = "cancel_accepted";

    public required string Id { get; init; }

    public required string WireModel { get; init; }

    /// <summary>What the adapter asked to remember with the job, such as the address that answered last time.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
