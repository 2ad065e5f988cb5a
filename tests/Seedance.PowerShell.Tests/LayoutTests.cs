using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Seedance.PowerShell.Tests;

/// <summary>What is in the folder that users install.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData("core")]
    [InlineData("desktop")]
    public void Edition_HasOurAssembliesAndNoneThatBothShare(string edition)
    {
        string[] own = Names(edition);
        Assert.Superset(
            new HashSet<string>(["Seedance.Abstractions", "Seedance.Core", "Seedance.PowerShell", "SQLitePCLRaw.provider.e_sqlite3"]),
            new HashSet<string>(own));
        Assert.Empty(own.Intersect(Names("shared"), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Shared_HasWhatBothEditionsLoad() => Assert.Equal(
        ["Microsoft.Data.Sqlite", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
            "Npgsql", "Polly.Core", "Seedance.Simulator"],
        Names("shared").Order(StringComparer.Ordinal));

    [Fact]
    public void Shared_IsBuiltForBothEditions() => Assert.All(Names("shared"), static name =>
    {
        using PEReader file = new(File.OpenRead(Path.Combine(ShippedModule.Folder, "shared", name + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.Contains(
            "netstandard", metadata.AssemblyReferences.Select(one => metadata.GetString(metadata.GetAssemblyReference(one).Name)));
    });

    [Fact]
    public void Core_UsesTheRuntimesOwnJson() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(ShippedModule.Folder, "core")), path =>
            Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));

    [Theory]
    [InlineData("System.Text.Json.dll")]
    [InlineData("System.Text.Encodings.Web.dll")]
    [InlineData("System.Memory.dll")]
    [InlineData("System.Buffers.dll")]
    [InlineData("System.Numerics.Vectors.dll")]
    [InlineData("System.Runtime.CompilerServices.Unsafe.dll")]
    [InlineData("System.Threading.Tasks.Extensions.dll")]
    [InlineData("Microsoft.Bcl.AsyncInterfaces.dll")]
    [InlineData("Microsoft.Bcl.TimeProvider.dll")]
    public void Desktop_BringsWhatWindowsPowerShellLacks(string file) =>
        Assert.True(File.Exists(Path.Combine(ShippedModule.Folder, "desktop", file)));

    [Fact]
    public void Nothing_OfTheEngineOrTheBuildIsShipped() => Assert.DoesNotContain(
        Directory.EnumerateFiles(ShippedModule.Folder, "*", SearchOption.AllDirectories),
        path => Path.GetFileName(path).StartsWith("System.Management.Automation", StringComparison.Ordinal)
            || Path.GetExtension(path) is ".pdb" or ".exe"
            || (Path.GetExtension(path) == ".json" && Path.GetFileName(Path.GetDirectoryName(path)) != "examples")
                || Path.GetFileName(path).StartsWith("Seedance.", StringComparison.Ordinal)
                && path.EndsWith(".xml", StringComparison.Ordinal) && !path.EndsWith("-Help.xml", StringComparison.Ordinal));

    [Theory]
    [InlineData("TypesToProcess")]
    [InlineData("ScriptsToProcess")]
    [InlineData("NestedModules")]
    [InlineData("RequiredAssemblies")]
    public void Manifest_MakesTheEngineDoNothingThatTheAssemblyCan(string key) =>
        Assert.DoesNotContain(key, ShippedModule.Manifest, StringComparison.Ordinal);

    [Fact]
    public void Manifest_NamesAnAssemblyOfEachEditionAndNoScript()
    {
        string root = Regex.Match(ShippedModule.Manifest, @"^\s*RootModule\s*=.*$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Value;
        Assert.Equal(["core/Seedance.PowerShell.dll", "desktop/Seedance.PowerShell.dll"],
            Regex.Matches(root, @"'(?<path>[^']+\.\w+)'", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(path => path.Groups["path"].Value));
        Assert.DoesNotContain(Directory.EnumerateFiles(ShippedModule.Folder, "*.psm1", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public void Licence_IsThere() => Assert.True(File.Exists(Path.Combine(ShippedModule.Folder, "LICENSE")));

    [Fact]
    public void Package_StaysSmall() // Eight libraries of SQLite are 6.8 MB of it.
    {
        using MemoryStream package = new();
        ZipFile.CreateFromDirectory(ShippedModule.Folder, package, CompressionLevel.SmallestSize, includeBaseDirectory: false);
        Assert.InRange(package.Length, 1, 10 * 1000 * 1000);
    }

    [Theory]
    [InlineData("win-x64", "e_sqlite3.dll")]
    [InlineData("win-x86", "e_sqlite3.dll")]
    [InlineData("win-arm64", "e_sqlite3.dll")]
    [InlineData("linux-x64", "libe_sqlite3.so")]
    [InlineData("linux-arm64", "libe_sqlite3.so")]
    [InlineData("linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("osx-x64", "libe_sqlite3.dylib")]
    [InlineData("osx-arm64", "libe_sqlite3.dylib")]
    public void Native_HasTheStoresLibrary(string system, string file) =>
        Assert.True(File.Exists(Path.Combine(ShippedModule.Folder, "native", system, file)));

    [Fact]
    public void Text_NamesEveryAssemblyFolderThatExists() => Assert.Equal(
        ["core", "desktop", "native", "shared"],
        Directory.EnumerateDirectories(ShippedModule.Folder).Select(Path.GetFileName).Where(name => name is not ("en-US" or "examples"))
            .Order(StringComparer.Ordinal));

    private static string[] Names(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(ShippedModule.Folder, folder), "*.dll")
            .Select(Path.GetFileNameWithoutExtension).OfType<string>(),
    ];
}
