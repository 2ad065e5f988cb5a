using System.Collections;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>Numbers that are neither rounded nor made of blank cells; a cell may hold several, parted by semicolons.</summary>
internal sealed class WholeNumbersAttribute : CellAttribute
{
    private protected override object? Read(object? cell)
    {
        long[] numbers = [.. Items(cell).Select(item => CellText.WholeNumber(Unwrapped.Value(item))).OfType<long>()];
        return numbers.Length == 0 ? null : numbers;
    }

    private static IEnumerable<object?> Items(object? given) => given switch
    {
        string cell => cell.Split(';'),
        IEnumerable several => several.Cast<object?>(),
        _ => [given],
    };
}
