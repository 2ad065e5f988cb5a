namespace Seedance;

/// <summary>One prompt of a set, ready for the pipe.</summary>
public sealed record SeedancePrompt
{
    private readonly SheetColumns _columns = SheetColumns.None;

    /// <summary>The text.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>What sets it apart from the others of its set; null where it is the only one.</summary>
    public string? Tag { get; init; }

    /// <summary>What was filled in, by the names of the template.</summary>
    public SheetColumns Columns
    {
        get => _columns;
        init => _columns = value ?? SheetColumns.None;
    }

    /// <inheritdoc/>
    public override string ToString() => Prompt;
}
