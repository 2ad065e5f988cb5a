using System.Reflection;

namespace Seedance.PowerShell.Tests;

/// <summary>A cmdlet class as its metadata tells it.</summary>
internal sealed class ShippedCmdlet(Type type)
{
    private readonly CustomAttributeData _cmdlet = type.GetCustomAttributesData()
        .Single(data => data.AttributeType.Name == "CmdletAttribute");

    public Type Type => type;

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => Verb + "-" + Noun;

    public bool SupportsShouldProcess => (bool?)Named(_cmdlet, "SupportsShouldProcess") ?? false;

    public string? DefaultParameterSet => (string?)Named(_cmdlet, "DefaultParameterSetName");

    /// <summary>1 low, 2 medium, 3 high.</summary>
    public int ConfirmImpact => (int?)Named(_cmdlet, "ConfirmImpact") ?? 2;

    public IReadOnlyList<string> OutputTypes =>
    [
        .. type.GetCustomAttributesData().Where(data => data.AttributeType.Name == "OutputTypeAttribute")
            .SelectMany(data => (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
            .Select(argument => ((Type)argument.Value!).FullName!),
    ];

    public IReadOnlyList<ShippedParameter> Parameters =>
    [
        .. type.GetProperties().Where(property => property.GetCustomAttributesData().Any(ShippedParameter.IsParameter))
            .Select(property => new ShippedParameter(property)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
    ];

    public static object? Named(CustomAttributeData data, string name) =>
        data.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();
}
