namespace Seedance;

/// <summary>A running simulator, and what it has counted so far.</summary>
public sealed record SeedanceSimulatorInfo
{
    /// <summary>Where it listens; loopback only.</summary>
    public Uri? Uri { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; }

    /// <summary>The environment variables that point this session's providers at it, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Jobs that it took.</summary>
    public long Accepted { get; init; }

    /// <summary>Requests that it refused.</summary>
    public long Refused { get; init; }

    /// <summary>Scripted faults that fired, by kind.</summary>
    public IReadOnlyDictionary<string, long> FaultsFired { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
