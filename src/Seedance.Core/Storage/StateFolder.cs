namespace Seedance.Storage;

/// <summary>Where jobs and profiles live: SEEDANCE_HOME, else the system's place for a user's state.</summary>
internal static class StateFolder
{
    public static string Locate(Func<string, string?> variable)
    {
        if (variable("SEEDANCE_HOME") is { Length: > 0 } home)
        {
            // A relative one would be another folder in every process, and jobs that are paid for would seem lost.
            return IsFull(home) ? Path.GetFullPath(home) : throw new SeedanceException(
                ErrorCode.StoreFailure,
                "SEEDANCE_HOME is '" + home + "', which is no full path, so it would name another folder wherever a process is started.")
            {
                RecommendedAction = "Set it to a full path, such as "
                    + Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "seedance") + ", or remove it.",
            };
        }

        if (Path.DirectorySeparatorChar == '\\')
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Seedance");
        }

        // The XDG specification: a relative one is to be ignored.
        string state = variable("XDG_STATE_HOME") is { Length: > 0 } given && IsFull(given)
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "seedance");
    }

    /// <summary>A drive or a share on Windows too, where a rooted path may still depend on the current drive.</summary>
    private static bool IsFull(string path) => Path.DirectorySeparatorChar == '\\'
        ? (path.Length > 2 && path[1] == ':' && IsSeparator(path[2])) || (path.Length > 1 && IsSeparator(path[0]) && IsSeparator(path[1]))
        : path[0] == '/';

    private static bool IsSeparator(char letter) => letter is '\\' or '/';

    /// <summary>Makes a folder that only its owner may read.</summary>
    public static void Create(string path) => DiskBarrier.CreateFolder(path, static folder =>
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(folder);
    });
}
