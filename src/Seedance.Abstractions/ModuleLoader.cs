using System.Reflection;
#if !NETSTANDARD2_0
using System.Runtime.InteropServices;
using System.Runtime.Loader;
#endif

namespace Seedance;

/// <summary>
/// Loads the cmdlets and the packages behind them so that they meet no other module's copies. PowerShell 7 gets a private load context;
/// Windows PowerShell, which has none and no binding redirects of ours, gets a resolver by simple name.
/// </summary>
public static class ModuleLoader
{
    private const string CmdletAssembly = "Seedance.PowerShell";
    private static readonly object s_gate = new();
    private static Assembly? s_cmdlets;

    /// <summary>
    /// The cmdlet assembly that lies beside this one, the same at every call in a process, and whether this process had it before. A pair in an array,
    /// because each further call of .NET from the module's script would cost its import a tenth.
    /// </summary>
    public static object[] Load()
    {
        string folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
        lock (s_gate)
        {
            Attach(folder);
            bool again = s_cmdlets is not null;
            return [s_cmdlets ??= LoadCmdlets(folder), again];
        }
    }

#if NETSTANDARD2_0
    private static ResolveEventHandler? s_resolver;

    /// <summary>Stops answering the process's questions for assemblies; called when the module is removed.</summary>
    public static void Detach()
    {
        lock (s_gate)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= s_resolver;
            s_resolver = null;
        }
    }

    private static void Attach(string folder)
    {
        if (s_resolver is not null)
        {
            return;
        }

        string own = Path.GetFullPath(folder);
        s_resolver = (_, question) =>
        {
            // Only for our own assemblies: System.Text.Json's tree asks for several versions of System.Memory and its kin, and the one
            // beside it serves them all. Another module's questions are not ours to answer (dotnet/runtime issue 38782).
            string? asker = question.RequestingAssembly is { IsDynamic: false } assembly ? Path.GetDirectoryName(assembly.Location) : null;
            string path = Path.Combine(own, new AssemblyName(question.Name).Name + ".dll");
            return string.Equals(asker, own, StringComparison.OrdinalIgnoreCase) && File.Exists(path) ? Assembly.LoadFrom(path) : null;
        };
        AppDomain.CurrentDomain.AssemblyResolve += s_resolver;
    }

    private static Assembly LoadCmdlets(string folder) => Assembly.LoadFrom(Path.Combine(folder, CmdletAssembly + ".dll"));
#else
    /// <summary>Nothing to undo here: the private context answers nobody else's questions.</summary>
    public static void Detach()
    {
    }

    private static void Attach(string folder)
    {
    }

    private static Assembly LoadCmdlets(string folder) =>
        new PrivateContext(Path.GetFullPath(folder)).LoadFromAssemblyName(new AssemblyName(CmdletAssembly));

    private sealed class PrivateContext(string folder) : AssemblyLoadContext(CmdletAssembly)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(ModuleLoader).Assembly.GetName().Name)
            {
                return typeof(ModuleLoader).Assembly; // The nouns stay in the default context, where scripts can name them.
            }

            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        /// <summary>The store's library, which lies beside the folders of assemblies, one for each system.</summary>
        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            string name = OperatingSystem.IsWindows() ? unmanagedDllName + ".dll" : OperatingSystem.IsMacOS() ? "lib" + unmanagedDllName + ".dylib" : "lib" + unmanagedDllName + ".so";
            string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
            string path = Path.Combine(Path.GetDirectoryName(folder)!, "native", system + "-" + architecture, name);
            return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
        }
    }
#endif
}
