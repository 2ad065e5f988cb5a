using System.Management.Automation;

namespace Seedance.PowerShell.Binding;

/// <summary>Takes text alone: PowerShell would turn a row without a Prompt column into the text <c>@{...}</c>, and that would be paid for.</summary>
internal sealed class PromptTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Unwrapped.Value(inputData) is string)
        {
            return inputData;
        }

        if (inputData is PSObject row && row.Properties["Prompt"] is not null)
        {
            // The binder passes over a value that cannot be cast and takes the property instead.
            throw new ArgumentTransformationMetadataException("A row is bound by its Prompt column.", new PSInvalidCastException());
        }

        string columns = inputData is PSObject { BaseObject: PSCustomObject } other
            ? "a row with the columns " + string.Join(", ", other.Properties.Select(property => property.Name))
            : "a " + (Unwrapped.Value(inputData)?.GetType().Name ?? "null");
        throw new ArgumentTransformationMetadataException("A prompt is text, or a row with a Prompt column; this is " + columns + ". Nothing was sent.");
    }
}
