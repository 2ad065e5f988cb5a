using System.Collections.Concurrent;

namespace Seedance.Storage;

/// <summary>
/// Proves, once for a folder and process, that locks lock there. Where they do not, as on some network file systems or when the runtime is told not to lock,
/// two processes would pay for the same job and neither would notice, so the folder is refused.
/// </summary>
internal static class LockProof
{
    private static readonly ConcurrentDictionary<string, bool> s_proven = new(StringComparer.Ordinal);

    public static void Ensure(string folder)
    {
        if (s_proven.ContainsKey(folder))
        {
            return;
        }

        if (!IsExclusive(Path.Combine(folder, "proof.lock")))
        {
            throw new SeedanceException(
                ErrorCode.StoreFailure, "Locks do not hold in the state folder " + folder + ": two processes could pay for the same job. Nothing was sent.")
            {
                Target = folder,
                RecommendedAction = "Set SEEDANCE_HOME to a folder on a disk of this machine, and remove DOTNET_SYSTEM_IO_DISABLEFILELOCKING if it is set.",
            };
        }

        s_proven[folder] = true;
    }

    /// <summary>A second opening must fail. That the first one fails proves the same: another process is at its proof.</summary>
    private static bool IsExclusive(string path)
    {
        try
        {
            using FileStream first = Open(path);
            using FileStream second = Open(path);
            return false;
        }
        catch (IOException error) when (FileLock.IsHeld(error))
        {
            return true;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
}
