using Microsoft.Data.Sqlite;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// The file <c>seedance.db</c> of a state folder: made for its owner alone, on a disk of this machine, and filled once from what an earlier
/// version left.
/// </summary>
internal sealed class SqliteFile(string home, TimeProvider clock)
{
    public const string Name = "seedance.db";
    private readonly FolderImport _old = new(home);
    private readonly SqliteCheck _check = new(System.IO.Path.Combine(home, Name), clock);

    public string Path { get; } = System.IO.Path.Combine(home, Name);

    public bool Exists => File.Exists(Path);

    /// <summary>An earlier version kept its jobs in files.</summary>
    public bool HasOldFiles => _old.Exists;

    public SqliteConnection OpenToWrite()
    {
        NetworkDisk.Refuse(home);
        RefuseEmpty();
        if (!Exists)
        {
            _check.Forget();
            StateFolder.Create(home);
            OwnFile.Open(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        }

        return Open(static connection => Run(connection, "pragma journal_mode = wal"));
    }

    /// <summary>Where nothing can be written, not even the engine's own files, the file is read as it stands.</summary>
    public SqliteConnection OpenToRead()
    {
        try
        {
            return Open(static connection =>
            {
                Run(connection, "pragma query_only = on");
                Run(connection, "select count(*) from sqlite_master");
            });
        }
        catch (SqliteException error) when (SqliteErrors.IsReadOnly(error))
        {
            return Open(SqliteOpenMode.ReadOnly, new Uri(Path).AbsoluteUri + "?immutable=1");
        }
    }

    /// <summary>Throws where nothing, or an empty file, is what is left of a store.</summary>
    public void RefuseEmpty() => _check.RefuseEmpty();

    /// <summary>The tables are there, for good.</summary>
    public void NoteFilled() => _check.Mark();

    /// <summary>Damage that was met in the middle of a command; null where the error is another.</summary>
    public SeedanceException? Damage(Exception error)
    {
        if (error is not SqliteException met || !SqliteErrors.IsDamage(met))
        {
            return null;
        }

        _check.Forget();
        return _check.Damaged(Path, "(" + SqliteErrors.Reason(met.Message) + ")", error);
    }

    /// <summary>A database without our tables, and with others, is not ours to write to.</summary>
    public static async Task RefuseForeignAsync(StoreSession session, string path)
    {
        if (await session.FirstAsync("select name from sqlite_master where type = 'table'", static row => row.GetString(0))
            .ConfigureAwait(false) is { } table)
        {
            throw new SeedanceException(
                ErrorCode.StoreFailure, path + " is another program's database: it has a table '" + table + "' and none of this module's.")
            {
                Target = path,
                RecommendedAction = "Move it away, or set SEEDANCE_HOME to another folder.",
            };
        }
    }

    /// <summary>Fills new tables from an earlier version's files.</summary>
    public Task ImportAsync(StoreSession session, bool isNew) => isNew && _old.Exists ? _old.RunAsync(session) : Task.CompletedTask;

    public void SetOldFilesAside() => _old.SetAside();

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The program's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Where the last process may have died over the file, it is looked through; a damaged one is set aside.</summary>
    private SqliteConnection Open(Action<SqliteConnection> prepare)
    {
        SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
        try
        {
            prepare(connection);
            _check.Run(connection);
            return connection;
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            connection.Dispose();
            throw _check.SetAside(SqliteErrors.Reason(error.Message), error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode, string? source = null)
    {
        SqliteConnectionStringBuilder text = new() { DataSource = source ?? Path, Mode = mode, Pooling = false };
        SqliteConnection connection = new(text.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
