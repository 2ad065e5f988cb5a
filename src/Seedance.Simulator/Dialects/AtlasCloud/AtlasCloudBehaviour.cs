namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>How the simulated AtlasCloud behaves where its documents leave room.</summary>
public sealed record AtlasCloudBehaviour : IHostBehaviour
{
    /// <summary>How Atlas Cloud wraps its answers.</summary>
    public AtlasCloudShape Shape { get; init; }

    /// <summary>How long after its submit Atlas Cloud answers 404 for a job, as it does for some seconds.</summary>
    public TimeSpan BlindTime { get; init; }

    /// <summary>Atlas Cloud answers every error with 200 and its number in <c>code</c>.</summary>
    public bool ErrorsIn200 { get; init; }

    /// <summary>
    /// A failed prediction is answered with 200, as the schemas have it; the vendor's MCP server 1.7.0 found HTTP 5xx with the prediction
    /// inside, which is what happens here unless this is set.
    /// </summary>
    public bool FailuresIn200 { get; init; }

    /// <inheritdoc/>
    public string? FindFault() =>
        BlindTime < TimeSpan.Zero || BlindTime > TimeSpan.FromDays(365)
        ? "The blind time of Atlas Cloud is between zero and a year."
        : null;
}
