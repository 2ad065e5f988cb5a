namespace Seedance.PowerShell.Cmdlets;

/// <summary>The row that an error is about: of thirty that fail, each says which one it is. The number is from 1.</summary>
internal sealed record ErrorSubject(int Row, object? Item)
{
    /// <summary>The user's name for it.</summary>
    public string? Tag { get; init; }

    public string Describe() => string.Format(CultureInfo.InvariantCulture, Tag is null ? "Row {0}" : "Row {0} ({1})", Row, Tag);
}
