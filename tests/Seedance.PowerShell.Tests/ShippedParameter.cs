using System.Reflection;

namespace Seedance.PowerShell.Tests;

/// <summary>A parameter of a cmdlet as its metadata tells it.</summary>
internal sealed class ShippedParameter(PropertyInfo property)
{
    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public IReadOnlyList<string> Aliases =>
    [
        .. property.GetCustomAttributesData().Where(data => data.AttributeType.Name == "AliasAttribute")
            .SelectMany(data => (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
            .Select(argument => (string)argument.Value!),
    ];

    public IEnumerable<CustomAttributeData> Declarations => property.GetCustomAttributesData().Where(IsParameter);

    public IEnumerable<string> AttributeNames => property.GetCustomAttributesData().Select(data => data.AttributeType.Name);

    public static bool IsParameter(CustomAttributeData data) => data.AttributeType.Name == "ParameterAttribute";

    public string Describe()
    {
        StringBuilder line = new("  -" + Name + " <" + Spell(Type) + ">");
        if (Aliases.Count > 0)
        {
            line.Append(" aliases ").AppendJoin(',', Aliases);
        }

        foreach (CustomAttributeData declaration in Declarations)
        {
            object? position = ShippedCmdlet.Named(declaration, "Position");
            string[] words =
            [
                .. new[]
                {
                    (string?)ShippedCmdlet.Named(declaration, "ParameterSetName"),
                    ShippedCmdlet.Named(declaration, "Mandatory") is true ? "mandatory" : null,
                    position is null ? null : "position " + Convert.ToString(position, CultureInfo.InvariantCulture),
                    ShippedCmdlet.Named(declaration, "ValueFromPipeline") is true ? "pipeline" : null,
                    ShippedCmdlet.Named(declaration, "ValueFromPipelineByPropertyName") is true ? "by name" : null,
                }.OfType<string>(),
            ];
            line.Append(words.Length > 0 ? " [" + string.Join(", ", words) + "]" : string.Empty);
        }

        return line.ToString();
    }

    private static string Spell(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Spell(inner) + "?" : type.Name;
}
