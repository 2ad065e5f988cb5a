using System.Management.Automation;

namespace Seedance.PowerShell.Binding;

/// <summary>A range that lets a blank cell through; the engine's own refuses what is not given.</summary>
internal sealed class FromToAttribute(double least, double most) : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (Unwrapped.Value(arguments) is { } given && Convert.ToDouble(given, CultureInfo.InvariantCulture) is var number
            && (number < least || number > most))
        {
            throw new ValidationMetadataException(
                string.Format(CultureInfo.InvariantCulture, "{0} is not within {1} and {2}.", given, least, most));
        }
    }
}
