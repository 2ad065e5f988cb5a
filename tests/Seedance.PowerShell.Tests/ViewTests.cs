using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Seedance.PowerShell.Tests;

/// <summary>The views name what exists and fit a console of 80 columns.</summary>
public sealed class ViewTests
{
    private const int Console = 80;
    private const int SmallestLastColumn = 6;
    private static readonly XDocument s_formats = Load("Seedance.PowerShell.Format.ps1xml");

    public static TheoryData<string> Shown =>
        ["SeedanceJob", "SeedanceModel", "SeedanceModelSummary", "SeedanceSpendSummary", "SeedanceCheck", "SeedanceTraceEntry",
        "SeedanceCredits", "SeedanceSpend", "SeedanceEstimate", "SeedanceProfile", "SeedanceSimulatorInfo", "JobOutput"];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Noun_HasATableAndAListForLiveAndStoredObjects(string noun)
    {
        foreach (string type in new[] { "Seedance." + noun, "Deserialized.Seedance." + noun })
        {
            Assert.Contains(Views("TableControl"), view => TypesOf(view).Contains(type));
            Assert.Contains(Views("ListControl"), view => TypesOf(view).Contains(type));
        }
    }

    [Fact]
    public void Views_NameTypesAndPropertiesThatExist()
    {
        foreach (XElement view in s_formats.Descendants("View"))
        {
            Type type = TypeOf(TypesOf(view).First());
            IEnumerable<string> named = view.Descendants("PropertyName").Select(element => element.Value)
                .Concat(view.Descendants("ScriptBlock")
                    .SelectMany(script =>
                    Regex.Matches(script.Value, @"\$_\.(?<name>\w+)", RegexOptions.None, TimeSpan.FromSeconds(1))
                    .Select(match => match.Groups["name"].Value)))
                .Where(name => name is not ("Key" or "Value"));
            Assert.All(named, name => Assert.True(type.GetProperty(name) is not null, type.Name + " has no " + name));
        }
    }

    [Fact]
    public void Tables_FitTheConsole()
    {
        foreach (XElement view in Views("TableControl"))
        {
            int[] widths =
                [.. view.Descendants("TableColumnHeader")
                .Select(header => header.Element("Width") is { } width
                ? int.Parse(width.Value, CultureInfo.InvariantCulture)
                : SmallestLastColumn)];
            Assert.InRange(widths.Length, 1, 7);
            Assert.InRange(widths.Sum() + widths.Length - 1, 1, Console);
            Assert.Equal(widths.Length, view.Descendants("TableColumnItem").Count());
        }
    }

    [Theory]
    [InlineData("Seedance.SeedanceJob")]
    [InlineData("Seedance.SeedanceCredits")]
    [InlineData("Seedance.SeedanceSpend")]
    [InlineData("Seedance.SeedanceSpendSummary")]
    [InlineData("Seedance.SeedanceEstimate")]
    public void Views_MarkWhatIsSimulated(string type) => Assert.All(
        s_formats.Descendants("View").Where(view => TypesOf(view).Contains(type)),
        view => Assert.Contains(view.Descendants("ScriptBlock"),
            script => script.Value.Contains("$_.IsSimulated", StringComparison.Ordinal)
            && script.Value.Contains("(SIM", StringComparison.Ordinal)));

    private static IEnumerable<XElement> Views(string control) =>
        s_formats.Descendants("View").Where(view => view.Element(control) is not null);

    private static string[] TypesOf(XElement view) => [.. view.Descendants("TypeName").Select(name => name.Value)];

    private static Type TypeOf(string name) =>
        ShippedModule.Nouns.GetType(name.Replace("Deserialized.", string.Empty, StringComparison.Ordinal), throwOnError: true)!;

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(ShippedModule.Folder, file));
}
