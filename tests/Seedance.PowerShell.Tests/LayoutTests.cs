using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Seedance.PowerShell.Tests;

/// <summary>What is in the folder that users install.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData("core")]
    [InlineData("desktop")]
    public void Edition_HasOurAssembliesAndPolly(string edition)
    {
        foreach (string name in new[] { "Seedance.Abstractions", "Seedance.Core", "Seedance.PowerShell", "Seedance.Simulator",
            "Polly.Core" })
        {
            Assert.True(File.Exists(Path.Combine(ShippedModule.Folder, edition, name + ".dll")), edition + " lacks " + name);
        }
    }

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
    public void Package_StaysSmall() // SQLite for eight systems is 6.8 MB of it, machine code for one 2.8, the two drivers for servers 1.2.
    {
        using MemoryStream package = new();
        ZipFile.CreateFromDirectory(ShippedModule.Folder, package);
        Assert.InRange(package.Length, 1, 142 * 100 * 1000);
    }

    [Fact]
    public void MachineCode_IsOfThePortableAssemblyBesideIt()
    {
        string[] compiled = Directory.GetFiles(Path.Combine(ShippedModule.Folder, "core", RuntimeInformation.RuntimeIdentifier));
        Assert.Contains("Seedance.Core.dll", compiled.Select(Path.GetFileName));
        Assert.All(compiled, path =>
        {
            (Guid id, bool isMachineCode) = Describe(path);
            Assert.True(isMachineCode);
            Assert.Equal((id, false), Describe(Path.Combine(ShippedModule.Folder, "core", Path.GetFileName(path))));
        });

        static (Guid Id, bool IsMachineCode) Describe(string path)
        {
            using PEReader file = new(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            return (metadata.GetGuid(metadata.GetModuleDefinition().Mvid), file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
        }
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
        ["core", "desktop", "native"],
        Directory.EnumerateDirectories(ShippedModule.Folder).Select(Path.GetFileName).Where(name => name is not ("en-US" or "examples"))
            .Order(StringComparer.Ordinal));
}
