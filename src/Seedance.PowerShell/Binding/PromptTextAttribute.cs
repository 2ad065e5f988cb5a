using System.Management.Automation;
using Seedance.PowerShell.Piped;

namespace Seedance.PowerShell.Binding;

/// <summary>Takes text alone: PowerShell would turn anything else into its description, and that would be paid for.</summary>
internal sealed class PromptTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Value(inputData) is string or null
        ? inputData
        : throw new ArgumentTransformationMetadataException("A prompt is text; this is " + PipedItem.Describe(inputData)
            + ". Nothing was sent.");
}
