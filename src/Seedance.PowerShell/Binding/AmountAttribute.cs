using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>An amount of money that is the same in every culture, or a blank cell.</summary>
internal sealed class AmountAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return CellText.Amount(Unwrapped.Value(inputData));
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
