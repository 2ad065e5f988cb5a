using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A switch that a cell of a table can set: True, False or blank.</summary>
internal sealed class FlagAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Unwrapped.Value(inputData) is SwitchParameter given)
        {
            return given;
        }

        try
        {
            return new SwitchParameter(CellText.Flag(Unwrapped.Value(inputData)));
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
