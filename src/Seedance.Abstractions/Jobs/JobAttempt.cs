namespace Seedance;

/// <summary>An account that was asked for a job first and surely did not take it.</summary>
public sealed record JobAttempt
{
    /// <summary>Who was asked.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The profile, if any.</summary>
    public string? Profile { get; init; }

    /// <summary>Why not, one of the names of <see cref="ErrorCode"/>.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>Why not, in words.</summary>
    public string? Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Provider + ": " + Code;
}
