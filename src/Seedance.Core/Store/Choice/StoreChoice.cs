using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Storage;
using Seedance.Wire;

namespace Seedance.Store;

/// <summary>
/// Which store a state folder uses: what SEEDANCE_STORE names, else what was set for the folder, else the folder's own file.
/// </summary>
internal sealed class StoreChoice(Func<string, string?> variable, string home)
{
    public const string Variable = "SEEDANCE_STORE";

    private string SettingPath => Path.Combine(home, "store.json");

    /// <summary>Where the choice comes from, in the words of a user.</summary>
    public string Source => FromVariable is not null ? Variable : Kept is not null ? SettingPath : "the state folder";

    /// <summary>The server; null for the folder's own file.</summary>
    public StoreAddress? Address => (FromVariable ?? Kept) is { } text ? StoreAddress.Parse(text) : null;

    /// <summary>Tells one choice from the next.</summary>
    public string Key => home + "|" + (FromVariable ?? Kept);

    private string? FromVariable => variable(Variable) is { } text && text.Trim().Length > 0 ? text.Trim() : null;

    private string? Kept => File.Exists(SettingPath) ? ReadSetting() : null;

    public StoreEngine Open(TimeProvider time) => Address is { } address ? new PostgresEngine(address, time) : new SqliteEngine(home, time);

    /// <summary>
    /// Another store that a user names: a server as for <see cref="Change"/>, or a folder or its file. <paramref name="exists"/> refuses a
    /// folder that has no store.
    /// </summary>
    public static StoreEngine Open(string text, TimeProvider time, Func<string, string> fullPath, bool exists)
    {
        if (text.Contains("://") || text.IndexOf('=') >= 0)
        {
            return new PostgresEngine(StoreAddress.Parse(text), time);
        }

        string path = fullPath(text);
        string folder = Path.GetFileName(path) == SqliteFile.Name ? Path.GetDirectoryName(path)! : path;
        return !exists || File.Exists(Path.Combine(folder, SqliteFile.Name)) ? new SqliteEngine(folder, time) : throw new SeedanceException(
            ErrorCode.StoreFailure, "There is no store in " + folder + ".")
        {
            Target = folder,
            RecommendedAction = "Name a folder with a file " + SqliteFile.Name + ", or a server such as postgres://user@host/database.",
        };
    }

    /// <summary>The choice as a user sees it; asks no server.</summary>
    public SeedanceStore Describe()
    {
        StoreAddress? address = Address;
        return new SeedanceStore
        {
            Engine = address is null ? "SQLite" : "PostgreSQL",
            Place = address?.Place ?? Path.Combine(home, SqliteFile.Name),
            Source = Source,
        };
    }

    /// <summary>
    /// Keeps a server for the folder, without its password; null goes back to the folder's own file. Gives what the user should be told.
    /// </summary>
    public string? Change(string? text)
    {
        bool hadPassword = false;
        try
        {
            if (text is null)
            {
                File.Delete(SettingPath);
            }
            else
            {
                (string kept, hadPassword) = StoreAddress.WithoutPassword(text);
                StateFolder.Create(home);
                AtomicFile.Write(SettingPath, Encoding.UTF8.GetBytes(new JsonObject { ["connection"] = kept }.ToJsonString() + "\n"),
                    overwrite: true, ownerOnly: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Failed("keep the choice of the store", error.Message, error);
        }

        return hadPassword ? "The password was not written down. Set PGPASSWORD, or put a line into ~/.pgpass."
            : FromVariable is null ? null
            : Variable + " is set, and goes before what was set now.";
    }

    private string ReadSetting()
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(File.ReadAllText(SettingPath));
            return new WireNode(parsed.RootElement)["connection"].Text ?? throw Unreadable(cause: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unreadable(error); // Never another store than the one that was set: its jobs would seem lost.
        }
    }

    private SeedanceException Unreadable(Exception? cause) =>
        new(ErrorCode.StoreFailure, "The file that names the store cannot be read: " + SettingPath, cause)
        {
            Target = SettingPath,
            RecommendedAction =
                "Set the store again with Set-SeedanceStore, or go back to the state folder's own with Set-SeedanceStore -Default.",
        };
}
