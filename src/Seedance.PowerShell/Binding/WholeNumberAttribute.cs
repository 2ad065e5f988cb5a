using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A number that is neither rounded nor made of a blank cell.</summary>
internal sealed class WholeNumberAttribute : CellAttribute
{
    private protected override object? Read(object? cell) => CellText.WholeNumber(cell);
}
