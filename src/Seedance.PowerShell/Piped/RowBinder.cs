using System.Management.Automation;
using System.Reflection;
using Seedance.Input;

namespace Seedance.PowerShell.Piped;

/// <summary>
/// Gives columns of a row to the parameters of a cmdlet that the engine has not bound, because they are spelled otherwise, and takes them
/// back afterwards: to the next row they mean nothing.
/// </summary>
internal sealed class RowBinder
{
    private readonly PSCmdlet _cmdlet;
    private readonly Dictionary<string, PropertyInfo> _properties;
    private readonly Dictionary<string, object?> _before;
    private readonly HashSet<string> _fixed;

    /// <summary>Made before the first row, when every parameter is as the command line has it.</summary>
    public RowBinder(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _properties = cmdlet.GetType().GetProperties()
            .Where(property =>
                property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.ValueFromPipelineByPropertyName))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        _before = _properties.ToDictionary(
            property => property.Key, object? (property) => property.Value.GetValue(cmdlet), StringComparer.OrdinalIgnoreCase);
        _fixed = new HashSet<string>(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        Names = new ColumnNames(
            [.. _properties.Values.Select(
            property => new ColumnParameter(property.Name, property.GetCustomAttribute<AliasAttribute>()?.AliasNames.ToArray() ?? []))]);
    }

    /// <summary>What a column can mean.</summary>
    public ColumnNames Names { get; }

    /// <summary>Whether the command line gives the parameter.</summary>
    public bool IsFixed(string parameter) => _fixed.Contains(parameter);

    /// <summary>Whether a column of the row chose the account.</summary>
    public bool ChoseAccount { get; private set; }

    public void Give(string parameter, object? value)
    {
        PropertyInfo property = _properties[parameter];
        ChoseAccount |= property.Name is "Profile" or "Provider";
        try
        {
            foreach (ArgumentTransformationAttribute transformation in property.GetCustomAttributes<ArgumentTransformationAttribute>())
            {
                value = transformation.Transform(null!, value!);
            }

            property.SetValue(_cmdlet, LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is ArgumentTransformationMetadataException or PSInvalidCastException)
        {
            throw new SeedanceException(
                ErrorCode.InvalidRequest, "The column for " + parameter + " cannot be used: " + error.Message, error)
            {
                RecommendedAction = "Nothing was sent or spent for this row. Put the cell right.",
            };
        }
    }

    /// <summary>Every parameter as the command line has it.</summary>
    public void Reset()
    {
        ChoseAccount = false;
        foreach (KeyValuePair<string, PropertyInfo> property in _properties)
        {
            if (!_fixed.Contains(property.Key))
            {
                property.Value.SetValue(_cmdlet, _before[property.Key]);
            }
        }
    }
}
