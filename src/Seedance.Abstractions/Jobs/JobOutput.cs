namespace Seedance;

/// <summary>A file that a job made.</summary>
public sealed record JobOutput
{
    /// <summary><c>Video</c>, <c>LastFrame</c> or <c>Other</c>.</summary>
    public string Kind { get; init; } = "Video";

    /// <summary>Where the provider serves it. Often signed and short-lived, so treat it as a secret.</summary>
    public Uri? Url { get; init; }

    /// <summary>Pixels, where the provider says.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, where the provider says.</summary>
    public int? Height { get; init; }

    /// <summary>Seconds, where the provider says.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>When <see cref="Url"/> is expected to stop working.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The saved file, once there is one.</summary>
    public string? Path { get; init; }

    /// <summary>Of the saved file, lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the saved file.</summary>
    public long? Length { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path ?? Kind;
}
