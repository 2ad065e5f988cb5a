using System.Management.Automation;

namespace Seedance.PowerShell.Binding;

/// <summary>Takes what is given as a cell of a table is read; what is wrong with one is said in the words of its reader.</summary>
internal abstract class CellAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Read(Unwrapped.Value(inputData));
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private protected abstract object? Read(object? cell);
}
