using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace Seedance.PowerShell.Tests;

/// <summary>The module as it was composed, and its cmdlets as metadata.</summary>
internal static class ShippedModule
{
    private static readonly Lazy<IReadOnlyList<ShippedCmdlet>> s_cmdlets = new(ReadCmdlets);
    private static readonly Lazy<Assembly> s_nouns = new(() => Load("Seedance.Abstractions"));

    public static string Repository { get; } = Metadata("Repository");

    public static string Version { get; } = Metadata("ModuleVersion");

    public static string Pester { get; } = Path.GetFullPath(Metadata("Pester"));

    /// <summary>The file from which the build says after the tests how many of Pester's passed.</summary>
    public static string PesterCount { get; } = Metadata("PesterCount");

    /// <summary>The file that remembers how long each Pester file took.</summary>
    public static string PesterTimes => Path.ChangeExtension(PesterCount, ".times.json");

    public static string Folder { get; } = Path.Combine(Repository, "out", "Seedance.PowerShell");

    public static IReadOnlyList<ShippedCmdlet> Cmdlets => s_cmdlets.Value;

    public static Assembly Nouns => s_nouns.Value;

    public static string Manifest => File.ReadAllText(Path.Combine(Folder, "Seedance.PowerShell.psd1"));

    /// <summary>The strings of an array in the manifest.</summary>
    public static IReadOnlyList<string> ManifestList(string key)
    {
        Match list = Regex.Match(Manifest, key + @"\s*=\s*@\((?<items>[^)]*)\)", RegexOptions.None, TimeSpan.FromSeconds(1));
        return [.. Regex.Matches(list.Groups["items"].Value, "'(?<item>[^']*)'", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(item => item.Groups["item"].Value)];
    }

    private static IReadOnlyList<ShippedCmdlet> ReadCmdlets()
    {
        Assembly assembly = Load("Seedance.PowerShell");
        return
        [
            .. assembly.GetTypes()
                .Where(type => type.GetCustomAttributesData().Any(data => data.AttributeType.Name == "CmdletAttribute"))
                .Select(type => new ShippedCmdlet(type))
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
    }

    private static Assembly Load(string name) => new Context().LoadFromAssemblyPath(Path.Combine(Folder, "core", name + ".dll"));

    private static string Metadata(string key) => typeof(ShippedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    /// <summary>Loads what is shipped; the engine's stand-in comes from beside the tests.</summary>
    private sealed class Context() : AssemblyLoadContext("shipped")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(Folder, "core", assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
