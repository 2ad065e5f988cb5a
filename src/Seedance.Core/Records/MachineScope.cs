using System.Runtime.InteropServices;

namespace Seedance.Records;

/// <summary>
/// Within what a process's number means one process: this machine since it was started, or this container on it. Not the host name, which
/// two containers may share and a laptop may change.
/// </summary>
internal static class MachineScope
{
    /// <summary>Null where the system does not tell; then the name has to do.</summary>
    public static string? Current { get; } = Find();

    /// <summary>Short enough for every row, and tells nobody the machine's own numbers.</summary>
    public static string Of(params string?[] parts) => AccountKey.Hash(string.Join("|", parts)).Substring(0, 16);

    private static string? Find()
    {
        try
        {
#if NETSTANDARD2_0
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Windows() : Linux();
#else
            return OperatingSystem.IsWindows() ? Windows() : OperatingSystem.IsMacOS() ? Mac() : Linux();
#endif
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DllNotFoundException
            or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static string? Linux()
    {
        const string Boot = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Boot) ? Of(File.ReadAllText(Boot).Trim(), Namespace()) : null;
    }

    private static string? Namespace()
    {
#if NETSTANDARD2_0
        return null; // The build for Windows PowerShell.
#else
        return new FileInfo("/proc/self/ns/pid").LinkTarget;
#endif
    }

    private static string? Windows()
    {
        byte[] text = new byte[512];
        int length = text.Length;
        IntPtr localMachine = new(unchecked((int)0x80000002));
        const int TextOfThe64BitView = 0x10002;
        return RegGetValue(
            localMachine, @"SOFTWARE\Microsoft\Cryptography", "MachineGuid", TextOfThe64BitView, IntPtr.Zero, text, ref length) == 0
            ? Of(Encoding.Unicode.GetString(text, 0, length), Environment.MachineName)
            : null;
    }

#if !NETSTANDARD2_0
    private static string? Mac()
    {
        byte[] id = new byte[16];
        long[] wait = new long[2];
        return GetHostUuid(id, wait) == 0 ? Of(BitConverter.ToString(id)) : null;
    }

    [DllImport("libSystem.dylib", EntryPoint = "gethostuuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetHostUuid(byte[] id, long[] wait);
#endif

    [DllImport("advapi32", EntryPoint = "RegGetValueW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegGetValue(IntPtr key, string subKey, string value, int flags, IntPtr type, byte[] data, ref int length);
}
