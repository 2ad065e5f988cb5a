using System.Collections;
using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>A table of a provider's own fields, also as the object that JSON becomes; a blank cell is none.</summary>
internal sealed class OptionTableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        switch (Unwrapped.Value(inputData))
        {
            case null:
            case string text when CellText.Optional(text) is null:
                return null;
            case IDictionary table:
                return new Hashtable(table, StringComparer.Ordinal);
            case PSObject custom:
                Hashtable fields = new(StringComparer.Ordinal);
                foreach (PSPropertyInfo property in custom.Properties)
                {
                    fields[property.Name] = property.Value;
                }

                return fields;
            default:
                throw new ArgumentTransformationMetadataException("A table of fields is expected, such as @{ watermark = $false }.");
        }
    }
}
