using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>An amount of money that is the same in every culture, or a blank cell.</summary>
internal sealed class AmountAttribute : CellAttribute
{
    private protected override object? Read(object? cell) => CellText.Amount(cell);
}
