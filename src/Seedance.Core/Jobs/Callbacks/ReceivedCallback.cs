namespace Seedance.Jobs.Callbacks;

/// <summary>What somebody sent to a callback address.</summary>
internal sealed record ReceivedCallback
{
    /// <summary>The body as it came; a signature covers these bytes.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Needed for a signature alone.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The provider's signing secret or public keys; null means that the signature is not looked at.</summary>
    public string? Secret { get; init; }

    /// <summary>Whose callback it is; null means that the body tells.</summary>
    public string? Provider { get; init; }
}
