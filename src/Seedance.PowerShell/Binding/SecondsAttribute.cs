using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A length in seconds, or the word auto; neither rounded nor made of a blank cell.</summary>
internal sealed class SecondsAttribute : CellAttribute
{
    private protected override object? Read(object? cell) => CellText.Seconds(cell);
}
