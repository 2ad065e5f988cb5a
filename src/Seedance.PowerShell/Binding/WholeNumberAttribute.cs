using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A number that is neither rounded nor made of a blank cell.</summary>
internal sealed class WholeNumberAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return CellText.WholeNumber(Unwrapped.Value(inputData));
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
