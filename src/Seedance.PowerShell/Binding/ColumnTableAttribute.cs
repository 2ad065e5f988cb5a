using System.Collections;
using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A table of texts, also as the object or the cell that it comes back as.</summary>
internal sealed class ColumnTableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Deep(inputData) switch
    {
        null => null,
        { } table => ColumnCell.Read(table),
    };
}
