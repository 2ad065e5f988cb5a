namespace Seedance.Providers;

/// <summary>What a host answered to a submit. The job surely exists when there is an id, or the result itself.</summary>
internal sealed record SubmitReading
{
    /// <summary>The host's id.</summary>
    public string? ProviderJobId { get; init; }

    /// <summary>A refusal inside a 2xx.</summary>
    public WireError? Error { get; init; }

    /// <summary>What the answer already says of the job: cost, or the result itself where the host answers at once.</summary>
    public JobUpdate? Update { get; init; }

    /// <summary>Kept with the job and given back at every poll.</summary>
    public IReadOnlyDictionary<string, string>? Notes { get; init; }
}
