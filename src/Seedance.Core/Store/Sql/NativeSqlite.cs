using System.Runtime.InteropServices;
using SQLitePCL;

namespace Seedance.Store;

/// <summary>
/// The library behind SQLite, loaded when the first command needs the store. It lies in the module's folder <c>native</c>, one for each
/// system.
/// </summary>
internal static class NativeSqlite
{
    private static readonly Lazy<bool> s_loaded = new(Load);

    public static void Ensure() => _ = s_loaded.Value;

    public static SeedanceException Missing(Exception cause) => new(
        ErrorCode.StoreFailure,
        string.Format(
            CultureInfo.InvariantCulture,
            "The module has no SQLite library for this system ({0}, {1}), which it keeps its jobs with.",
            RuntimeInformation.OSDescription.Trim(),
            RuntimeInformation.ProcessArchitecture),
        cause)
    {
        RecommendedAction =
            "Use Windows, Linux or macOS on x64 or arm64 (Windows also on x86), and install the module anew if its folder 'native' is not whole.",
    };

    private static bool Load()
    {
#if NETSTANDARD2_0
        // Windows PowerShell asks for the library by name, and takes the one that the process has.
        string folder = Path.GetDirectoryName(typeof(NativeSqlite).Assembly.Location) ?? string.Empty;
        string system = "win-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string path = Path.Combine(Path.GetDirectoryName(folder) ?? string.Empty, "native", system, "e_sqlite3.dll");
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && File.Exists(path))
        {
            _ = LoadLibrary(path);
        }
#endif
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

#if NETSTANDARD2_0
    [DllImport("kernel32", EntryPoint = "LoadLibraryW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibrary(string path);
#endif
}
