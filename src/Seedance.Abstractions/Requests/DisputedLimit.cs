namespace Seedance;

/// <summary>
/// A limit that a document names and another contradicts, or that nobody names: what is beyond it is sent with a warning.
/// </summary>
public sealed record DisputedLimit
{
    private readonly IReadOnlyList<string> _values = [];

    /// <summary>
    /// What is limited: <c>Duration</c>, <c>Resolution</c>, <c>AspectRatio</c>, <c>Seed</c>, <c>ReferenceImages</c>, <c>ReferenceVideos</c>
    /// or <c>ReferenceAudios</c>.
    /// </summary>
    public string Parameter { get; init; } = string.Empty;

    /// <summary>The lowest that is not in doubt.</summary>
    public long? Least { get; init; }

    /// <summary>The highest that is not in doubt.</summary>
    public long? Most { get; init; }

    /// <summary>For words, those that are not in doubt.</summary>
    public IReadOnlyList<string> Values
    {
        get => _values;
        init => _values = Indexed.Of(value);
    }

    /// <summary>Who says so, and who says otherwise.</summary>
    public string Source { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => Parameter + ": " + Source;
}
