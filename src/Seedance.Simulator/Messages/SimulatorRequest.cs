namespace Seedance.Simulator.Messages;

/// <summary>One HTTP request, wholly received.</summary>
public sealed class SimulatorRequest
{
    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The path as received, still escaped, beginning with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>What follows the question mark, as received.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>Header fields by name without regard to case; repeated fields are joined with a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body without its transfer coding.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Scheme and authority the client used, so that media is handed out at the same door.</summary>
    public required Uri Origin { get; init; }

    internal string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
