using System.Collections;
using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>Numbers that are neither rounded nor made of blank cells; a cell may hold several, parted by semicolons.</summary>
internal sealed class WholeNumbersAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            long[] numbers =
                [.. Items(Unwrapped.Value(inputData)).Select(item => CellText.WholeNumber(Unwrapped.Value(item))).OfType<long>()];
            return numbers.Length == 0 ? null : numbers;
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private static IEnumerable<object?> Items(object? given) => given switch
    {
        string cell => cell.Split(';'),
        IEnumerable several => several.Cast<object?>(),
        _ => [given],
    };
}
