using System;
using System.IO;

namespace Seedance.Storage;

/// <summary>Where jobs and profiles live: SEEDANCE_HOME, else the system's place for a user's state.</summary>
internal static class StateFolder
{
    public static string Locate(Func<string, string?> variable)
    {
        if (variable("SEEDANCE_HOME") is { Length: > 0 } home)
        {
            return Path.GetFullPath(home);
        }

        if (Path.DirectorySeparatorChar == '\\')
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Seedance");
        }

        string state = variable("XDG_STATE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "seedance");
    }

    /// <summary>Makes a folder that only its owner may read.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

#if NETSTANDARD2_0
        Directory.CreateDirectory(path);
#else
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#endif
    }
}
