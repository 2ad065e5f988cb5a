using System.Xml.Linq;

namespace Seedance.PowerShell.Tests;

/// <summary>Every cmdlet has a page and every parameter a text, in the source and in what Get-Help reads.</summary>
public sealed class HelpTests
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";

    public static TheoryData<string> Names => [.. ShippedModule.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_TellsOfEveryParameter(string name)
    {
        string page = File.ReadAllText(Path.Combine(ShippedModule.Repository, "module", "help", name + ".md"));
        ShippedCmdlet cmdlet = Cmdlet(name);
        Assert.All(cmdlet.Parameters, parameter => Assert.Contains("### -" + parameter.Name, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GetHelp_HasASynopsisExamplesAndEveryParameter(string name)
    {
        XElement command = XDocument.Load(Path.Combine(ShippedModule.Folder, "en-US", "Seedance.PowerShell.dll-Help.xml"))
            .Descendants(s_command + "command")
                .Single(element => (string?)element.Element(s_command + "details")?.Element(s_command + "name") == name);
        Assert.False(string.IsNullOrWhiteSpace(command.Element(s_command + "details")?.Element(s_maml + "description")?.Value));
        Assert.NotEmpty(command.Descendants(s_command + "example"));
        string[] documented =
        [
            .. command.Elements(s_command + "parameters").Elements(s_command + "parameter")
                .Where(parameter => !string.IsNullOrWhiteSpace(parameter.Element(s_maml + "description")?.Value))
                .Select(parameter => parameter.Element(s_maml + "name")!.Value),
        ];
        Assert.Empty(Cmdlet(name).Parameters.Select(parameter => parameter.Name).Except(documented, StringComparer.OrdinalIgnoreCase));
    }

    private static ShippedCmdlet Cmdlet(string name) => ShippedModule.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
