using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seedance.Store;

/// <summary>What SQLite's errors mean to the user.</summary>
internal static class SqliteErrors
{
    public static bool IsBusy(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static bool IsReadOnly(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM;

    /// <summary>The file is not what it has to be; nothing may take it for an empty store, since its jobs may be paid for.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public static SeedanceException? Translate(string what, string path, Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: var code } when IsBusy(code) => StoreErrors.Busy(path, StoreErrors.Patience),
        SqliteException => StoreErrors.Failed(what, Reason(error.Message), error),
        DllNotFoundException or TypeInitializationException or BadImageFormatException => NativeSqlite.Missing(error),
        _ => null,
    };

    /// <summary>Its text without the words around the engine's own.</summary>
    public static string Reason(string text)
    {
        int from = text.IndexOf('\'');
        int to = text.LastIndexOf('\'');
        return from >= 0 && to > from ? text.Substring(from + 1, to - from - 1) : text;
    }
}
