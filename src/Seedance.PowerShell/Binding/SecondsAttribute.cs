using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A length in seconds, or the word auto; neither rounded nor made of a blank cell.</summary>
internal sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return CellText.Seconds(Unwrapped.Value(inputData));
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
