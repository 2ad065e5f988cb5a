using System.Management.Automation;
using System.Reflection;
#if !NETSTANDARD2_0
using System.Runtime.InteropServices;
using System.Runtime.Loader;
#endif

namespace Seedance.PowerShell;

/// <summary>
/// Lets the core and its packages meet no other module's copies. The engine makes one before it looks at any cmdlet, and none of them needs
/// the core to be looked at: the core is loaded by the first command.
/// </summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer
{
    private static readonly string s_folder = Path.GetFullPath(Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!);
    private static readonly string s_shared = Path.Combine(Path.GetDirectoryName(s_folder)!, "shared"); // With the other edition.
    private static int s_attached;

    /// <summary>
    /// Never taken back: the commands of another runspace may still need it, and it answers for nobody else's assemblies.
    /// </summary>
    public void OnImport()
    {
        _ = typeof(SeedanceJob).Assembly; // The nouns are loaded with the module, where scripts can name them.
        if (Interlocked.Exchange(ref s_attached, 1) == 0)
        {
            Attach();
        }
    }

    private static string? Find(AssemblyName name) =>
        new[] { s_folder, s_shared }.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);

#if NETSTANDARD2_0
    /// <summary>
    /// Only for our own assemblies: System.Text.Json's tree asks for several versions of System.Memory and its kin, and the one beside it
    /// serves them all. Another module's questions are not ours to answer (dotnet/runtime issue 38782).
    /// </summary>
    private static void Attach() => AppDomain.CurrentDomain.AssemblyResolve += (_, question) =>
    {
        string? asker = question.RequestingAssembly is { IsDynamic: false } assembly ? Path.GetDirectoryName(assembly.Location) : null;
        bool isOurs = string.Equals(asker, s_folder, StringComparison.OrdinalIgnoreCase)
            || string.Equals(asker, s_shared, StringComparison.OrdinalIgnoreCase);
        return isOurs && Find(new AssemblyName(question.Name)) is { } path ? Assembly.LoadFrom(path) : null;
    };
#else
    /// <summary>The cmdlets stay where the engine has put them; what they call for of ours comes out of the private context.</summary>
    private static void Attach()
    {
        PrivateContext context = new();
        AssemblyLoadContext.Default.Resolving += (_, name) =>
            name.Name is "Seedance.Core" or "Seedance.Simulator" ? context.LoadFromAssemblyName(name) : null;
    }

    private sealed class PrivateContext() : AssemblyLoadContext("Seedance.PowerShell")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(SeedanceJob).Assembly.GetName().Name)
            {
                return typeof(SeedanceJob).Assembly;
            }

            return Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }

        /// <summary>The store's library, which lies beside the folders of assemblies, one for each system.</summary>
        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            string name = OperatingSystem.IsWindows() ? unmanagedDllName + ".dll" : OperatingSystem.IsMacOS()
                ? "lib" + unmanagedDllName + ".dylib"
                : "lib" + unmanagedDllName + ".so";
            string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
            string path = Path.Combine(Path.GetDirectoryName(s_folder)!, "native", system + "-" + architecture, name);
            return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
        }
    }
#endif
}
